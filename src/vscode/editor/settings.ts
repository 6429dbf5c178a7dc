/** What the user wants of the editor's features. */
import * as vscode from "vscode";
import { readSettings } from "../../core/rules/readSettings";
import { overlaid, type RuleSettings } from "../../core/rules/settings";
import { settingNames, settingsSection } from "../ids";

export const hintsEnabled = (document: vscode.TextDocument): boolean => read(document).get(settingNames.hints, true);

/** What VS Code looks settings up for. */
type PythonFile = Pick<vscode.TextDocument, "uri" | "languageId">;

/**
 * The settings of the rules: those that the user has made go before those of the project, and these before what VS Code
 * has where nobody has set anything. What means nothing is left out: the editor underlines it in the settings.
 */
export function ruleSettings(document: PythonFile, project: RuleSettings): RuleSettings {
  const configuration = read(document);
  const settings = {
    ...(isSet(configuration.inspect(settingNames.preset)) && {
      preset: configuration.get<unknown>(settingNames.preset),
    }),
    severity: configuration.get<unknown>(settingNames.rules),
    thresholds: configuration.get<unknown>(settingNames.thresholds),
  };
  return overlaid(
    project,
    readSettings(settings, () => undefined),
  );
}

const levels = ["globalValue", "workspaceValue", "workspaceFolderValue"] as const;

/** Whether somebody has set it, for this language or for all, be it to its default. */
function isSet(found: ReturnType<vscode.WorkspaceConfiguration["inspect"]>): boolean {
  return levels.some((level) => {
    const forLanguage = `${level.replace("Value", "")}LanguageValue` as "globalLanguageValue";
    return found?.[level] !== undefined || found?.[forLanguage] !== undefined;
  });
}

export const affectsHints = (event: vscode.ConfigurationChangeEvent): boolean =>
  event.affectsConfiguration(`${settingsSection}.${settingNames.hints}`);

export const affectsRules = (event: vscode.ConfigurationChangeEvent): boolean =>
  [settingNames.preset, settingNames.rules, settingNames.thresholds].some((name) =>
    event.affectsConfiguration(`${settingsSection}.${name}`),
  );

const read = (document: PythonFile): vscode.WorkspaceConfiguration =>
  vscode.workspace.getConfiguration(settingsSection, document);
