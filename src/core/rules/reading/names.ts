/** What a written name stands for in the libraries: `np.nan` for `numpy.nan`, by the imports of the file. */
import { type Inference } from "../../infer/analysis";
import type { Expression } from "../../python/syntax";
import { libraryName } from "./edits";

/** The qualified name of something outside the program; undefined for everything else. */
export function qualifiedName(inference: Inference, expression: Expression): string | undefined {
  if (expression.kind === "Attribute") {
    const owner = qualifiedName(inference, expression.value);
    return owner && `${owner}.${expression.attribute.name}`;
  }
  if (expression.kind !== "Name") return undefined;
  const value = inference.scope.names.get(expression.id);
  return value && libraryName(value);
}
