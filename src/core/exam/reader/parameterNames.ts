/** Names in the `@{…}` of a drill's texts that none of its parameters bears, each at its place. */
import type { SourceText, Span } from "../../text/source";
import type { Report } from "../answerBlock";

const constants = ["pi", "e", "True", "False"];

export function checkParameterNames(source: SourceText, span: Span, names: readonly string[], report: Report): void {
  for (const { 1: expression = "", index } of source.slice(span).matchAll(/@\{([^{}]*)\}/g)) {
    // Neither functions, nor their modules and named arguments: `math.floor(x)`, `conv2d(n, kernel=k)`.
    for (const { 0: name, index: at } of expression.matchAll(/(?<![\w.])[A-Za-z_]\w*(?!\w|\s*[(.]|\s*=(?!=))/g)) {
      if (names.includes(name) || constants.includes(name) || ["and", "or", "not", "if", "else", "in"].includes(name))
        continue;
      const start = span.start + index + "@{".length + at;
      report("params", `“${name}” is not one of the parameters: ${names.join(", ")}.`, {
        start,
        end: start + name.length,
      });
    }
  }
}
