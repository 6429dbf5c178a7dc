/** What a logical line lacks where it ends: an operand, the rest of a header, a colon. */
import { put, report, type Scan } from "./scan";

/** Words that another token must follow. */
const expectsMore = new Set(
  "and as assert class def del elif else for from global if import in is lambda nonlocal not or while with".split(" "),
);
const headers = new Set("class def elif else except finally for if try while with".split(" "));
/** Headers that are complete without anything behind the word. */
const bareHeaders = new Set(["else", "except", "finally", "try"]);

/** Any name does: a token without width in the original text is no name. */
const placeholder = "_";

export function endLine(scan: Scan): void {
  const { line, last } = scan;
  if (!last || line.head.length === 0) return;
  const first = line.head[0]!.text === "async" && line.head[1] ? line.head[1].text : line.head[0]!.text;
  if (last.unclosed !== undefined) {
    report(scan, last.start, last.end, "This string is never closed.");
    put(scan, last.end, last.unclosed);
  }
  if (lacksOperand(scan, first)) {
    const message = last.text === "." ? "A name is missing behind the dot." : "Something is missing here.";
    report(scan, last.end, last.end, message);
    put(scan, last.end, last.text === "." ? placeholder : ` ${placeholder}`);
  }
  if (first === "from" && !line.words.has("import")) {
    report(scan, last.end, last.end, "Expected `import`.");
    put(scan, last.end, ` import ${placeholder}`);
  }
  if (headers.has(first) && !line.hasColon) completeHeader(scan, first);
}

function lacksOperand({ line, last, previous }: Scan, first: string): boolean {
  if (!last) return false;
  if (last.kind === "name") {
    if (line.head.at(-1) === last && bareHeaders.has(last.text) && first === last.text) return false;
    return expectsMore.has(last.text) && previous?.text !== ".";
  }
  if (last.kind !== "operator" || last.text === "...") return false;
  // `from . import *`, and `from .` before its `import` is typed.
  return first !== "from";
}

function completeHeader(scan: Scan, first: string): void {
  const { line, last } = scan;
  if (!last) return;
  let missing = "";
  if (first === "def" && !line.hasParentheses) missing = "()";
  if (first === "for" && !line.words.has("in")) missing = ` in ${placeholder}`;
  report(scan, last.end, last.end, `Expected \`${missing === "()" ? "():" : missing === "" ? ":" : "in"}\`.`);
  put(scan, last.end, `${missing}:`);
}
