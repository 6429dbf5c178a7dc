/** Tensors that hold one number throughout, such as the labels of a whole batch: zeros, ones, and what is computed of them. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type OpValue, type Producer, type TensorValue } from "../../ops/value";
import { argumentOf, callsOf, numberOf } from "./calls";
import { functionName, handsOn } from "./flow";

/** The number that all elements of a tensor are when a call reads it; undefined where it is not known. */
export function constantAt(tensor: TensorValue, reader: CallRecord, inference: Inference): number | undefined {
  const { producer } = tensor;
  if (!producer) return undefined;
  // What was written into the memory last counts, wherever the tensor comes from.
  const written = writtenBefore(producer, reader, inference);
  if (written) return filledWith(written.operation, argumentOf(written, "value", 1));
  const [first] = producer.inputs;
  const isPassing =
    handsOn(producer) || /\.(Variable|expand|expand_as|repeat|detach|type|type_as)$/.test(producer.operation);
  if (isPassing) return first && constantAt(first, reader, inference);
  const of = (value: OpValue | undefined): number | undefined =>
    value?.kind === "tensor" ? constantAt(value, reader, inference) : numberOf(value);
  return computed(producer, of);
}

function computed({ operation, values }: Producer, of: (value: OpValue | undefined) => number | undefined) {
  const name = functionName(operation);
  if (/^(new_)?(zeros|ones|full)(_like)?$/.test(name)) return filledWith(operation, values?.get("fill_value"));
  if (/^(fill|zero)_$/.test(name)) return filledWith(operation, values?.get("value"));
  const [left, right] = [of(values?.get("input")), of(values?.get("other"))];
  if (left === undefined || right === undefined) return undefined;
  switch (name) {
    case "add":
      return left + right;
    case "sub":
      return left - right;
    case "rsub":
      return right - left;
    case "mul":
      return left * right;
    default:
      return undefined;
  }
}

function filledWith(operation: string, value: OpValue | CallRecord["result"] | undefined): number | undefined {
  if (operation.includes("zero")) return 0;
  return operation.includes("ones") ? 1 : numberOf(value);
}

function writtenBefore(producer: Producer, reader: CallRecord, inference: Inference): CallRecord | undefined {
  const writes = callsOf(inference, "Tensor.fill_", "Tensor.zero_").filter(
    ({ receiver }) => receiver?.kind === "tensor" && receiver.producer === producer,
  );
  if (writes.length === 0) return undefined;
  const { calls } = inference.record;
  const at = calls.indexOf(reader);
  return writes
    .filter((write) => calls.indexOf(write) < at)
    .sort((a, b) => calls.indexOf(a) - calls.indexOf(b))
    .at(-1);
}
