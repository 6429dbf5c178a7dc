/** The small line-based texts in a bank: headings with attributes, task list items, rubrics, parameters. */
import type { Span } from "../../text/source";
import type { ChoiceOption, RubricItem } from "../answer";
import { plainNumber, type Report } from "../answerBlock";
import type { Parameter, ParameterRange } from "../question";

export interface Heading {
  readonly id: string;
  /** Empty where the heading has only an id. */
  readonly title: string;
  readonly attributes: ReadonlyMap<string, { readonly text: string; readonly span: Span }>;
}

/** Reads `## id Some title {pts=1 topics=a,b source=000/3.3}`; attributes other than `allowed` are reported. */
export function readHeading(line: string, span: Span, allowed: readonly string[], report: Report): Heading {
  const match = /^\s*#+\s+(.*?)\s*(?:\{([^{}]*)\}\s*)?$/.exec(line);
  const [id = "", ...title] = (match?.[1] ?? "").split(/\s+/);
  const attributes = new Map<string, { text: string; span: Span }>();
  const inside = match?.[2] ?? "";
  const start = span.start + line.lastIndexOf("{") + 1;
  for (const item of inside.matchAll(/[^\s=]+(?:=(\S*))?/g)) {
    const name = item[0].split("=", 1)[0]!;
    const place = { start: start + item.index, end: start + item.index + item[0].length };
    if (!allowed.includes(name))
      report("unknown-field", `“${name}” has no meaning in a heading. Known: ${allowed.join(", ")}.`, place);
    else attributes.set(name, { text: item[1] ?? "", span: { start: place.start + name.length + 1, end: place.end } });
  }
  if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) {
    report("id", "A heading starts with an id: small letters, digits and hyphens.", span);
  }
  return { id, title: title.join(" "), attributes };
}

/** Points in an attribute, as a number that is not negative. */
export function readPoints({ attributes }: Heading, report: Report): number | undefined {
  const found = attributes.get("pts");
  if (!found) return undefined;
  const points = plainNumber(found.text);
  if (points === undefined || points < 0) report("not-a-number", "Points are a number: pts=2 or pts=0.5.", found.span);
  return points;
}

/** Reads `- [x] text` with its reason below: an indented paragraph or quote. */
export function readOption(item: string, span: Span, report: Report): ChoiceOption {
  const match = /^(\s*[-*+]\s+)\[([ xX])\]\s+/.exec(item);
  if (!match) {
    report("options", "Every option of a task list starts with [x] or [ ].", span);
    return { text: item, correct: false, reason: "" };
  }
  const [first = "", ...rest] = item.slice(match[0].length).split(/\r\n|\n|\r/);
  const lines = rest.map((line) => line.replace(new RegExp(`^ {0,${match[1]!.length}}`), ""));
  const cut = lines.findIndex((line) => line.trim() === "" || line.startsWith(">"));
  const reason = cut < 0 ? [] : lines.slice(cut).map((line) => line.replace(/^>\s?/, ""));
  const text = [first, ...(cut < 0 ? lines : lines.slice(0, cut))].join("\n").trim();
  if (reason.join("").trim() === "")
    report("missing-reason", "Say below the option why it is right or wrong: “> …”.", span, "warning");
  return { text, correct: match[2] !== " ", reason: reason.join("\n").trim() };
}

interface Line {
  readonly text: string;
  readonly span: Span;
}

/** The lines that hold something, with their places. */
function linesOf(text: string, offset: number): Line[] {
  return [...text.matchAll(/[^\r\n]+/g)]
    .filter(([line]) => line.trim() !== "")
    .map((match) => ({
      text: match[0],
      span: { start: offset + match.index, end: offset + match.index + match[0].length },
    }));
}

/** Reads `0.5 What the answer says` a line; an indented line continues the one above. */
export function readRubric(text: string, offset: number, report: Report): readonly RubricItem[] {
  const items: { points: number; text: string }[] = [];
  for (const line of linesOf(text, offset)) {
    const match = /^([-+]?[\d.]+)\s+(\S.*)$/.exec(line.text);
    const points = match ? plainNumber(match[1]!) : undefined;
    const last = items.at(-1);
    if (match && points !== undefined) items.push({ points, text: match[2]!.trim() });
    else if (/^\s/.test(line.text) && last) last.text += ` ${line.text.trim()}`;
    else report("rubric", "A rubric line starts with its points: “0.5 Names the bias”.", line.span);
  }
  return items;
}

export interface Parameters {
  readonly parameters: readonly Parameter[];
  readonly where: readonly string[];
}

/** Reads `n: int 16..128`, `k: choice 1 3 5`, `where: k <= n`, one a line. */
export function readParameters(text: string, offset: number, report: Report): Parameters {
  const parameters: Parameter[] = [];
  const where: string[] = [];
  for (const line of linesOf(text, offset)) {
    const match = /^\s*([A-Za-z_]\w*)\s*:\s*(\S.*?)\s*$/.exec(line.text);
    if (!match) {
      report("params", "A parameter is written “name: int 1..9” or “name: choice 1 3 5”.", line.span);
    } else if (match[1] === "where") {
      where.push(match[2]!);
    } else {
      const range = readRange(match[2]!);
      const known = parameters.some(({ name }) => name === match[1]);
      if (known) report("params", `The parameter “${match[1]!}” is declared twice.`, line.span);
      else if (range) parameters.push({ name: match[1]!, range, span: line.span });
      else report("params", "A range is “int LOW..HIGH” or “choice A B C”.", line.span);
    }
  }
  return { parameters, where };
}

function readRange(text: string): ParameterRange | undefined {
  const int = /^int\s+(.+?)\s*\.\.\s*(.+)$/.exec(text);
  if (int) return { kind: "int", low: int[1]!, high: int[2]! };
  const choice = /^choice\s+(.+)$/.exec(text);
  if (!choice) return undefined;
  const values = choice[1]!.trim().split(/[\s,]+/).map(plainNumber); // prettier-ignore
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? { kind: "choice", values: known } : undefined;
}
