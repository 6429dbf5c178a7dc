/** Packed sequences: what a recurrent layer gets of sequences of different lengths (`torch.nn.utils.rnn`). */
import { type TensorValue, bool, tensor, unknown } from "../../ops/value";
import { unknownSize } from "../../shape/dim";
import { type Shape, knownDims } from "../../shape/shape";
import { newInstance } from "../classes";
import { type Arguments, type Machine, type Site } from "../machine";
import { truthOf } from "../truth";
import { type InstanceValue, type Layer, type Value, external } from "../value";
import { type Builtin, type Functions, argument } from "./given";

const packedType = external("torch.nn.utils.rnn.PackedSequence");

/** Under this name a packed sequence holds the padded one, time first. The longest sequence may be shorter than that. */
const padded = "?padded";

function packedOf(machine: Machine, value: TensorValue, site: Site): InstanceValue {
  const packed = newInstance(machine, packedType, site);
  packed.attributes.set(padded, value);
  return packed;
}

function paddedIn(value: Value | undefined): TensorValue | undefined {
  const held = value?.kind === "instance" && value.type === packedType ? value.attributes.get(padded) : undefined;
  return held?.kind === "tensor" ? held : undefined;
}

/** Batch first to time first, or back. */
function swapped(value: TensorValue): TensorValue {
  const [first, second, ...rest] = value.shape;
  return { ...value, shape: [second, first, ...rest] as Shape };
}

const pack: Builtin = (machine, given, site) => {
  const input = argument(given, 0, "input");
  const isBatchFirst = truthOf(argument(given, 2, "batch_first") ?? bool(false));
  const dims = input?.kind === "tensor" ? knownDims(machine.facts.resolveShape(input.shape)) : undefined;
  if (input?.kind !== "tensor" || !dims || dims.length < 2 || isBatchFirst === undefined)
    return unknown("the sequences to pack are not known");
  const [batch, features] = [dims[isBatchFirst ? 0 : 1]!, dims.slice(2)];
  return packedOf(machine, { ...input, shape: [unknownSize(), batch, ...features] }, site);
};

/** The padded sequences and their lengths. */
const pad: Builtin = (_, given) => {
  const sequence = paddedIn(argument(given, 0, "sequence"));
  const isBatchFirst = truthOf(argument(given, 1, "batch_first") ?? bool(false));
  if (!sequence || isBatchFirst === undefined || given.keywords.has("total_length"))
    return unknown("the packed sequences are not known");
  const lengths = tensor(sequence.shape.slice(1, 2), "int64");
  return { kind: "tuple", items: [isBatchFirst ? swapped(sequence) : sequence, lengths] };
};

/** Runs a recurrent layer on packed sequences; undefined where it gets something else. */
export function runPacked(
  machine: Machine,
  layer: Layer,
  given: Arguments,
  site: Site,
  run: (given: Arguments) => Value,
): Value | undefined {
  const sequence = paddedIn(given.positional[0]);
  if (!sequence) return undefined;
  const isBatchFirst = layer.call.values.get("batch_first");
  if (isBatchFirst?.kind !== "bool" || isBatchFirst.value === undefined) return unknown("the layer takes no sequences");
  const turn = (value: TensorValue): TensorValue => (isBatchFirst.value ? swapped(value) : value);
  const result = run({ ...given, positional: [turn(sequence), ...given.positional.slice(1)] });
  const [output, ...hidden] = result.kind === "tuple" ? result.items : [];
  if (output?.kind !== "tensor") return unknown("what the layer gives is not known");
  return { kind: "tuple", items: [packedOf(machine, turn(output), site), ...hidden] };
}

export const packedFunctions: Functions = [
  ["torch.nn.utils.rnn.pack_padded_sequence", pack],
  ["torch.nn.utils.rnn.pad_packed_sequence", pad],
];
