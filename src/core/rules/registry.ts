/** Every rule with its document. A new rule is two files, and two lines in the table of its category. */
import { dataRules } from "./data/table";
import { type DocumentedRule } from "./define";
import { houseRules } from "./house/table";
import { initialisationRules } from "./initialisation/table";
import { lossRules } from "./loss/table";
import { modelRules } from "./model/table";
import { modeRules } from "./modes/table";
import { optimisationRules } from "./optimisation/table";
import { shapeRules } from "./shapes/table";

export const rules: readonly DocumentedRule[] = [
  ...houseRules,
  ...shapeRules,
  ...lossRules,
  ...optimisationRules,
  ...modeRules,
  ...modelRules,
  ...initialisationRules,
  ...dataRules,
];

const byId = new Map(rules.map((documented) => [documented.rule.id, documented]));

export function findRule(id: string): DocumentedRule | undefined {
  return byId.get(id);
}
