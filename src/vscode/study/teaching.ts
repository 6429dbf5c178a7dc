/** Which findings of the editor a question teaches about: the rules' documents, read the other way round. */
import { ruleDocument } from "../../core/rules/documents";
import { rules } from "../../core/rules/registry";
import type { RuleLink } from "../../protocol/question";
import type { Reference } from "./banks";

export function teachingRules(reference: Reference): readonly RuleLink[] {
  return rules.flatMap(({ id }) => {
    const document = ruleDocument(id);
    return document?.questions.includes(reference) ? [{ rule: id, title: document.title }] : [];
  });
}
