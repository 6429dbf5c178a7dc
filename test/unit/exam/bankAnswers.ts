/** Shared by the tests of the built-in banks: a part's answer, the grade of a typed text, figures from PyTorch. */
import { spawnSync } from "node:child_process";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { grade, type AnswerSpec } from "../../../src/core/exam/kinds/registry";
import type { Bank } from "../../../src/core/exam/question";

export function bankOf(id: string): Bank {
  const found = builtinBanks().find(({ bank }) => bank.id === id);
  if (!found) throw new Error(`There is no bank ${id}`);
  return found.bank;
}

/** The answer of `question/part`, or of a question without parts. */
export function answerOf(bank: Bank, place: string): AnswerSpec {
  const [question, part = "answer"] = place.split("/");
  const found = bank.questions.find(({ id }) => id === question)?.parts.find(({ id }) => id === part);
  if (!found) throw new Error(`${bank.id} has no ${place}`);
  return found.answer;
}

/** The fraction of the points, or why there is none. */
export function gradeOf(bank: Bank, place: string, text: string): number | string {
  const result = grade(answerOf(bank, place), { text });
  return result.state === "graded" ? result.fraction : result.state;
}

/** What a script for the system's PyTorch prints as JSON; undefined where there is no PyTorch. */
export function fromPyTorch(script: string): Record<string, number | readonly number[]> | undefined {
  const run = spawnSync("/usr/bin/python3", ["-c", script], { encoding: "utf8" });
  return run.status === 0 ? (JSON.parse(run.stdout) as Record<string, number | readonly number[]>) : undefined;
}
