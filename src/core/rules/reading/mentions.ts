/** What written names stand for in the libraries (`np.nan` for `numpy.nan`), and whether a file mentions something. */
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

const codes = new WeakMap<Inference, string>();

/** Whether a file says such a thing anywhere but in its comments. */
export function isMentioned(inference: Inference, pattern: RegExp): boolean {
  const code = codes.get(inference) ?? withoutComments(inference);
  codes.set(inference, code);
  return pattern.test(code);
}

function withoutComments({ source, module }: Inference): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of module.comments) {
    parts.push(source.text.slice(from, start));
    from = end;
  }
  return [...parts, source.text.slice(from)].join("");
}
