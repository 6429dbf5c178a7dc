/** What the user wants of the editor's features. */
import * as vscode from "vscode";
import type { RuleSettings } from "../../core/rules/settings";
import { settingNames, settingsSection } from "../ids";

const levels: readonly unknown[] = ["off", "information", "warning", "error"] satisfies NonNullable<
  RuleSettings["severity"]
>[string][];

export const hintsEnabled = (document: vscode.TextDocument): boolean => read(document).get(settingNames.hints, true);

/** A rule with a level that does not exist keeps its own. */
export function ruleSettings(document: vscode.TextDocument): RuleSettings {
  const wanted: unknown = read(document).get(settingNames.rules);
  if (typeof wanted !== "object" || wanted === null) return {};
  const severity = Object.entries(wanted as NonNullable<RuleSettings["severity"]>);
  return { severity: Object.fromEntries(severity.filter(([, level]) => levels.includes(level))) };
}

export const affectsHints = (event: vscode.ConfigurationChangeEvent): boolean =>
  event.affectsConfiguration(`${settingsSection}.${settingNames.hints}`);

export const affectsRules = (event: vscode.ConfigurationChangeEvent): boolean =>
  event.affectsConfiguration(`${settingsSection}.${settingNames.rules}`);

const read = (document: vscode.TextDocument): vscode.WorkspaceConfiguration =>
  vscode.workspace.getConfiguration(settingsSection, document);
