/** The settings of a quiet VS Code: no prompts, no welcome, no network, nothing that moves by itself. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** How the workbench is coloured. */
export type Theme = "light" | "dark" | "highContrast";

/** A theme's name in the picker, and the class that the workbench wears under it. */
export const themes: Record<Theme, { readonly label: string; readonly workbenchClass: string }> = {
  light: { label: "Light Modern", workbenchClass: "vscode-theme-defaults-themes-light_modern-json" },
  dark: { label: "Dark Modern", workbenchClass: "vscode-theme-defaults-themes-dark_modern-json" },
  highContrast: { label: "Dark High Contrast", workbenchClass: "hc-black" },
};

/** For anybody who looks at the extension. */
export const calmSettings = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "readme",
  "workbench.tips.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.enableExperiments": false,
  "chat.commandCenter.enabled": false,
  "git.openRepositoryInParentFolders": "never",
} as const;

/** For tests, on top: nothing animated, restored or asked. */
export const testSettings = {
  ...calmSettings,
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.reduceMotion": "on",
  "workbench.editor.restoreViewState": false,
  "window.restoreWindows": "none",
  "window.confirmBeforeClose": "never",
  "files.hotExit": "off",
  "editor.cursorBlinking": "solid",
  "editor.hover.delay": 100,
  "git.enabled": false,
} as const;

/** Writes the user's settings into a folder of user data, before VS Code starts on it. */
export async function writeSettings(userData: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = join(userData, "User");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "settings.json"), JSON.stringify(settings, undefined, 2));
}
