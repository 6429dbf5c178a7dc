/**
 * What a student has done: an append-only log, one JSON object a line. Lines that this version does not understand
 * are kept as they are, so that a newer version and a second window lose nothing.
 */
import type { Response } from "./answer";

export const progressVersion = 1;

export interface Attempt {
  readonly version: number;
  /** When, in ISO 8601 and UTC. */
  readonly at: string;
  readonly bank: string;
  readonly question: string;
  /** Absent for a question with a single part. */
  readonly part?: string;
  /** The seed, for a drill's variant. */
  readonly variant?: number;
  readonly response: Response;
  /** 0 to 1. */
  readonly fraction: number;
  /** What the part gives at most. */
  readonly points: number;
  /** How sure the student was before it was graded. */
  readonly confidence?: "guess" | "unsure" | "sure";
  /** `cram`: repeated out of turn, which the schedule does not count; `exam`: answered in a mock exam. */
  readonly practice?: "cram" | "exam";
  /** The mock exam that it belongs to. */
  readonly sitting?: string;
  /** The seed of the order in which options were shown. */
  readonly order?: number;
}

/** One line of the log; `attempt` is absent where the line says nothing that this version understands. */
export interface LogLine {
  readonly text: string;
  readonly attempt?: Attempt;
}

export type ProgressLog = readonly LogLine[];

/** Reads a log, whatever its state: a torn line stays a line without an attempt. */
export function readLog(text: string): ProgressLog {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map(readLine);
}

function readLine(text: string): LogLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { text };
  }
  return isAttempt(value) ? { text, attempt: value } : { text };
}

/** Fields beyond these are a newer version's and stay in the line. */
function isAttempt(value: unknown): value is Attempt {
  if (typeof value !== "object" || value === null) return false;
  const { version, at, bank, question, part, variant, response, fraction, points } = value as Record<string, unknown>;
  const named = [at, bank, question].every((name) => typeof name === "string" && name !== "");
  const counted = [version, fraction, points].every((number) => Number.isFinite(number));
  const optional = ["string", "undefined"].includes(typeof part) && ["number", "undefined"].includes(typeof variant);
  return named && counted && optional && isResponse(response) && !Number.isNaN(Date.parse(at as string));
}

function isResponse(value: unknown): value is Response {
  if (typeof value !== "object" || value === null) return false;
  const { text, chosen, ticked } = value as Record<string, unknown>;
  const places = (list: unknown): boolean =>
    list === undefined || (Array.isArray(list) && list.every(Number.isInteger));
  return ["string", "undefined"].includes(typeof text) && places(chosen) && places(ticked);
}

/** The log's text: every line as it was read. */
export function writeLog(log: ProgressLog): string {
  return log.map(({ text }) => `${text}\n`).join("");
}

/**
 * The union of two logs in the order of time: nothing lost, nothing twice. A torn line goes where the other log
 * holds the whole of it; lines without a time stay at the end.
 */
export function mergeLogs(first: ProgressLog, second: ProgressLog): ProgressLog {
  const lines = new Map<string, LogLine>();
  for (const line of [...first, ...second]) {
    const key = keyOfLine(line);
    if (!lines.has(key)) lines.set(key, line);
  }
  const whole = [...lines.values()].filter(({ attempt }) => attempt !== undefined);
  const rest = [...lines.values()].filter(
    ({ attempt, text }) => !attempt && !whole.some((line) => isTornFrom(text, line.text)),
  );
  const time = ({ attempt }: LogLine): number => Date.parse(attempt?.at ?? "");
  return [...whole.sort((a, b) => time(a) - time(b)), ...rest];
}

/** The same attempt may be written with its fields in another order. */
function keyOfLine({ text, attempt }: LogLine): string {
  return attempt ? JSON.stringify(sorted(attempt)) : text;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

function isTornFrom(torn: string, whole: string): boolean {
  return torn.length < whole.length && whole.startsWith(torn);
}

/** How a student stands with one part (or a drill template as a whole, over all its variants). */
export interface Standing {
  readonly attempts: number;
  readonly last: Attempt;
  /** The highest fraction so far. */
  readonly best: number;
}

/** The key of a part in `standings`. */
export function partKey(bank: string, question: string, part = "answer"): string {
  return `${bank}/${question}/${part}`;
}

/** The standing of every part that was attempted. */
export function standings(log: ProgressLog): ReadonlyMap<string, Standing> {
  const result = new Map<string, Standing>();
  for (const { attempt } of log) {
    if (!attempt) continue;
    const key = partKey(attempt.bank, attempt.question, attempt.part);
    const before = result.get(key);
    const isLater = !before || Date.parse(attempt.at) >= Date.parse(before.last.at);
    result.set(key, {
      attempts: (before?.attempts ?? 0) + 1,
      last: isLater ? attempt : before.last,
      best: Math.max(before?.best ?? 0, attempt.fraction),
    });
  }
  return result;
}
