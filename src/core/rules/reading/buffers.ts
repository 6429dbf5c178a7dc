/** What the buffers of modules were made of. */
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { type StoredTensor, type TensorValue } from "../../ops/value";
import { argumentOf, callsOf } from "./calls";

/** The tensors that buffers were made of, which know what computed them. */
export function buffersOf(inference: Inference): ReadonlyMap<StoredTensor, TensorValue> {
  const found = new Map<StoredTensor, TensorValue>();
  for (const call of callsOf(inference, "Module.register_buffer")) {
    const name = argumentOf(call, "name", 0);
    const tensor = argumentOf(call, "tensor", 1);
    if (!call.receiver || !isModule(call.receiver) || name?.kind !== "str" || tensor?.kind !== "tensor") continue;
    const buffer = call.receiver.attributes.get(name.value ?? "");
    if (buffer?.kind === "tensor" && buffer.stored) found.set(buffer.stored, tensor);
  }
  return found;
}
