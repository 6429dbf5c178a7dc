/** `forward-pass explain`: a rule's document. */
import { ruleDocument } from "../core/rules/documents";
import { rules } from "../core/rules/registry";
import { type ExitStatus, complain, print } from "./outcome";
import { table } from "./table";

export function explain(id: string | undefined): ExitStatus {
  if (id === undefined) {
    print(table(rules.map((rule) => [rule.id, rule.preset, rule.severity, rule.summary])));
    return 0;
  }
  const document = ruleDocument(id);
  if (!document) {
    complain(`${id} is no rule. The rules are:`);
    process.stderr.write(`${table(rules.map((rule) => [`  ${rule.id}`, rule.summary]))}\n`);
    return 2;
  }
  const questions =
    document.questions.length > 0 ? `\n\nQuestions that teach it: ${document.questions.join(", ")}` : "";
  print(`${document.title} (${document.id})\n\n${document.markdown}${questions}`);
  return 0;
}
