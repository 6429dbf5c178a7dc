/** What the user wants of the editor's features. */
import * as vscode from "vscode";
import { readSettings } from "../../core/rules/readSettings";
import type { RuleSettings } from "../../core/rules/settings";
import { settingNames, settingsSection } from "../ids";

export const hintsEnabled = (document: vscode.TextDocument): boolean => read(document).get(settingNames.hints, true);

/** What means nothing is left out: the editor underlines it in the settings. */
export function ruleSettings(document: vscode.TextDocument): RuleSettings {
  const configuration = read(document);
  const settings = {
    preset: configuration.get<unknown>(settingNames.preset),
    severity: configuration.get<unknown>(settingNames.rules),
    thresholds: configuration.get<unknown>(settingNames.thresholds),
  };
  return readSettings(settings, () => undefined);
}

export const affectsHints = (event: vscode.ConfigurationChangeEvent): boolean =>
  event.affectsConfiguration(`${settingsSection}.${settingNames.hints}`);

export const affectsRules = (event: vscode.ConfigurationChangeEvent): boolean =>
  [settingNames.preset, settingNames.rules, settingNames.thresholds].some((name) =>
    event.affectsConfiguration(`${settingsSection}.${name}`),
  );

const read = (document: vscode.TextDocument): vscode.WorkspaceConfiguration =>
  vscode.workspace.getConfiguration(settingsSection, document);
