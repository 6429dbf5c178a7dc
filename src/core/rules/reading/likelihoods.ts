/** Logarithms of the probability of data, by the distributions that the program fits, and with which sign they are minimised. */
import { type OpValue, type Producer, type TensorValue } from "../../ops/value";
import { numberOf } from "./calls";
import { functionName, handsOn, stepsBehind } from "./flow";

const deepest = 60;

/** The likelihoods of data that a loss has with a plus: minimised, they make the data as unlikely as can be. */
export function minimisedLikelihoods(loss: TensorValue): readonly Producer[] {
  const found: Producer[] = [];
  collect(loss, 1, found, 0);
  return found;
}

function collect(tensor: TensorValue, sign: number, into: Producer[], depth: number): void {
  const { producer } = tensor;
  if (!producer || depth > deepest) return;
  const { operation, values, inputs } = producer;
  const side = (value: OpValue | undefined, by = sign): void => {
    if (value?.kind === "tensor") collect(value, by, into, depth + 1);
  };
  if (/^torch\.distributions\.\w+\.log_prob$/.test(operation)) {
    if (sign > 0 && isOfData(producer)) into.push(producer);
    return;
  }
  if (handsOn(producer)) {
    side(inputs[0]);
    return;
  }
  const [left, right] = [values?.get("input"), values?.get("other")];
  switch (functionName(operation).replace(/_$/, "")) {
    case "add":
    case "sub":
      side(left);
      side(right, operation.includes("sub") ? -sign : sign);
      return;
    case "neg":
      side(inputs[0], -sign);
      return;
    case "sum":
    case "mean":
      side(inputs[0]);
      return;
    case "mul":
    case "div": {
      const number = right?.kind === "tensor" ? undefined : right;
      const factor = number?.kind === "unknown" ? 1 : numberOf(number);
      if (factor) side(left, sign * factor);
      else if (operation.includes("mul") && left?.kind !== "tensor") side(right, sign * (numberOf(left) ?? 0));
    }
  }
}

/** `rsample()`, and noise that is scaled and shifted by hand. */
const drawing = /sample$|\.(randn|rand)_like$|^torch\.normal$/;

/** Not of what the program drew itself: the entropy of a policy or of a posterior is written with such a sample. */
function isOfData({ inputs }: Producer): boolean {
  const value = inputs.at(-1);
  return value !== undefined && ![...stepsBehind([value])].some(({ operation }) => drawing.test(operation));
}
