/** What modules keep: parameters and buffers, and what becomes of a value that is set as a part. */
import { type StoredTensor, type TensorValue, tensorOf } from "../../ops/value";
import { forgetNumbers } from "../tensors/tensorNumbers";
import { type InstanceValue, type Value } from "../values/value";

let storedCount = 0;

/** A new parameter or buffer of the given shape. */
export function storedTensor(value: TensorValue, kind: StoredTensor["kind"]): TensorValue {
  forgetNumbers(value);
  return tensorOf(value.shape, value.dtype, undefined, { kind, id: ++storedCount });
}

/** Buffers that are not saved. */
const transient = new WeakSet<StoredTensor>();

export function leaveOut({ stored }: TensorValue): void {
  if (stored) transient.add(stored);
}

export function isTransient({ stored }: TensorValue): boolean {
  return stored !== undefined && transient.has(stored);
}

/** What a stored tensor may be that differs between two branches: the first side's id stands for both. */
const options = new WeakMap<StoredTensor, ReadonlySet<StoredTensor>>();

export function storedAmong(stored: StoredTensor): ReadonlySet<StoredTensor> {
  return options.get(stored) ?? new Set([stored]);
}

/** One of two, as after `if tie: head.weight = embedding.weight`; the same for the same ones. */
export function eitherStored(a: StoredTensor, b: StoredTensor): StoredTensor {
  const [own, others] = [storedAmong(a), storedAmong(b)];
  const all = new Set([...own, ...others]);
  if (all.size === own.size) return a;
  if (all.size === others.size) return b;
  const made: StoredTensor = { kind: a.kind, id: a.id };
  options.set(made, all);
  return made;
}

/** Whether one of some parts may be another one of them: nobody knows how many there are. */
export function mayCoincide(parts: readonly TensorValue[]): boolean {
  const all = new Set(parts.flatMap(({ stored }) => stored ?? []));
  return [...all].some((one) => {
    const among = storedAmong(one);
    return (
      among.size > 1 && [...all].some((other) => other !== one && [...storedAmong(other)].some((o) => among.has(o)))
    );
  });
}

/** What marks a buffer that was registered as None: a tensor that is set later is one. */
export const bufferToCome = (name: string): string => `?buffer.${name}`;

type Attributes = InstanceValue["attributes"];

/** Shallow copies of a module keep their parts in the same dicts as the module itself. */
const sharers = new WeakMap<Attributes, Set<Attributes>>();

export function shareParts({ attributes: a }: InstanceValue, { attributes: b }: InstanceValue): void {
  const all = sharers.get(a) ?? new Set([a]);
  sharers.set(a, all.add(b));
  sharers.set(b, all);
}

/** All modules that have the part that one of them has. */
const holdersOf = ({ attributes }: InstanceValue): Iterable<Attributes> => sharers.get(attributes) ?? [attributes];

export function removePart(object: InstanceValue, name: string): void {
  const isPart = isRegistered(object.attributes.get(name));
  for (const attributes of isPart ? holdersOf(object) : [object.attributes]) attributes.delete(name);
}

/** PyTorch registers a module when it is set for the first time, whatever stood there before. */
export function setPart(object: InstanceValue, name: string, given: Value): void {
  const { attributes } = object;
  const kind = given.kind === "tensor" ? kindOfPart(object, name, given) : undefined;
  const isNew = given.kind === "tensor" && kind && kind !== given.stored?.kind;
  const before = attributes.get(name);
  const part = isNew ? asPart(given, kind, isBuffer(before)) : given;
  if (isNew && part.kind === "tensor" && before?.kind === "tensor" && isTransient(before)) leaveOut(part);
  const holders = isRegistered(part) || isRegistered(before) ? holdersOf(object) : [attributes];
  for (const holder of holders) {
    if (isRegistered(part) && !isRegistered(holder.get(name))) holder.delete(name);
    holder.set(name, part);
  }
}

/** What takes the place of a buffer is one, and was computed from what it was computed from. */
function asPart(value: TensorValue, kind: StoredTensor["kind"], isInPlace: boolean): TensorValue {
  const made = storedTensor(value, kind);
  return isInPlace ? tensorOf(made.shape, made.dtype, value.producer, made.stored) : made;
}

const isBuffer = (value: Value | undefined): boolean => value?.kind === "tensor" && value.stored?.kind === "buffer";

const ofParameters = new Set(["torch.nn.ParameterList", "torch.nn.ParameterDict"]);

/** Containers of parameters make one of every tensor, since PyTorch 1.12. */
function kindOfPart(
  { attributes, layer }: InstanceValue,
  name: string,
  { stored }: TensorValue,
): StoredTensor["kind"] | undefined {
  if (ofParameters.has(layer.get("layer")?.operation.qualifiedName ?? "")) return "parameter";
  if (stored) return stored.kind;
  return attributes.has(bufferToCome(name)) || isBuffer(attributes.get(name)) ? "buffer" : undefined;
}

/** A module, a parameter or a buffer. */
export function isRegistered(value: Value | undefined): boolean {
  return value?.kind === "instance" || (value?.kind === "tensor" && value.stored !== undefined);
}
