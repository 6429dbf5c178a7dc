/** The commands of bug hunts: start one by its number, its program or by chance; check, hint, give up. */
import * as vscode from "vscode";
import { programOf } from "../../core/exam/hunt/hunt";
import { huntBank, huntPrograms } from "../../core/exam/hunt/programs";
import { partKey, standings } from "../../core/exam/progress";
import { commandIds } from "../ids";
import type { HuntPanel } from "../pages/hunt";
import type { HuntDesk } from "./huntDesk";
import { huntNumber } from "./huntFiles";
import type { Progress } from "./progress";
import { randomSeed } from "./seed";
import { scoreIcons, scoreWords, stateOfFraction } from "./standing";

export function registerHuntCommands(desk: HuntDesk, panel: HuntPanel, progress: Progress): vscode.Disposable {
  /** Runs something with the hunt that is named or shown, and says so where there is none or it fails. */
  const register = (id: string, act: (number: number) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (given?: unknown) => {
      const shown = vscode.window.activeTextEditor?.document.uri;
      const number = isNumber(given) ? given : shown && huntNumber(shown);
      if (number === undefined) void vscode.window.showInformationMessage("Start a bug hunt first.");
      else await told(() => act(number));
    });
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.startHunt, async (given?: unknown) => {
      const number = isNumber(given) ? given : isProgram(given) ? numberFor(given) : await choose(progress);
      if (number !== undefined) await told(() => desk.start(number));
    }),
    register(commandIds.checkHunt, async (number) => {
      await desk.check(number);
      panel.open(number);
    }),
    register(commandIds.hintHunt, async (number) => {
      if (await desk.hint(number)) panel.open(number);
      else void vscode.window.showInformationMessage("There are no more hints for this hunt.");
    }),
    register(commandIds.giveUpHunt, async (number) => {
      const detail = "The bugs are shown. What you have mended so far counts, less the hints.";
      const giveUp = "Give up";
      const options = { modal: true, detail };
      if ((await vscode.window.showWarningMessage("Give up this hunt?", options, giveUp)) !== giveUp) return;
      await desk.giveUp(number);
      await desk.showDifferences(number);
      panel.open(number);
    }),
    register(commandIds.showHuntDifferences, desk.showDifferences),
  );
}

async function told(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

const isNumber = (given: unknown): given is number =>
  Number.isInteger(given) && Number(given) > 0 && Number(given) < 1e9;
const isProgram = (given: unknown): given is string => huntPrograms.some(({ id }) => id === given);

/** A number whose program is this one. */
function numberFor(program: string): number {
  let number = randomSeed();
  while (programOf(number).id !== program) number = randomSeed();
  return number;
}

interface Choice extends vscode.QuickPickItem {
  readonly number: () => number;
}

/** Asks for a program; who types a number gets the hunt of that number. */
async function choose(progress: Progress): Promise<number | undefined> {
  await progress.load();
  const known = standings(progress.log());
  const any: Choice = { label: "Any program", description: "drawn at random", number: randomSeed };
  const programs = huntPrograms.map(({ id, title, task }): Choice => {
    const state = stateOfFraction(known.get(partKey(huntBank, id))?.last.fraction);
    return {
      label: title,
      description: scoreWords[state],
      detail: task,
      iconPath: scoreIcons[state],
      number: () => numberFor(id),
    };
  });
  const pick = vscode.window.createQuickPick<Choice>();
  pick.placeholder = "Which program? Or type the number of a hunt";
  pick.items = [any, ...programs];
  pick.onDidChangeValue((value) => {
    const digits = /^\s*(\d{1,6})\s*$/.exec(value)?.[1];
    const numbered = digits !== undefined && Number(digits) > 0 ? Number(digits) : undefined;
    const own: Choice[] =
      numbered === undefined ? [] : [{ label: `Hunt number ${numbered}`, alwaysShow: true, number: () => numbered }];
    pick.items = [...own, any, ...programs];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.number());
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
