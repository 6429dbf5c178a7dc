/** A matrix of numbers, or a vector: each entry within a tolerance counts for itself. */
import type { Grade, Reading } from "../answer";
import { fieldReader, plainNumber, type AnswerBlock, type BlockContext, type FieldValue } from "../answerBlock";
import { graded, type AnswerKind } from "./kind";
import { readKnown, type KnownAnswer } from "./known";
import { matrixLatex, readMatrix, type Matrix } from "./matrixText";
import { numberValue } from "./number";

export interface MatrixSpec {
  readonly kind: "matrix";
  readonly value: Matrix;
  /** How far off an entry may be and still count as right: the wider of the two. */
  readonly relative: number;
  readonly absolute: number;
  readonly refuse: readonly KnownAnswer<Matrix>[];
}

export const matrix: AnswerKind<MatrixSpec> = {
  input: "line",
  computed: true,
  read: readSpec,
  understand: (spec, response) => understandMatrix(spec, response.text ?? ""),
  grade(spec, response) {
    const reading = readMatrix(response.text ?? "");
    if (reading.state === "unreadable") return { state: "unreadable", problem: reading.problem };
    return gradeMatrix(spec, asWanted(reading.rows, spec.value));
  },
  expected: (spec) => `$${matrixLatex(spec.value)}$`,
  selfTest: (spec) =>
    spec.refuse
      .filter(({ value }) => matches(spec, value, spec.value))
      .map(({ value }) => `The refused matrix $${matrixLatex(value)}$ cannot be told from the right one.`),
};

function understandMatrix(spec: MatrixSpec, text: string): Reading {
  if (text.trim() === "") return { state: "empty" };
  const reading = readMatrix(text);
  if (reading.state === "unreadable") return reading;
  const rows = asWanted(reading.rows, spec.value);
  const meaning = (meant: Matrix) => ({ text: typed(meant), echo: `$${matrixLatex(meant)}$` });
  if (reading.state === "ambiguous") {
    return { state: "ambiguous", ask: "A decimal point is written “.”. Is this meant?", meanings: [meaning(rows)] };
  }
  const cut = isFlat(rows) && !isFlat(spec.value) && rows.flat().length === spec.value.flat().length;
  if (cut) {
    return {
      state: "ambiguous",
      ask: "The rows are not told apart: write “;” between them. Is this meant?",
      meanings: [meaning(reshaped(rows.flat(), spec.value))],
    };
  }
  return { state: "read", echo: `$${matrixLatex(rows)}$` };
}

const typed = (rows: Matrix): string => rows.map((row) => row.join(" ")).join("; ");
const isFlat = (rows: Matrix): boolean => rows.length === 1 || rows.every((row) => row.length === 1);

/** Numbers in rows as long as those of `like`. */
function reshaped(numbers: readonly number[], like: Matrix): Matrix {
  const width = like[0]!.length;
  return like.map((_row, place) => numbers.slice(place * width, (place + 1) * width));
}

/** A vector may be typed lying or standing. */
function asWanted(rows: Matrix, wanted: Matrix): Matrix {
  const numbers = rows.flat();
  return isFlat(rows) && isFlat(wanted) && numbers.length === wanted.flat().length ? reshaped(numbers, wanted) : rows;
}

function gradeMatrix(spec: MatrixSpec, given: Matrix): Grade {
  const { value } = spec;
  if (matches(spec, given, value)) return graded(1, "Right.");
  const known = spec.refuse.find((other) => matches(spec, given, asWanted(other.value, value)));
  if (known) return graded(known.credit, known.says);
  if (!isSameSize(given, value)) {
    return graded(0, `The matrix is $${value.length} \\times ${value[0]!.length}$, not ${sizeText(given)}.`);
  }
  const wrong = given.flatMap((row, i) =>
    row.flatMap((entry, j) => (isNear(spec, entry, value[i]![j]!) ? [] : [[i + 1, j + 1] as const])),
  );
  const total = value.flat().length;
  const fraction = (total - wrong.length) / total;
  if (matches(spec, transposed(given), value)) return graded(fraction, "Rows and columns have changed places.");
  const places = wrong.slice(0, 3).map(([row, column]) => `row ${row}, column ${column}`);
  const where = wrong.length > 3 ? "" : ` Look again at ${places.join("; ")}.`;
  return graded(fraction, `${total - wrong.length} of ${total} entries are right.${where}`);
}

const sizeText = (rows: Matrix): string => `$${rows.length} \\times ${rows[0]!.length}$`;
const isSameSize = (a: Matrix, b: Matrix): boolean => a.length === b.length && a[0]!.length === b[0]!.length;
const transposed = (rows: Matrix): Matrix => rows[0]!.map((_entry, column) => rows.map((row) => row[column]!));

function matches(spec: MatrixSpec, given: Matrix, wanted: Matrix): boolean {
  if (!isSameSize(given, wanted)) return false;
  return given.every((row, i) => row.every((entry, j) => isNear(spec, entry, wanted[i]![j]!)));
}

function isNear({ relative, absolute }: MatrixSpec, given: number, wanted: number): boolean {
  const tolerance = Math.max(absolute, relative * Math.abs(wanted));
  return Math.abs(given - wanted) <= tolerance + 1e-9 * Math.max(Math.abs(wanted), tolerance, 1e-3);
}

function readSpec(block: AnswerBlock, { report }: BlockContext): MatrixSpec | undefined {
  const fields = fieldReader(block.fields, ["value", "relative", "absolute", "refuse"], block.span, report);
  const found = fields.required("value");
  const relative = fields.amount("relative")?.value;
  const absolute = fields.amount("absolute")?.value;
  const read = (given: FieldValue): Matrix | undefined => {
    const rows = ownMatrix(given);
    if (!rows) report("not-a-matrix", "A matrix is a list of rows of equal length: [[1, 2], [3, 4]].", given.span);
    return rows;
  };
  const value = found && read(found);
  const refuse = readKnown(fields.list("refuse"), "value", read, report);
  if (!value) return undefined;
  const exact = absolute !== undefined || value.flat().every(Number.isInteger);
  return { kind: "matrix", value, relative: relative ?? (exact ? 0 : 0.01), absolute: absolute ?? 0, refuse };
}

/** As the bank writes it: a list of rows, or a text. A row may be a list, or computed numbers joined by `x`. */
function ownMatrix(given: FieldValue): Matrix | undefined {
  if (given.kind === "map") return undefined;
  if (given.kind === "list") return ownRows(given.items);
  if (/\dx-?\d/.test(given.text)) return ownRows([given]);
  const reading = readMatrix(given.text);
  return reading.state === "matrix" ? reading.rows : undefined;
}

function ownRows(items: readonly FieldValue[]): Matrix | undefined {
  const rows = items.map((item) => {
    if (item.kind === "list") return item.items.map(numberValue);
    return item.kind === "scalar" ? item.text.split(/x|\s+/).map(plainNumber) : [undefined];
  });
  const width = rows[0]?.length ?? 0;
  const isSound = width > 0 && rows.every((row) => row.length === width && !row.includes(undefined));
  return isSound ? (rows as Matrix) : undefined;
}
