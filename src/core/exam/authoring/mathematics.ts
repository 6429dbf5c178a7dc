/** Mathematics in a bank's texts that cannot be shown, at its place: a command that does not exist, a brace or a dollar too few. */
import katex from "katex";
import type { Diagnostic } from "../../text/diagnostic";
import type { SourceText, Span } from "../../text/source";
import { blocksFrom, type Block } from "../reader/blocks";
import { bodyLine } from "../reader/frontMatter";

/** As it is rendered: no blank inside a dollar, no digit behind the closing one. */
const mathematics = /(?<!\\)(?:\$\$([\s\S]+?)\$\$|\$(?!\s)((?:\\[\s\S]|[^$\\])+?)(?<!\s)\$(?!\d))/g;
const code = /^ *(`{3,})[\s\S]*?\n *\1|(?<!`)(`+)(?!`)(?:(?!\2)[\s\S])+\2(?!`)/gm;

export function mathematicsFaults(source: SourceText): readonly Diagnostic[] {
  return blocksFrom(source, bodyLine(source)).flatMap((block) => {
    const span = textOf(block);
    return span ? faultsIn(source.slice(span), span.start) : [];
  });
}

/** The part of a block that is shown as text; the fields of answers and figures are checked by their own readers. */
function textOf(block: Block): Span | undefined {
  if (block.kind !== "fence") return block.span;
  return ["rubric", "hint", "solution"].includes(block.name) ? block.content : undefined;
}

function faultsIn(text: string, offset: number): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (severity: Diagnostic["severity"], message: string, start: number, length: number): void => {
    const span = { start: offset + start, end: offset + start + length };
    found.push({ rule: "bank-mathematics", severity, message, span, related: [], fixes: [] });
  };
  const prose = text.replace(code, blank);
  for (const { 0: whole, 1: display, 2: inline = "", index } of prose.matchAll(mathematics)) {
    const problem = problemOf(display ?? inline, display !== undefined);
    if (problem !== undefined) report("error", problem, index, whole.length);
  }
  const lone = prose.replace(mathematics, blank).search(/(?<!\\)\$/);
  if (lone >= 0) {
    const says = "This dollar opens no mathematics: close it with another one, or write “\\$” for the sign.";
    report("warning", says, lone, 1);
  }
  return found;
}

const blank = (text: string): string => " ".repeat(text.length);

/** What KaTeX says, without its own account of the place; a drill's parameters are numbers in the end. */
function problemOf(formula: string, displayMode: boolean): string | undefined {
  try {
    katex.renderToString(formula.replace(/@\{[^{}]*\}/g, "1"), { displayMode, strict: "ignore", trust: false });
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const why = said.replace(/^KaTeX parse error: /, "").replace(/,? at (?:position|end of input)[\s\S]*$/, "");
    return `This mathematics cannot be shown: ${why}.`;
  }
}
