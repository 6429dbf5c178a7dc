/** Figures within Markdown: where they stand, and the words that take their place where nothing can be drawn. */
import type { Report } from "../answerBlock";
import { yamlFields } from "../reader/yamlFields";
import type { Drawing } from "./drawing";
import { oneLine, readFigure } from "./figure";

const block = /^ {0,3}(`{3,}|~{3,})[ \t]*figure[ \t]*\r?\n([\s\S]*?)^ {0,3}\1[ \t]*$/gm;

/** Reports what is wrong with the figures of a text that starts at `offset` of its file. */
export function checkFigures(markdown: string, offset: number, report: Report): void {
  for (const match of markdown.matchAll(block)) {
    const yaml = match[2]!;
    readFigure(yaml, offset + match.index + match[0].indexOf(yaml, match[0].indexOf("\n")), report);
  }
}

/** The first thing wrong with a text's figures. */
export function figureFault(markdown: string): string | undefined {
  const faults: string[] = [];
  if (markdown.includes("figure")) checkFigures(markdown, 0, (_rule, message) => faults.push(message));
  return faults[0];
}

/** The text with words in place of its figures. */
export function figuresInWords(markdown: string): string {
  return markdown.replace(block, (_all, _marks, yaml: string) => {
    const says = saysOf(yaml);
    return says === "" ? "" : `Figure: ${says}`;
  });
}

/** The text without its figures. */
export const withoutFigures = (markdown: string): string => markdown.replace(block, "");

/** What a block says, even where it cannot be drawn. */
function saysOf(yaml: string): string {
  const field = yamlFields(yaml, 0, () => undefined).fields.find(({ name }) => name === "says");
  return field?.value.kind === "scalar" ? oneLine(field.value.text) : "";
}

/** A figure to show, or the words and the reason why there is none. */
export type ShownFigure = { readonly drawing: Drawing } | { readonly says: string; readonly problem: string };

export function figureOf(yaml: string): ShownFigure {
  const problems: string[] = [];
  const drawing = readFigure(yaml, 0, (_rule, message) => problems.push(message));
  return drawing ? { drawing } : { says: saysOf(yaml), problem: problems[0] ?? "This figure cannot be drawn." };
}
