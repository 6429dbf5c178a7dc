/**
 * Receptive fields: how many input pixels one value of a tensor sees along each axis. Along a chain of windows with
 * kernel k, dilation d and stride s the field r and the jump j between neighbours grow by
 * r ← r + (k − 1)·d·j and j ← j·s.
 */
import { findOperation } from "../ops/registry";
import { type SizeValue, toSizeValue } from "../ops/sizes";
import { type Producer, type TensorValue } from "../ops/value";
import { windowsOf } from "../ops/windows";
import { constant, constantValue } from "../shape/dim";

interface Field {
  readonly size: number;
  readonly jump: number;
}

/** A field along each axis; `point` where no window has been met. */
type Fields = readonly Field[] | "point";

/** Fields that are known already, by what computed the tensor. */
export type KnownFields = Map<object, Fields | undefined>;

/** The receptive field along each spatial axis, undefined where a tensor sees everything or it is not known. */
export function receptiveField(tensor: TensorValue, known: KnownFields = new Map()): readonly number[] | undefined {
  const fields = fieldsOf(tensor, known);
  return fields === undefined || fields === "point" ? undefined : fields.map((field) => field.size);
}

function fieldsOf(tensor: TensorValue, known: KnownFields): Fields | undefined {
  const { producer } = tensor;
  if (!producer) return tensor.stored ? undefined : "point";
  if (!known.has(producer)) known.set(producer, computed(producer, known));
  return known.get(producer);
}

function computed(producer: Producer, known: KnownFields): Fields | undefined {
  const operation = findOperation(producer.operation);
  const inputs = producer.inputs.filter((input) => !input.stored);
  if (!operation?.sees || inputs.length === 0) return undefined;
  const before = inputs.map((input) => fieldsOf(input, known)).reduce(union);
  return operation.sees === "place" || before === undefined ? before : throughWindow(before, producer);
}

/** Where two tensors meet, the larger field counts, if their values lie on the same grid. */
function union(a: Fields | undefined, b: Fields | undefined): Fields | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === "point") return b;
  if (b === "point") return a;
  const sameGrid = a.length === b.length && a.every((field, i) => field.jump === b[i]!.jump);
  return sameGrid ? a.map((field, i) => ({ size: Math.max(field.size, b[i]!.size), jump: field.jump })) : undefined;
}

function throughWindow(before: Fields, { operation, values }: Producer): Fields | undefined {
  const axes = Number(/(\d)d$/.exec(operation)?.[1]);
  const argument = (name: string): SizeValue =>
    name === "dilation" && !values?.has(name) ? constant(1) : toSizeValue(values?.get(name));
  const windows = windowsOf(argument, axes);
  const fields: Field[] = [];
  for (const [axis, window] of windows.entries()) {
    const [kernel, stride, dilation] = window ? [window.kernel, window.stride, window.dilation].map(constantValue) : [];
    if (kernel === undefined || stride === undefined || dilation === undefined) return undefined;
    const { size, jump } = before === "point" ? { size: 1, jump: 1 } : (before[axis] ?? { size: 1, jump: 1 });
    fields.push({ size: size + (kernel - 1) * dilation * jump, jump: jump * stride });
  }
  return fields;
}
