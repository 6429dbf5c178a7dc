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

/** What marks a buffer that was registered as None: a tensor that is set later is one. */
export const bufferToCome = (name: string): string => `?buffer.${name}`;

/** PyTorch registers a module when it is set for the first time, whatever stood there before. */
export function setPart(object: InstanceValue, name: string, given: Value): void {
  const { attributes } = object;
  const kind = given.kind === "tensor" ? kindOfPart(object, name, given) : undefined;
  const part = given.kind === "tensor" && kind && kind !== given.stored?.kind ? storedTensor(given, kind) : given;
  if (isRegistered(part) && !isRegistered(attributes.get(name))) attributes.delete(name);
  attributes.set(name, part);
}

const ofParameters = new Set(["torch.nn.ParameterList", "torch.nn.ParameterDict"]);

/** Containers of parameters make one of every tensor, since PyTorch 1.12. */
function kindOfPart(
  { attributes, layer }: InstanceValue,
  name: string,
  { stored }: TensorValue,
): StoredTensor["kind"] | undefined {
  if (ofParameters.has(layer.get("layer")?.operation.qualifiedName ?? "")) return "parameter";
  return stored?.kind ?? (attributes.has(bufferToCome(name)) ? "buffer" : undefined);
}

/** A module, a parameter or a buffer. */
export function isRegistered(value: Value | undefined): boolean {
  return value?.kind === "instance" || (value?.kind === "tensor" && value.stored !== undefined);
}
