/** Gradient scalers, which multiply the loss so that small gradients survive 16 bits. */
import { type Inference } from "../../infer/analysis";
import { type Value } from "../../infer/values/value";
import { argumentOf, callAt } from "./calls";
import { isSame } from "./optimizers";
import { type Step, pathOf } from "./training";

/** Whether a step is the scaler's: `scaler.step(optimizer)`. */
export function stepsThroughScaler({ kind, call }: Step): boolean {
  const node = callAt(call.origin.span);
  return (
    kind === "step" &&
    (call.operation === "GradScaler.step" || (node ? /scaler\.step$/i.test(pathOf(node.callee)) : false))
  );
}

/**
 * A scaler that is made with `enabled=False` does nothing. Where the flag is not known, as with the test for a graphics card,
 * what is missing is missing wherever it is on.
 */
export function isEnabled({ record }: Inference, scaler: Value | undefined): boolean {
  const made = record.calls.find(
    ({ operation, result }) => /amp\.(grad_scaler\.)?GradScaler$/.test(operation) && scaler && isSame(result, scaler),
  );
  const flag = made && argumentOf(made, "enabled", 5);
  return flag === undefined || !(flag.kind === "bool" && flag.value === false);
}
