/** From the outline of an exam to a draft bank: the text, the points and the structure, and what is still missing. */
import { readHead } from "./lineHead";
import { findOptions } from "./options";
import { lacksOf, type Lack } from "./missing";
import { literalLines } from "./lineKinds";
import type { Outline, OutlineNode } from "./outline";
import { asProse, asTitle } from "./draftText";
import { solutionIn } from "./solution";

/** One question of the draft: a leaf of the outline. */
export interface DraftRow {
  /** The labels from the outside in, such as `2.b`. */
  readonly label: string;
  /** Undefined where the text does not say. */
  readonly points: number | undefined;
  readonly missing: readonly Lack[];
}

export interface Draft {
  readonly text: string;
  readonly rows: readonly DraftRow[];
  readonly exercises: number;
}

/** Renders the draft; `id` names the bank. */
export function draftOf(outline: Outline, id: string, title: string): Draft {
  return new DraftWriter(outline, id).write(title);
}

class DraftWriter {
  private readonly rows: DraftRow[] = [];
  private readonly ids = new Set<string>();
  private readonly blocks: string[] = [];

  constructor(
    private readonly outline: Outline,
    private readonly id: string,
  ) {}

  write(title: string): Draft {
    const { front, asides, exercises } = this.outline;
    this.block(["---", `id: ${this.id}`, `title: '${title.replaceAll("'", "''")}'`, "---"]);
    this.block(asProse(front));
    for (const [place, exercise] of exercises.entries()) this.exercise(exercise, place + 1);
    for (const aside of asides) {
      this.block([`# ${asTitle(aside.title)}`]);
      this.block(asProse(aside.lines));
    }
    return { text: `${this.blocks.join("\n\n")}\n`, rows: this.rows, exercises: exercises.length };
  }

  private block(lines: readonly string[]): void {
    if (lines.length > 0) this.blocks.push(lines.join("\n"));
  }

  /** With a text of its own above its questions, an exercise is one question with parts; else a section. */
  private exercise(node: OutlineNode, place: number): void {
    const label = node.label === "" ? String(place) : node.label;
    if (node.children.length === 0) {
      this.question(node, [label]);
      return;
    }
    const titled = node.raw === "" ? `Exercise ${label}` : asTitle(node.raw);
    const [first = "", ...below] = node.lines;
    const lead = !node.titled && isWithin(first, node.raw) ? below : node.lines;
    const hasLead = lead.some((line) => line.trim() !== "");
    if (hasLead && node.children.every(({ children }) => children.length === 0)) {
      this.parts(node, [label], titled, lead);
      return;
    }
    this.block([`# ${titled}`]);
    for (const [index, child] of introduced(node).entries())
      this.question(child, [label, child.label], index === 0 ? lead : []);
  }

  private question(node: OutlineNode, path: readonly string[], above: readonly string[] = []): void {
    if (node.children.length > 0) {
      this.parts(node, path, node.titled ? asTitle(node.raw) : "", [...above, ...node.lines]);
      return;
    }
    this.block([this.heading("##", path, node.points)]);
    this.leaf(node, path, [...above, ...node.lines]);
  }

  private parts(node: OutlineNode, path: readonly string[], title: string, lead: readonly string[]): void {
    const leaves = introduced(node);
    const sum = leaves.reduce((total, { points = 1 }) => total + points, 0);
    this.block([this.heading("##", path, sum, title)]);
    this.block(asProse(lead));
    const says = `the text gives ${node.points ?? sum}, the parts add up to ${sum}`;
    const differs = node.points !== undefined && Math.abs(node.points - sum) > 1e-9;
    this.missing([
      ...lacksOf(lead).filter(({ thing }) => thing === "figure"),
      ...(differs ? [{ thing: "points", says } as const] : []),
    ]);
    const known = new Set<string>();
    for (const child of leaves) {
      this.block([`### ${free(slug(child.label), known)} {pts=${child.points ?? 1}}`]);
      this.leaf(
        child,
        [...path, child.label],
        [...(child.titled ? [child.raw] : []), ...child.lines, ...child.children.flatMap(linesBelow)],
      );
    }
  }

  private leaf(node: OutlineNode, path: readonly string[], lines: readonly string[]): void {
    const { above: text, solution } = solutionIn(lines);
    const found = findOptions(text, literalLines(text));
    const lacks: Lack[] = [...lacksOf(text)];
    if (node.points === undefined) lacks.push({ thing: "points", says: "" });
    if (found) {
      // Another mark than that of the lists around: these would else be one list.
      const marker = ["-", "*", "+"].find(
        (mark) => !text.some((line, place) => isOutside(place, found) && line.trim().startsWith(`${mark} `)),
      );
      this.block(asProse(text.slice(0, found.from)));
      this.block(
        found.options.map(
          ({ text: option, correct }) => `${marker ?? "-"} [${correct ? "x" : " "}] ${option.replaceAll("\n", "\n  ")}`,
        ),
      );
      if (!found.options.some(({ correct }) => correct))
        lacks.push({ thing: "answer", says: "which options are right" });
      lacks.push({ thing: "reasons", says: "" });
      this.block(asProse(text.slice(found.to)));
    } else {
      this.block(asProse(text));
      this.block(["```rubric", `${node.points ?? 1} The answer is complete and right`, "```"]);
      lacks.push({ thing: "rubric", says: "what a marker looks for" });
    }
    if (solution.length > 0)
      this.block([fenceFor(solution, "solution"), ...asProse(solution).map(notHeading), fenceFor(solution, "")]);
    else lacks.push({ thing: "solution", says: "" });
    this.missing(lacks);
    this.rows.push({ label: path.join("."), points: node.points, missing: lacks });
  }

  private missing(lacks: readonly Lack[]): void {
    if (lacks.length === 0) return;
    this.block(["```missing", ...lacks.map(({ thing, says }) => (says === "" ? thing : `${thing}: ${says}`)), "```"]);
  }

  private heading(marks: string, path: readonly string[], points: number | undefined, title = ""): string {
    const id = free(path.map(slug).join("-"), this.ids);
    const named = title === "" ? id : `${id} ${title}`;
    return `${marks} ${named} {pts=${points ?? 1} source=${this.id}/${path.join(".")}}`;
  }
}

const isOutside = (line: number, { from, to }: { from: number; to: number }): boolean => line < from || line >= to;

/** A fence longer than any inside. */
function fenceFor(lines: readonly string[], name: string): string {
  const longest = Math.max(2, ...lines.map((line) => /^\s*(`*)/.exec(line)![1]!.length));
  return "`".repeat(longest + 1) + name;
}

/** The questions of an exercise. Where only the exercise has points, they share them. */
function introduced({ points, children }: OutlineNode): OutlineNode[] {
  const shares = points !== undefined && children.every((child) => child.points === undefined);
  const share = shares ? Number((points / children.length).toFixed(2)) : undefined;
  let above: readonly string[] = [];
  return children.map((child, place) => {
    const last = place === children.length - 1;
    const { own, next } =
      last || child.children.length > 0 ? { own: child.lines, next: [] } : splitIntroduction(child.lines);
    const lines = [...above, ...own];
    above = next;
    const given = child.points ?? share;
    return { ...child, lines, ...(given === undefined ? {} : { points: given }) };
  });
}

/** Sentences behind the boxes of a choice speak of the question that follows. */
function splitIntroduction(lines: readonly string[]): { own: readonly string[]; next: readonly string[] } {
  const found = findOptions(lines, literalLines(lines));
  const behind = found ? lines.slice(found.to) : [];
  const isProse =
    behind.some((line) => /^\p{Lu}[\p{L}\s,'’-]{20,}/u.test(line.trim())) && solutionIn(behind).solution.length === 0;
  return found && isProse ? { own: lines.slice(0, found.to), next: behind } : { own: lines, next: [] };
}

/** In the code of a solution, a line with two signs would be read as the next question's heading. */
const notHeading = (line: string): string => (line.startsWith("## ") ? ` ${line}` : line);

/** A level too deep for parts stays text, with what was said of its points. */
function linesBelow(node: OutlineNode): string[] {
  const unsaid = node.points !== undefined && readHead(node.raw).points === undefined;
  return [
    node.raw,
    ...(unsaid ? [`Points: ${node.points}`] : []),
    ...(node.titled ? node.lines : node.lines.slice(1)),
    ...node.children.flatMap(linesBelow),
  ];
}
const slug = (label: string): string => label.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "x"; // prettier-ignore
const isWithin = (part: string, whole: string): boolean => whole.includes(part);

function free(id: string, known: Set<string>): string {
  let name = id;
  for (let count = 2; known.has(name); count++) name = `${id}-${count}`;
  known.add(name);
  return name;
}
