/** A rule's document as readers get it: hover, panel and terminal show the same text. */
import texts from "texts:.";
import { findRule } from "./registry";

export interface RuleDocument {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Without the title and the list of questions. */
  readonly markdown: string;
  /** The questions that teach it, as `bank/question`. */
  readonly questions: readonly string[];
}

export function ruleDocument(id: string): RuleDocument | undefined {
  const rule = findRule(id);
  const text = texts[id];
  if (!rule || text === undefined) return undefined;
  const [heading, ...rest] = text.split("\n");
  const [body, questions] = rest.join("\n").split(/^## Questions$/m) as [string, string | undefined];
  return {
    id,
    title: heading!.replace(/^# /, ""),
    summary: rule.summary,
    markdown: body.trim(),
    questions: [...(questions ?? "").matchAll(/^- (\S+)$/gm)].map((match) => match[1]!),
  };
}
