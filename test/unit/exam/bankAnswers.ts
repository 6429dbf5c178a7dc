/** Shared by the tests of the built-in banks: the exams' rows, answers and their values, grades of typed texts, PyTorch's figures. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { assert } from "chai";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { evaluate } from "../../../src/core/exam/formula/evaluate";
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

/** What the formula that is asked for gives, with its symbols at a point. */
export function valueOf(bank: Bank, place: string, at: Readonly<Record<string, number>>): number {
  const answer = answerOf(bank, place);
  if (answer.kind !== "formula") return assert.fail(`${place} is no formula`);
  const point = new Map(Object.entries(at));
  for (const { name, is } of answer.symbols) if (is) point.set(name, evaluate(is, point));
  return evaluate(answer.value.expression, point);
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

const rows = "../shared/seeds/questions.json";

/** What is known of an exam's questions; undefined where the list is not there. */
export function listedQuestions(exam: string): readonly { id: string; points: number | "?" }[] | undefined {
  if (!existsSync(rows)) return undefined;
  const listed = JSON.parse(readFileSync(rows, "utf8")) as readonly { id: string; points: number | "?" }[];
  return listed.filter(({ id }) => id.startsWith(`${exam}/`));
}

/** The points of each section, in the order of the sections. */
export function pointsBySection({ questions }: Bank): number[] {
  const sums = new Map<string | undefined, number>();
  for (const { section, points } of questions) sums.set(section, (sums.get(section) ?? 0) + points);
  return [...sums.values()];
}
