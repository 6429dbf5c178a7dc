/** Everything that a student has, in one file of JSON Lines: to keep it, or to carry it to another machine. */
import { readExam, type MockExam } from "./mock";
import { readLog, type ProgressLog } from "./progress";

export interface Archive {
  readonly log: ProgressLog;
  readonly exams: readonly MockExam[];
  /** Drafts, programs and hunts; absent where there are none. */
  readonly kept?: readonly KeptText[];
  /** `2026-02-14`. */
  readonly examDay?: string;
}

/** A value of a store, as its file says it. */
export interface KeptText {
  readonly store: string;
  readonly id: string;
  readonly text: string;
}

const kind = "forward-pass-progress";

/** The first line says what the file is; then the log's lines as they are, then the exams and the rest. */
export function writeArchive({ log, exams, kept = [], examDay }: Archive): string {
  const head = { kind, version: 1, ...(examDay === undefined ? {} : { examDay }) };
  const others = [...exams.map((exam) => ({ kind: "mock-exam", exam })), ...kept.map((each) => ({ kind: "kept", ...each }))]; // prettier-ignore
  const lines = [head, ...others].map((line) => JSON.stringify(line));
  return [lines[0], ...log.map(({ text }) => text), ...lines.slice(1)].map((line) => `${line}\n`).join("");
}

/** Lines that a newer version has written stay in the log. A text that is no archive and holds no answer is refused. */
export function readArchive(text: string): Archive | { readonly problem: string } {
  const lines = readLog(text.replace(/^\uFEFF/, ""));
  const exams: MockExam[] = [];
  const kept: KeptText[] = [];
  let head: Record<string, unknown> | undefined;
  const log = lines.filter((line) => {
    const value = line.attempt ? undefined : objectIn(line.text);
    const exam = value?.kind === "mock-exam" ? readExam(JSON.stringify(value.exam)) : undefined;
    const other = value?.kind === "kept" ? keptIn(value) : undefined;
    if (exam) exams.push(exam);
    if (other) kept.push(other);
    if (value?.kind === kind) head = value;
    return !exam && !other && value?.kind !== kind;
  });
  if (!head && !log.some(({ attempt }) => attempt)) {
    return { problem: "This file holds no progress of Forward Pass. Export one with “Export progress…”." };
  }
  const examDay = head?.examDay;
  return { log, exams, ...(kept.length > 0 && { kept }), ...(typeof examDay === "string" ? { examDay } : {}) };
}

function keptIn({ store, id, text }: Record<string, unknown>): KeptText | undefined {
  return typeof store === "string" && typeof id === "string" && typeof text === "string"
    ? { store, id, text }
    : undefined;
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
