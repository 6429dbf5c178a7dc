/** Imports an exam from Markdown or plain text as a draft bank. */
import { draftOf, type DraftRow } from "./draft";
import { asTitle, visible } from "./draftText";
import { outlineOf } from "./outline";

export interface ImportedExam {
  /** The bank's id, made from the name. */
  readonly id: string;
  /** The draft, a `*.quiz.md`. */
  readonly text: string;
  readonly exercises: number;
  readonly questions: readonly DraftRow[];
  /** The sum of the points that the text gives. */
  readonly points: number;
}

/** `name` is the file's, without its folder. Every line of the text is in the draft. */
export function importExam(name: string, text: string): ImportedExam {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r|\f/)
    .map(visible);
  const id = idOf(name);
  const outline = outlineOf(lines);
  const draft = draftOf(outline, id, titleOf(outline.front) ?? id);
  const points = draft.rows.reduce((total, row) => total + (row.points ?? 0), 0);
  return { id, text: draft.text, exercises: draft.exercises, questions: draft.rows, points };
}

function idOf(name: string): string {
  const plain = name.replace(/\.[a-z]+$/i, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, ""); // prettier-ignore
  return plain === "" ? "imported" : plain;
}

/** The first heading, or else the first line that reads like a name. */
function titleOf(front: readonly string[]): string | undefined {
  const heading = front.find((line) => /^#{1,3}\s+\S/.test(line));
  const line = heading ?? front.find((other) => /^\s*[*_]*\p{Lu}[^|]{4,80}$/u.test(other) && !/[.?!:]\s*$/.test(other));
  return line === undefined ? undefined : asTitle(line).replace(/[*_]/g, "").trim();
}
