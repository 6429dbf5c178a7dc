/** Drives the workbench the way a person does: keyboard, mouse, and what can be seen on the screen. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { launchBrowser } from "./browser";
import { linkSource } from "./extensionCopies";
import { scratch, screenshots } from "./places";
import { testSettings, themes, type Theme } from "./profile";
import { copySample } from "./sample";
import { startServer } from "./server";

/** A running VS Code with the extension in it. */
export interface Workbench {
  /** Playwright's page, for everything that has no function here. */
  readonly page: Page;
  /** The scratch copy of the sample workspace. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

export interface WorkbenchOptions {
  /** Files to write into the workspace besides the sample's, text by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** User settings on top of the quiet ones of the tests. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What the student did before: the text of each file that past windows have left. */
  readonly progress?: readonly string[];
}

/** Where the extension keeps the progress in a scene. */
export const progressFolder = (name: string): string =>
  scratch("data", name, "data/User/globalStorage/forward-pass.forward-pass/progress");

/** Opens a copy of the sample workspace with the extension from source; `name` keeps the profiles of scenes apart. */
export async function openWorkbench(
  name: string,
  { files, settings, progress }: WorkbenchOptions = {},
): Promise<Workbench> {
  const data = scratch("data", name);
  await rm(data, { recursive: true, force: true });
  const folder = await copySample(name);
  for (const [file, text] of Object.entries(files ?? {})) await writeFile(join(folder, file), text);
  if (progress) await mkdir(progressFolder(name), { recursive: true });
  for (const [place, text] of (progress ?? []).entries())
    await writeFile(join(progressFolder(name), `before-${place}.jsonl`), text);
  const extension = await linkSource();
  const server = await startServer({ data, settings: { ...testSettings, ...settings } });
  const browser = await launchBrowser(name);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.setDefaultTimeout(15_000);
    await page.goto(server.address(folder, { extensionDevelopmentPath: extension }));
    await whenReady(page);
    return { page, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Reloads the window as a person does, by the command: what the extension keeps must still be there. */
export async function reloadWindow(workbench: Workbench): Promise<void> {
  await Promise.all([workbench.page.waitForEvent("load"), runCommand(workbench, "Developer: Reload Window")]);
  await whenReady(workbench.page);
}

/** The workbench is there when the explorer shows in a theme that was read from the settings. */
const whenReady = (page: Page): Promise<void> =>
  page.locator(".monaco-workbench[class*=vscode-theme-] .explorer-folders-view").waitFor();

/** Picks a colour theme and waits until it shows. */
export async function setTheme(workbench: Workbench, theme: Theme): Promise<void> {
  const { label, workbenchClass } = themes[theme];
  const { page } = workbench;
  await runCommand(workbench, "Preferences: Color Theme");
  await chooseQuickly(page, label);
  await page.locator(`.monaco-workbench.${workbenchClass}`).waitFor();
}

/** Runs a command by its title as the palette shows it, "Forward Pass: Start drill…". */
export async function runCommand({ page }: Workbench, title: string): Promise<void> {
  const entry = quickPick(page, title).first();
  const comes = (target: Locator): Promise<boolean> => target.waitFor({ timeout: 2500 }).then(() => true, () => false); // prettier-ignore
  // A page that is just taking the focus swallows the key, or closes the palette again: then it is opened once more.
  for (let attempt = 0; attempt < 6; attempt++) {
    await page.keyboard.press("F1");
    if (!(await comes(quickInput(page)))) continue;
    await quickInput(page).fill(`>${title}`, { timeout: 1000 }).catch(() => undefined); // prettier-ignore
    if ((await comes(entry)) && (await entry.click({ timeout: 1000 }).then(() => true, () => false))) return; // prettier-ignore
    // An extension that is still starting has no commands yet: the palette lists them when it is opened anew.
    if (await quickInput(page).isVisible()) await page.keyboard.press("Escape");
  }
  throw new Error(`The palette does not take “${title}”.`);
}

/** Runs a command that asks something; again where a page that came late took the focus, which closes the question. */
export async function runCommandThatAsks(workbench: Workbench, title: string, placeholder: string): Promise<void> {
  const question = workbench.page.getByPlaceholder(placeholder);
  for (let attempt = 0; attempt < 4; attempt++) {
    await runCommand(workbench, title);
    const isThere = await question.waitFor({ timeout: 3000 }).then(() => true, () => false); // prettier-ignore
    if (isThere) return;
  }
  await question.waitFor();
}

/** Opens a file of the workspace by its name. */
export async function openFile({ page }: Workbench, name: string): Promise<void> {
  await page.keyboard.press("Control+p");
  await chooseQuickly(page, name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator(".editor-instance .view-line").first().waitFor();
}

/** Types a label into the quick input, behind its prefix, and takes the first entry that begins with that label. */
export async function chooseQuickly(page: Page, label: string, prefix = ""): Promise<void> {
  await quickInput(page).fill(prefix + label);
  await quickPick(page, label).first().click();
}

/** The input box of the palette and of every quick pick. */
export const quickInput = (page: Page): Locator => page.locator(".quick-input-widget .quick-input-box input");

/** The entries of a quick pick whose label begins with some text. */
export function quickPick(page: Page, label: string): Locator {
  const start = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
  return page.locator(".quick-input-widget .quick-input-list .monaco-list-row", { hasText: start });
}

/** The content of the visible webview: the second frame inside the first. */
export const webview = ({ page }: Workbench): FrameLocator =>
  page.locator("iframe.webview.ready").last().contentFrame().frameLocator("iframe#active-frame");

/** The texts of the notifications on the screen. */
export const notifications = ({ page }: Workbench): Promise<string[]> =>
  page.locator(".notifications-toasts .notification-list-item-message").allInnerTexts();

/** Writes a picture of the workbench to out/screenshots and returns its path. */
export async function screenshot({ page }: Workbench, name: string): Promise<string> {
  await mkdir(screenshots, { recursive: true });
  const path = join(screenshots, `${name}.png`);
  await page.screenshot({ path, animations: "disabled" });
  return path;
}

/** Takes one picture in each theme: NAME-light.png, NAME-dark.png, NAME-highContrast.png. */
export async function screenshotInAllThemes(workbench: Workbench, name: string): Promise<void> {
  for (const theme of Object.keys(themes) as Theme[]) {
    await setTheme(workbench, theme);
    await screenshot(workbench, `${name}-${theme}`);
  }
}
