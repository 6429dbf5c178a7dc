/** The numbers of lines: where the bugs of a program stand whose lines are numbered in the prompt. */
import type { Grade, Reading } from "../answer";
import { fieldReader, type AnswerBlock, type BlockContext, type FieldValue } from "../answerBlock";
import { graded, type AnswerKind } from "./kind";
import { readKnown, type KnownAnswer } from "./known";

/** Lines that are as good as each other: a bug that spans some of them, or can be seen in either of two. */
type Place = readonly number[];

export interface LineSpec {
  readonly kind: "line";
  /** One for each bug; a line that is named counts for the first of them that holds it. */
  readonly value: readonly Place[];
  /** Lines that are wrong, and why. */
  readonly refuse: readonly KnownAnswer<Place>[];
}

export const line: AnswerKind<LineSpec> = {
  input: "line",
  computed: false,
  read: readSpec,
  understand(_spec, { text = "" }) {
    return understandLines(text);
  },
  grade(spec, { text = "" }) {
    const read = readLines(text);
    return "problem" in read ? { state: "unreadable", problem: read.problem } : gradeLines(spec, read.lines);
  },
  expected: ({ value }) => value.map(placeText).join(", "),
  selfTest: ({ value, refuse }) =>
    refuse
      .flatMap((known) => known.value)
      .filter((refused) => value.some((place) => place.includes(refused)))
      .map((refused) => `The refused line ${refused} is a right one.`),
};

/** A line too many takes away what a right one gives, so that naming them all earns nothing. */
function gradeLines({ value, refuse }: LineSpec, lines: readonly number[]): Grade {
  const hit = value.filter((place) => place.some((one) => lines.includes(one)));
  const wrong = lines.filter((one) => !value.some((place) => place.includes(one)));
  const known = refuse.filter((other) => other.value.some((one) => wrong.includes(one)));
  const credit = known.reduce((sum, other) => sum + other.credit, 0);
  const worthless = wrong.filter((one) => !known.some((other) => other.credit > 0 && other.value.includes(one)));
  const said = known.map(({ says }) => says);
  const others = wrong.filter((one) => !known.some((other) => other.value.includes(one)));
  return graded(
    (hit.length + credit - worthless.length) / value.length,
    summary(hit.length, value.length, wrong.length),
    ...said,
    others.length > 0 ? `${others.length === 1 ? "Line" : "Lines"} ${others.join(", ")}: nothing wrong there.` : "",
  );
}

function summary(hit: number, of: number, wrong: number): string {
  if (hit === of && wrong === 0) return "Right.";
  return of === 1 ? "" : `${hit} of ${of} found.`;
}

function understandLines(text: string): Reading {
  if (text.trim() === "") return { state: "empty" };
  const read = readLines(text);
  if ("problem" in read) return { state: "unreadable", problem: read.problem };
  return { state: "read", echo: `${read.lines.length === 1 ? "line" : "lines"} ${read.lines.join(", ")}` };
}

const longest = 200;
/** Words that people put around the numbers. */
const fillers = /^(lines?|l|ln|no|nr|number|in|on|at|and|the|bugs?|is|are|it)$/;
const mostInRange = 50;

/** Reads `12`, `12, 14`, `lines 12 and 14`, `L12`, `12-14`; each line once, in order. */
export function readLines(input: string): { readonly lines: readonly number[] } | { readonly problem: string } {
  if (input.length > longest) return { problem: "This is too long for numbers of lines." };
  const lines = new Set<number>();
  const text = input.toLowerCase().replace(/(\d)\s*(?:[-–—]|\bto\b)\s*(\d)/g, "$1-$2");
  for (const word of text.match(/[^\s,;:.#&+()[\]$]+/g) ?? []) {
    const [, first = "", last = first] = /^(?:l|ln|lines?)?(\d{1,6})(?:-(\d{1,6}))?$/.exec(word) ?? [];
    if (first === "") {
      if (fillers.test(word)) continue;
      return { problem: `“${word}” is no number of a line. Write numbers such as 12, 14.` };
    }
    const [from, to] = [Number(first), Number(last)];
    if (from < 1 || to < from || to - from >= mostInRange) return { problem: `“${word}” is no range of lines.` };
    for (let one = from; one <= to; one++) lines.add(one);
  }
  if (lines.size === 0) return { problem: "There is no number of a line in this." };
  return { lines: [...lines].sort((a, b) => a - b) };
}

function placeText(place: Place): string {
  return place.length === 1 ? String(place[0]) : `${place.slice(0, -1).join(", ")} or ${place.at(-1)!}`;
}

function readSpec(block: AnswerBlock, { report }: BlockContext): LineSpec | undefined {
  const fields = fieldReader(block.fields, ["value", "refuse"], block.span, report);
  const found = fields.required("value");
  if (!found) return undefined;
  const items = found.kind === "list" ? found.items : [found];
  const places = items.map(ownPlace);
  const refuse = readKnown(fields.list("refuse"), "value", ownPlace, report);
  const value = places.filter((place) => place !== undefined);
  if (value.length < places.length || value.length === 0) {
    report("lines", "“value” is the number of a line, or a list with one for each bug: [12, 14 or 15].", found.span);
    return undefined;
  }
  return { kind: "line", value, refuse };
}

/** `12`, `14 or 15`, `14-16`. */
function ownPlace(value: FieldValue): Place | undefined {
  if (value.kind !== "scalar") return undefined;
  const read = readLines(value.text.replace(/\bor\b/g, ","));
  return "problem" in read ? undefined : read.lines;
}
