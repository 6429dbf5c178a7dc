/** Fences whose name is nearly that of a block: an `anwser` would be shown as code, and its question has no answer. */
import type { SourceText } from "../../text/source";
import type { Report } from "../answerBlock";
import { fenceNames } from "./blocks";

export function checkFenceNames(source: SourceText, report: Report): void {
  let markup: string | undefined;
  for (let line = 0; line < source.lineCount; line++) {
    const text = source.lineAt(line);
    const [, fence = "", name = ""] = /^ {0,3}(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$/.exec(text) ?? [];
    if (fence === "") continue;
    if (markup !== undefined) {
      if (fence.startsWith(markup) && name === "") markup = undefined;
      continue;
    }
    markup = fence;
    const meant = fenceNames.find((known) => known !== name && isSlipOf(name.toLowerCase(), known));
    if (meant === undefined) continue;
    const start = source.offsetAt({ line, column: text.indexOf(name) });
    report("block", `Is this block meant to be “${meant}”?`, { start, end: start + name.length });
  }
}

/** One letter too many, too few, or another one; two neighbours exchanged; an `s` at the end. */
function isSlipOf(typed: string, known: string): boolean {
  if (typed === known || typed === `${known}s`) return true;
  if (Math.abs(typed.length - known.length) > 1 || typed.length < 3) return false;
  let front = 0;
  while (front < known.length && typed[front] === known[front]) front++;
  const [rest, wanted] = [typed.slice(front), known.slice(front)];
  const isExchanged = rest.startsWith(wanted.charAt(1) + wanted.charAt(0)) && rest.slice(2) === wanted.slice(2);
  return rest.slice(1) === wanted.slice(1) || rest.slice(1) === wanted || rest === wanted.slice(1) || isExchanged;
}
