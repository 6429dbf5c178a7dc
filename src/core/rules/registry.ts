/** Every rule. A new one is two files, `<id>.ts` and its document `<id>.md`, and two lines in the table of its category. */
import { dataRules } from "./data/table";
import { type Rule } from "./define";
import { houseRules } from "./house/table";
import { initialisationRules } from "./initialisation/table";
import { lossRules } from "./loss/table";
import { modelRules } from "./model/table";
import { modeRules } from "./modes/table";
import { optimisationRules } from "./optimisation/table";
import { shapeRules } from "./shapes/table";

export const rules: readonly Rule[] = [
  ...houseRules,
  ...shapeRules,
  ...lossRules,
  ...optimisationRules,
  ...modeRules,
  ...modelRules,
  ...initialisationRules,
  ...dataRules,
];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
