/** Numbers of variants. */
import * as vscode from "vscode";

const most = 999_999;

/** A variant's number that can be read out to a neighbour: at most six digits. */
export function randomSeed(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return 1 + (word % most);
}

/** Asks for the number that brings a variant back; undefined where the student has changed their mind. */
export async function askForSeed(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: "Variant by number",
    prompt: "The number stands above the title of each variant, and brings it back.",
    validateInput: (typed) => (seedIn(typed) === undefined ? `A whole number from 1 to ${most}.` : undefined),
  });
  return text === undefined ? undefined : seedIn(text);
}

function seedIn(text: string): number | undefined {
  const seed = /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : 0;
  return seed > 0 ? seed : undefined;
}
