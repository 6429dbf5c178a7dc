/** What a person does and sees in the editor: hover, click, underlines. */
import type { Page } from "playwright-core";
import { runCommand, type Workbench } from "./workbench";

const attempts = 5;

/** Puts the focus into the editor with some file, as a person does who has no mouse. */
export async function focusEditor(workbench: Workbench, name: string): Promise<void> {
  const { page } = workbench;
  const focused = page.locator(`.editor-instance[data-resource-name="${name}"], .editor-group-container.active:has(.tab.active[data-resource-name="${name}"])`).locator(".monaco-editor.focused").first(); // prettier-ignore
  const hasFocus = (): Promise<boolean> => focused.waitFor({ timeout: 1500 }).then(() => true, () => false); // prettier-ignore
  // A page beside it may take the focus once more while it is drawn: the groups are gone through until it stays.
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await hasFocus()) return;
    await runCommand(workbench, attempt % 2 === 0 ? "View: Focus First Editor Group" : "View: Focus Next Editor Group"); // prettier-ignore
  }
  if (!(await hasFocus())) throw new Error(`The editor with ${name} does not take the focus.`);
}

/** Replaces all of a file's text, and looks whether it stands there: a key that was lost would be lost in silence. */
export async function writeEditor(workbench: Workbench, name: string, text: string): Promise<void> {
  const { page } = workbench;
  for (let attempt = 0; attempt < attempts; attempt++) {
    await focusEditor(workbench, name);
    await page.keyboard.press("Control+a");
    // Pasted: nothing is indented, closed or completed on the way.
    await page.locator(":focus").evaluate(paste, text);
    if (await showsEnd(page, text)) return;
  }
  throw new Error(`The editor with ${name} does not show what was written.`);
}

/** Runs in the page. */
function paste(target: Element, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}

/** Whether the focused editor shows lines of a text only, and its last one among them. */
async function showsEnd(page: Page, text: string): Promise<boolean> {
  const wanted = new Set(text.split("\n").map(withoutShapes));
  const last = withoutShapes(text.trimEnd().split("\n").at(-1) ?? "");
  for (let attempt = 0; attempt < 20; attempt++) {
    const lines = await page.locator(".monaco-editor.focused .view-lines .view-line").allInnerTexts();
    const shown = lines.map((line) => withoutShapes(line.replaceAll("\u00a0", " ")));
    if (shown.includes(last) && shown.every((line) => wanted.has(line))) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

/** The shapes that stand behind names, `images: (B, 1, 28, 28)`, are no text of the file. */
function withoutShapes(line: string): string {
  return line.replace(/: \((?:[^()]|\([^()]*\))*\)/g, "");
}

/** Rests the pointer on the first place in the editor that shows some text, and returns what the hover says. */
export async function hover({ page }: Workbench, text: string): Promise<string> {
  const place = await locate(page, text);
  const widget = page
    .locator(".monaco-hover:not(.hidden) .monaco-hover-content")
    .filter({ hasNotText: /^Loading/ })
    .first();
  // A language that is still starting has nothing to say yet. VS Code asks it a second time about the same word only
  // after a key was pressed.
  for (let attempt = 0; attempt < 6; attempt++) {
    await page.mouse.move(place.x, place.y, { steps: 3 });
    const shown = await widget.waitFor({ timeout: 2500 }).then(
      () => true,
      () => false,
    );
    if (shown) return widget.innerText();
    await page.mouse.move(0, 0);
    await page.keyboard.press("Escape");
  }
  throw new Error(`No hover appears over ${JSON.stringify(text)}.`);
}

/** Puts the cursor into the first place in the editor that shows some text. */
export async function clickText({ page }: Workbench, text: string): Promise<void> {
  const { x, y } = await locate(page, text);
  await page.mouse.click(x, y);
}

async function locate(page: Page, text: string): Promise<{ x: number; y: number }> {
  const place = await page.locator(".editor-instance .view-lines").first().evaluate(findText, text);
  if (!place) throw new Error(`The editor shows no ${JSON.stringify(text)}.`);
  return place;
}

/** Runs in the page: the middle of a text, which the editor may show in several pieces of one line. */
function findText(lines: Element, text: string): { x: number; y: number } | undefined {
  for (const line of lines.querySelectorAll(".view-line")) {
    const at = line.textContent.replaceAll("\u00a0", " ").indexOf(text);
    if (at < 0) continue;
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let left = at + Math.floor(text.length / 2);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (left < length) {
        const range = document.createRange();
        range.setStart(node, left);
        range.setEnd(node, left + 1);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
      left -= length;
    }
  }
  return undefined;
}

/** A wavy underline in the editor. */
export interface Squiggle {
  readonly severity: "error" | "warning" | "info" | "hint";
  /** The text of the line that it stands on. */
  readonly line: string;
}

/** The underlines that are on the screen, from top to bottom. */
export function squiggles({ page }: Workbench): Promise<Squiggle[]> {
  return page
    .locator(".editor-instance")
    .first()
    .evaluate((editor) => {
      const lines = [...editor.querySelectorAll(".view-lines .view-line")];
      const found = [...editor.querySelectorAll(".view-overlays [class*=squiggly-]")].map((mark) => {
        const { top, bottom } = mark.getBoundingClientRect();
        const middle = (top + bottom) / 2;
        const line = lines.find((candidate) => {
          const box = candidate.getBoundingClientRect();
          return box.top <= middle && middle < box.bottom;
        });
        const severity = /squiggly-(error|warning|info|hint)/.exec(mark.className)?.[1] ?? "hint";
        return {
          severity: severity as Squiggle["severity"],
          line: (line?.textContent ?? "").replaceAll("\u00a0", " "),
          top,
        };
      });
      return found.sort((a, b) => a.top - b.top).map(({ severity, line }) => ({ severity, line }));
    });
}

/** Waits until the editor shows at least so many underlines, and returns them. */
export async function waitForSquiggles(workbench: Workbench, count: number): Promise<Squiggle[]> {
  await workbench.page.waitForFunction(
    (wanted) => document.querySelectorAll(".editor-instance .view-overlays [class*=squiggly-]").length >= wanted,
    count,
  );
  return squiggles(workbench);
}
