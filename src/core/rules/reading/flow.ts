/** Walks back through the data flow: what a tensor was computed from. */
import { type Producer, type TensorValue } from "../../ops/value";

/** Operations that hand on the values they get: they change shape, memory or device, or (in evaluation) nothing. */
const passing =
  /\.(view|reshape|flatten|Flatten|squeeze|unsqueeze|swapaxes|movedim|contiguous|to|float|double|cpu|cuda|clone|permute|transpose|Dropout\w*|dropout\w*|Identity|__getitem__)$/;

export function handsOn({ operation }: Producer): boolean {
  return passing.test(operation);
}

/** What computed the values of a tensor, operations passed over that hand them on. */
export function valueProducer(tensor: TensorValue): Producer | undefined {
  let { producer } = tensor;
  while (producer && handsOn(producer)) producer = producer.inputs[0]?.producer;
  return producer;
}

/** `torch.nn.Tanh`, `torch.tanh` and `torch.nn.functional.tanh` are all `tanh`. */
export function functionName(operation: string): string {
  const known = functionNames.get(operation);
  if (known !== undefined) return known;
  const name = operation.split(".").at(-1)!;
  const found = name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  // A program may have names of its own without end.
  if (functionNames.size > mostNames) functionNames.clear();
  functionNames.set(operation, found);
  return found;
}

const functionNames = new Map<string, string>();
const mostNames = 5000;

/** The steps that some tensors were computed by, each once. */
export function* stepsBehind(tensors: readonly TensorValue[]): Iterable<Producer> {
  const seen = new Set<Producer>();
  const waiting = [...tensors];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { producer } = next;
    if (!producer || seen.has(producer)) continue;
    seen.add(producer);
    yield producer;
    waiting.push(...producer.inputs);
  }
}
