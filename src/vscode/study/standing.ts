/** How a student stands with a question or a drill, in words and signs for lists. */
import * as vscode from "vscode";
import { partKey, type Standing } from "../../core/exam/progress";
import type { Bank, DrillTemplate, Question } from "../../core/exam/question";

export type Standings = ReadonlyMap<string, Standing>;

/** What the last attempts were worth. */
export interface Score {
  readonly state: "untouched" | "right" | "partly" | "wrong";
  readonly points: number;
}

/** Of a question with parts that were not answered yet, these count as nothing. */
export function scoreOf(standings: Standings, bank: Bank, question: Question | DrillTemplate): Score {
  const alone = question.parts.length === 1;
  const parts = question.parts.map(({ id, points }) => {
    const last = standings.get(partKey(bank.id, question.id, alone ? undefined : id))?.last;
    return { answered: last !== undefined, points: (last?.fraction ?? 0) * points, of: points };
  });
  const points = parts.reduce((sum, part) => sum + part.points, 0);
  if (!parts.some(({ answered }) => answered)) return { state: "untouched", points: 0 };
  if (parts.every((part) => part.answered && part.points >= part.of)) return { state: "right", points };
  return { state: points > 0 ? "partly" : "wrong", points };
}

/** Of something with a single mark. */
export function stateOfFraction(fraction: number | undefined): Score["state"] {
  if (fraction === undefined) return "untouched";
  return fraction >= 1 ? "right" : fraction > 0 ? "partly" : "wrong";
}

export const scoreWords: Record<Score["state"], string> = {
  untouched: "not answered yet",
  right: "answered right",
  partly: "answered partly right",
  wrong: "not answered right yet",
};

export const scoreIcons: Record<Score["state"], vscode.ThemeIcon> = {
  untouched: new vscode.ThemeIcon("circle-large-outline"),
  right: new vscode.ThemeIcon("pass-filled", new vscode.ThemeColor("testing.iconPassed")),
  partly: new vscode.ThemeIcon("color-mode", new vscode.ThemeColor("editorWarning.foreground")),
  wrong: new vscode.ThemeIcon("error", new vscode.ThemeColor("testing.iconFailed")),
};

/** At most two digits behind the point. */
export const pointsText = (points: number): string =>
  `${Number(points.toFixed(2))} ${points === 1 ? "point" : "points"}`;
