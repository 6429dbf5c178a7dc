/** Matrices as people type them: `[[1, 2], [3, 4]]`, `1 2; 3 4`, rows on lines, `\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`. */
import { numberLatex, readNumber } from "../numberText";

export type Matrix = readonly (readonly number[])[];

export type MatrixReading =
  | { readonly state: "matrix"; readonly rows: Matrix }
  | { readonly state: "unreadable"; readonly problem: string }
  /** Decimal commas: the same with points. */
  | { readonly state: "ambiguous"; readonly rows: Matrix };

const longest = 2000;
const mostEntries = 400;

export function readMatrix(input: string): MatrixReading {
  if (input.length > longest) return { state: "unreadable", problem: "This is too long for a matrix." };
  const text = unwrapped(input);
  if (/\S\s+\/\s+\S/.test(text) && !text.includes(";"))
    return { state: "unreadable", problem: "Is “/” a fraction or the end of a row? Write “;” between rows." };
  const rows = rowsOf(text.replace(transposeSign, "")).map(entriesOf);
  const entries = rows.flat();
  if (entries.length === 0) return { state: "unreadable", problem: "There is no matrix here." };
  if (entries.length > mostEntries) return { state: "unreadable", problem: "This matrix is too large." };
  let commas = false;
  const values: number[][] = [];
  for (const row of rows) {
    const numbers: number[] = [];
    for (const entry of row) {
      const reading = readNumber(entry);
      if (reading.state === "unreadable")
        return { state: "unreadable", problem: `“${entry}” does not read as a number.` };
      commas ||= reading.state === "ambiguous";
      numbers.push(reading.state === "number" ? reading.value : (reading.values.at(-1) ?? NaN));
    }
    values.push(numbers);
  }
  const width = values[0]!.length;
  const odd = values.findIndex((row) => row.length !== width);
  if (odd > 0) {
    return {
      state: "unreadable",
      problem: `Row ${odd + 1} has ${values[odd]!.length} entries, the first has ${width}.`,
    };
  }
  const meant = transposeSign.test(text)
    ? values[0]!.map((_entry, column) => values.map((row) => row[column]!))
    : values;
  return { state: commas ? "ambiguous" : "matrix", rows: meant };
}

/** Behind a matrix: `^T`, `^\top`, `.T`. */
const transposeSign = /\s*(?:\^\s*\{?\s*(?:\\top|T)\s*\}?|\.T|ᵀ)$/;

/** Without dollars, the names of libraries, and LaTeX's environment. */
function unwrapped(input: string): string {
  return input
    .replace(/\$/g, "")
    .trim()
    .replace(/,?\s*(?:dtype|device|requires_grad)\s*=\s*[\w.'":]+/g, "")
    .replace(/^\s*[A-Za-z]\w{0,2}\s*=/, "")
    .replace(/(?:torch\.|np\.|numpy\.)?(?:tensor|array|Tensor|Matrix)\s*(?=\()/g, "")
    .replace(/\\(?:begin|end)\s*\{[a-zA-Z]*\}(?:\s*\{[clr|\s]*\})?/g, "")
    .replace(/\\(?:left|right)\s*[.]?|\\(?:hline|,|;)/g, "")
    .replace(/\\([{}])/g, "$1")
    .replace(/[⎡⎢⎣⎛⎜⎝]/g, "[")
    .replace(/[⎤⎥⎦⎞⎟⎠]/g, "]")
    .trim();
}

/** One text for each row, without its brackets. */
function rowsOf(text: string): readonly string[] {
  for (const [open, close] of ["[]", "{}", "()"].map((pair) => [pair.charAt(0), pair.charAt(1)] as const)) {
    const inner = new RegExp(`\\${open}([^\\${open}\\${close}]*)\\${close}`, "g");
    const groups = Array.from(text.matchAll(inner), ([, group]) => group!);
    const rest = text.replace(inner, "").replace(/[\s,;]/g, "");
    const isNested = rest === open + close || rest === `(${open}${close})`;
    // `(1/2) (3/4)` are two entries, `(1, 2), (3, 4)` two rows.
    const areRows =
      rest === "" && groups.length > 1 && (open !== "(" || groups.every((group) => /\S[\s,]+\S/.test(group)));
    if (groups.length > 0 && (isNested || areRows)) return groups;
  }
  const bare = isWrapped(text) ? text.slice(1, -1) : text;
  const rows = bare.split(/\r?\n|;|\\\\|\s\|\s|\|\s*\|/).filter((row) => row.trim() !== "");
  return rows.length === 1 ? rowsByComma(bare) : rows;
}

/** `6 8, 9 7`: commas between rows, where each piece has as many numbers as the others and more than one. */
function rowsByComma(text: string): readonly string[] {
  const pieces = text.split(",");
  const counts = pieces.map((piece) => piece.trim().split(/\s+/).length);
  return pieces.length > 1 && counts[0]! > 1 && counts.every((count) => count === counts[0]) ? pieces : [text];
}

/** Whether the first bracket is closed by the last character. */
function isWrapped(text: string): boolean {
  if (!/^[[({][\s\S]*[\])}]$/.test(text)) return false;
  let depth = 0;
  for (const [place, character] of Array.from(text).entries()) {
    depth += "[({".includes(character) ? 1 : "])}".includes(character) ? -1 : 0;
    if (depth === 0) return place === text.length - 1;
  }
  return false;
}

/** The entries of one row: between `&`, commas, or blanks. */
function entriesOf(row: string): readonly string[] {
  const text = row
    .trim()
    .replace(/^\|\s*|\s*\|$/g, "")
    .replace(/[,;]\s*$/, "");
  if (text.includes("&")) return text.split("&").map((entry) => entry.trim());
  // `0,5 0,25`: commas only inside the pieces between blanks.
  const pieces = text.split(/\s+/);
  const decimal = pieces.length > 1 && pieces.every((piece) => /^-?\d+(?:,\d+)?$/.test(piece)) && text.includes(",");
  if (text.includes(",") && !decimal) return text.split(",").map((entry) => entry.trim());
  return text
    .replace(/\s*([/*^])\s*/g, "$1")
    .replace(/(?<![\d.)])([-−+])\s+(?=[\d.(])/g, "$1")
    .split(/\s+/);
}

/** For display. */
export function matrixLatex(rows: Matrix): string {
  const lines = rows.map((row) => row.map(numberLatex).join(" & "));
  return `\\begin{pmatrix} ${lines.join(" \\\\ ")} \\end{pmatrix}`;
}
