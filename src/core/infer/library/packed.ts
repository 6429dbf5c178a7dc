/** Packed sequences: what a recurrent layer gets of sequences of different lengths (`torch.nn.utils.rnn`). */
import { type TensorValue, bool, tensor, unknown } from "../../ops/value";
import { type Dim, constant, constantValue, unknownSize } from "../../shape/dim";
import { type Shape, isRest, knownDims } from "../../shape/shape";
import { newInstance } from "../classes/classes";
import { type Arguments, type Machine, type Site } from "../machine";
import { type Bounds } from "../tensors/numberBounds";
import { numbersIn } from "../tensors/tensorNumbers";
import { truthOf } from "../values/truth";
import { eachIn, knownItems } from "../collections/lists";
import { type InstanceValue, type Layer, type Value, external } from "../values/value";
import { type Builtin, type Functions, argument, numberIn } from "./given";

const packedType = external("torch.nn.utils.rnn.PackedSequence");

/** Under this name a packed sequence holds the padded one, time first. The longest sequence may be shorter than that. */
const padded = "?padded";
/** The same where only a recurrent layer may read it: of inputs of unknown rank these three dimensions are its assumption. */
const assumed = "?assumed";

function packedOf(machine: Machine, value: TensorValue, site: Site, isAssumed = false): InstanceValue {
  const packed = newInstance(machine, packedType, site);
  packed.attributes.set(isAssumed ? assumed : padded, value);
  const [, , ...features] = value.shape;
  const data = tensor([unknownSize(), ...features], value.dtype);
  if (!isAssumed)
    packed.attributes.set("data", machine.produced(data, "torch.nn.utils.rnn.PackedSequence.data", [value], site));
  return packed;
}

function heldIn(value: Value | undefined, ...names: readonly string[]): TensorValue | undefined {
  if (value?.kind !== "instance" || value.type !== packedType) return undefined;
  const held = names.map((name) => value.attributes.get(name)).find((one) => one?.kind === "tensor");
  return held?.kind === "tensor" ? held : undefined;
}

/** The elements of a packed sequence one below the other: the first of its parts. */
export function packedPart(value: InstanceValue, index: Value): TensorValue | undefined {
  return numberIn(index) === 0 ? heldIn(value, "data") : undefined;
}

/** Batch first to time first, or back. */
function swapped(value: TensorValue): TensorValue {
  const [first, second, ...rest] = value.shape;
  return { ...value, shape: [second, first, ...rest] as Shape };
}

const pack: Builtin = (machine, given, site) => {
  const input = argument(given, 0, "input");
  const isBatchFirst = truthOf(argument(given, 2, "batch_first") ?? bool(false));
  const notKnown = unknown("the sequences to pack are not known");
  if (input?.kind !== "tensor" || isBatchFirst === undefined) return notKnown;
  const shape = machine.facts.resolveShape(input.shape);
  const dims = knownDims(shape);
  const last = shape.at(-1);
  if (!dims && last) {
    const features = isRest(last) ? unknownSize() : last;
    return packedOf(machine, { ...input, shape: [unknownSize(), unknownSize(), features] }, site, true);
  }
  if (!dims || dims.length < 2) return notKnown;
  const [batch, features] = [dims[isBatchFirst ? 0 : 1]!, dims.slice(2)];
  const lengths = argument(given, 1, "lengths");
  const count = constantValue(batch);
  // Of more sequences than there are lengths some versions take the first ones.
  if (count !== undefined && (countOfLengths(lengths) ?? count) !== count) return notKnown;
  const longest = longestOf(lengths) ?? unknownSize();
  return packedOf(machine, { ...input, shape: [longest, batch, ...features] }, site);
};

function countOfLengths(lengths: Value | undefined): number | undefined {
  const [size] = lengths?.kind === "tensor" ? lengths.shape : [];
  if (size && !isRest(size)) return constantValue(size);
  return lengths && knownItems(lengths)?.length;
}

/** The longest of the sequences, where all lengths are known. */
function longestOf(lengths: Value | undefined): Dim | undefined {
  if (!lengths) return undefined;
  const given = lengths.kind === "tensor" ? numbersIn(lengths)?.map(exactly) : knownItems(lengths)?.map(numberIn);
  const known = given?.filter((length) => length !== undefined) ?? [];
  return given && given.length > 0 && known.length === given.length ? constant(Math.max(...known)) : undefined;
}

const exactly = ([low, high]: Bounds): number | undefined => (low === high ? low : undefined);

/** Sequences of different lengths, in a list. */
const packList: Builtin = (machine, given, site) => {
  const list = argument(given, 0, "sequences");
  const items = list && (knownItems(list) ?? [eachIn(list)]);
  const first = items?.[0];
  const dims = first?.kind === "tensor" ? knownDims(machine.facts.resolveShape(first.shape)) : undefined;
  if (first?.kind !== "tensor" || !dims || dims.length === 0 || !list) return unknown("the sequences are not known");
  const count = knownItems(list) ? constant(items!.length) : unknownSize();
  const all = tensor([unknownSize(), count, ...dims.slice(1)], first.dtype);
  return packedOf(machine, machine.produced(all, "torch.nn.utils.rnn.pack_sequence", [list, first], site), site);
};

/** The padded sequences and their lengths. */
const pad: Builtin = (_, given) => {
  const sequence = heldIn(argument(given, 0, "sequence"), padded);
  const isBatchFirst = truthOf(argument(given, 1, "batch_first") ?? bool(false));
  if (!sequence || isBatchFirst === undefined) return unknown("the packed sequences are not known");
  const lengths = tensor(sequence.shape.slice(1, 2), "int64");
  const total = argument(given, 3, "total_length");
  const [length, ...rest] = sequence.shape;
  const asked = total?.kind === "int" ? total.value : total && total.kind !== "none" ? unknownSize() : length!;
  const whole = { ...sequence, shape: [asked, ...rest] };
  return { kind: "tuple", items: [isBatchFirst ? swapped(whole) : whole, lengths] };
};

/** Runs a recurrent layer on packed sequences; undefined where it gets something else. */
export function runPacked(
  machine: Machine,
  layer: Layer,
  given: Arguments,
  site: Site,
  run: (given: Arguments) => Value,
): Value | undefined {
  const sequence = heldIn(given.positional[0], padded, assumed);
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
  ["torch.nn.utils.rnn.pack_sequence", packList],
  ["torch.nn.utils.rnn.pad_packed_sequence", pad],
];
