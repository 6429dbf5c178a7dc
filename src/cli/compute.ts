/** `forward-pass compute`: the engine as a calculator. */
import { createCompute } from "../core/features/compute";
import { type ExitStatus, complain, print } from "./outcome";
import { loadParser } from "./parser";

export async function compute(expressions: readonly string[]): Promise<ExitStatus> {
  const calculate = createCompute(await loadParser());
  let status: ExitStatus = 0;
  for (const expression of expressions) {
    const value = calculate(expression);
    if (typeof value === "object" && "problem" in value) {
      complain(value.problem);
      status = 2;
    } else print(Array.isArray(value) ? `(${value.join(", ")})` : String(value));
  }
  return status;
}
