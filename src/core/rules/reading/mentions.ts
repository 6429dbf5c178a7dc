/** Whether a file mentions something, its comments aside. */
import { type Inference } from "../../infer/analysis";

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
