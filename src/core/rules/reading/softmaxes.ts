/** The calls of softmax and log-softmax, which dimension they run over, and which one holds the classes. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Producer, type TensorValue } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { isRest } from "../../shape/shape";
import { callsOf, numberOf } from "./calls";
import { functionName } from "./flow";

const operations = [
  ...["Softmax", "LogSoftmax", "Softmin"].map((name) => `torch.nn.${name}`),
  ...["softmax", "log_softmax", "softmin"].map((name) => `torch.nn.functional.${name}`),
  ...["torch", "Tensor", "torch.special"].flatMap((owner) => [`${owner}.softmax`, `${owner}.log_softmax`]),
];

export interface SoftmaxCall {
  readonly call: CallRecord;
  readonly input: TensorValue | undefined;
  /** Undefined where none was given, or where it is not known. */
  readonly dim: number | undefined;
  readonly isImplicit: boolean;
}

/** Those that stand in the file, in the order of the run. */
export function softmaxCalls(inference: Inference): SoftmaxCall[] {
  return callsOf(inference, ...operations).map((call) => {
    const [input, dim] = [call.values.get("input"), call.values.get("dim")];
    return {
      call,
      input: input?.kind === "tensor" ? input : undefined,
      dim: numberOf(dim),
      isImplicit: dim === undefined || dim.kind === "none",
    };
  });
}

/** Operations that leave every dimension where it is. */
const inPlace =
  /^(dropout\w*|alpha_dropout|identity|contiguous|clone|to|float|double|half|cpu|cuda|detach|re_lu6?|relu6?|leaky_re_?lu|tanh|sigmoid|(log_)?softmax|elu|gelu|softplus|exp|neg|clamp|clip)$/;

/** Which dimension a layer's outputs lie along, by what computed a tensor: the last one of a Linear, the second of a convolution. */
export function outputAxis(tensor: TensorValue, { facts }: Inference): { layer: Producer; axis: number } | undefined {
  let { producer } = tensor;
  while (producer && keepsPlaces(producer)) producer = producer.inputs[0]?.producer;
  if (!producer) return undefined;
  const name = functionName(producer.operation);
  if (name === "linear" || name === "bilinear") return { layer: producer, axis: -1 };
  const window = /^conv(?:_transpose)?_?(\d)d$/.exec(name);
  const rank = facts.resolveShape(tensor.shape).length;
  return window && rank === Number(window[1]) + 2 ? { layer: producer, axis: 1 - rank } : undefined;
}

/** Arithmetic with a number changes no dimension either. */
function keepsPlaces({ operation, inputs }: Producer): boolean {
  const name = functionName(operation);
  return inPlace.test(name) || (inputs.length === 1 && /^(add|sub|mul|div)$/.test(name));
}

/** A dimension counted from the back; undefined where the rank is not known and it was counted from the front. */
export function fromBack(dim: number, tensor: TensorValue, inference: Inference): number | undefined {
  if (dim < 0) return dim;
  const rank = knownRank(tensor, inference);
  return rank === undefined ? undefined : dim - rank;
}

export function knownRank({ shape }: TensorValue, { facts }: Inference): number | undefined {
  const resolved = facts.resolveShape(shape);
  return resolved.some(isRest) ? undefined : resolved.length;
}

/** The size of a dimension counted from the back, where it is a number. */
export function sizeAt({ shape }: TensorValue, axis: number, { facts }: Inference): number | undefined {
  const size = facts.resolveShape(shape).at(axis);
  return size && !isRest(size) ? constantValue(size) : undefined;
}
