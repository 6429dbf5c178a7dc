/** A text's exercises and questions as a tree, built from its labels, headings and points. Every line has a place in it. */
import type { Label } from "./labelText";
import { readHead, type LineHead } from "./lineHead";
import { isAppendix, isRow, literalLines } from "./lineKinds";

/** An exercise, a question, or a part of one. */
export interface OutlineNode {
  /** As an address: `2`, `b`; empty for an exercise that only has a heading. */
  readonly label: string;
  /** The line that it begins with, without heading marks. */
  readonly raw: string;
  /** Whether it begins with a heading without a label, which `lines` then does not hold. */
  readonly titled: boolean;
  readonly points?: number;
  /** The text below: the first line without label and points, and what follows until the first child. */
  readonly lines: string[];
  readonly children: OutlineNode[];
}

/** What belongs to no question: instructions, cheat sheets, marking schemes. */
export interface Aside {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface Outline {
  /** Before the first exercise. */
  readonly front: readonly string[];
  readonly asides: readonly Aside[];
  readonly exercises: readonly OutlineNode[];
}

interface Open {
  readonly label: string;
  readonly raw: string;
  readonly titled: boolean;
  points?: number;
  readonly lines: string[];
  readonly children: Open[];
  readonly style: string;
  readonly value: number;
  readonly group?: number;
  readonly isKeyword?: Label["rank"];
}

interface Chunk {
  readonly title: string;
  readonly lines: string[];
}

/** Where a label leads: the node that it stands below, made from a heading first where `opens` says so. */
interface Place {
  readonly depth: number;
  readonly opens?: { readonly label: string; readonly value: number };
}

const keywordRanks: readonly Label["rank"][] = ["part", "exercise", "question"];
const deepest = 4;
/** How many labels in a row may be lost and the next one still continues the count. */
const gap = 3;

/** Reads the outline of a text's lines. */
export function outlineOf(lines: readonly string[]): Outline {
  const builder = new OutlineBuilder(lines);
  for (let line = 0; line < lines.length; line++) builder.take(line);
  return builder.finish();
}

class OutlineBuilder {
  private readonly root: Open = { label: "", raw: "", titled: false, lines: [], children: [], style: "", value: 0 };
  private stack: Open[] = [this.root];
  private readonly asides: Chunk[] = [];
  private aside: Chunk | undefined;
  /** A heading without a label, and what stands below it: the next label decides what it is. */
  private pending: Chunk | undefined;
  /** Points of a question whose label has not come yet, and their line. */
  private lone: { readonly points: number; readonly raw: string } | undefined;
  private readonly literal: readonly boolean[];
  private readonly heads: readonly LineHead[];
  private readonly usesPoints: boolean;

  constructor(private readonly lines: readonly string[]) {
    this.literal = literalLines(lines);
    this.heads = lines.map((line, place) =>
      this.literal[place] || isRow(line)
        ? { labels: [], rest: line, body: line, heading: false, lone: false }
        : readHead(line),
    );
    this.usesPoints = this.heads.filter(({ labels, points }) => labels.length > 0 && points !== undefined).length >= 3;
  }

  take(line: number): void {
    const head = this.heads[line]!;
    const raw = this.lines[line]!;
    if (isAppendix(head)) {
      this.dropLone(raw);
      this.flush();
      this.aside = { title: raw, lines: [] };
      this.asides.push(this.aside);
      return;
    }
    for (const label of head.labels) {
      const place = this.placeOf(label, head, line);
      if (!place) continue;
      this.open(place, label.text, label, head, raw);
      return;
    }
    this.dropLone(raw);
    if (head.lone && this.takeLone(head.points!, raw, line)) return;
    if (head.heading) {
      this.flush();
      this.pending = { title: raw, lines: [] };
    } else this.target().push(raw);
  }

  finish(): Outline {
    if (this.lone) this.dropLone(this.lone.raw);
    this.flush();
    return { front: this.root.lines, asides: this.asides, exercises: this.root.children };
  }

  private get current(): Open {
    return this.stack.at(-1)!;
  }

  private target(): string[] {
    return (this.pending ?? this.aside ?? this.current).lines;
  }

  /** A heading that began nothing is text like any other. */
  private flush(): void {
    const pending = this.pending;
    this.pending = undefined;
    if (pending) this.target().push(pending.title, ...pending.lines);
  }

  /** Where no question came below points, they are text. */
  private dropLone(raw: string): void {
    if (!this.lone || raw.trim() === "") return;
    this.target().push(this.lone.raw);
    this.lone = undefined;
  }

  /** Points alone in their line: for the label below, for the question above, or of a question whose label is lost. */
  private takeLone(points: number, raw: string, line: number): boolean {
    if (this.aside || this.pending) return false;
    const next = this.heads.findIndex((_head, place) => place > line && this.lines[place]!.trim() !== "");
    const below = this.heads[next];
    if (below && below.labels.length > 0 && below.points === undefined) {
      this.lone = { points, raw };
      return true;
    }
    const { current } = this;
    if (current === this.root) return false;
    if (current.points === undefined && current.children.length === 0) {
      current.points = points;
      current.lines.push(raw);
      return true;
    }
    if (this.stack.length < 2 || current.children.length > 0) return false;
    const { style, value, group } = current;
    const parent = this.stack.at(-2)!;
    const label = /^[a-z]$/.test(current.label) ? String.fromCharCode(96 + value + 1) : String(value + 1);
    const node: Open = {
      label,
      raw,
      titled: false,
      points,
      lines: [""],
      children: [],
      style,
      value: value + 1,
      ...(group === undefined ? {} : { group }),
    };
    parent.children.push(node);
    this.stack = [...this.stack.slice(0, -1), node];
    return true;
  }

  private open(place: Place, text: string, label: Label, head: LineHead, raw: string): void {
    const pending = this.pending;
    if (place.opens) this.pending = undefined;
    else this.flush();
    this.aside = undefined;
    this.stack = this.stack.slice(0, place.depth + 1);
    if (place.opens) {
      const group: Open = {
        label: place.opens.label,
        raw: pending?.title ?? "",
        titled: true,
        lines: [...(pending?.lines ?? [])],
        children: [],
        style: "heading",
        value: place.opens.value,
      };
      this.current.children.push(group);
      this.stack.push(group);
    }
    const points = head.points ?? this.lone?.points;
    const lone = this.lone && label.rank !== "item" ? [this.lone.raw] : [];
    this.lone = undefined;
    const node: Open = {
      label: text,
      raw,
      titled: false,
      ...(points === undefined ? {} : { points }),
      lines: [head.body, ...lone],
      children: [],
      style: label.style,
      value: label.value,
      ...(label.group === undefined ? {} : { group: label.group }),
      ...(label.rank === "item" ? {} : { isKeyword: label.rank }),
    };
    this.current.children.push(node);
    this.stack.push(node);
  }

  private placeOf(label: Label, head: LineHead, line: number): Place | undefined {
    const hasPoints = (head.points ?? this.lone?.points) !== undefined;
    if (label.rank !== "item") return this.keywordPlace(label, head, hasPoints);
    if (this.aside && !hasPoints) return undefined;
    return label.group === undefined
      ? this.itemPlace(label, head, hasPoints, line)
      : this.combinedPlace(label, label.group);
  }

  /** `Exercise 3`: stands below what ranks higher, and counts on from its like. */
  private keywordPlace(label: Label, head: LineHead, hasPoints: boolean): Place | undefined {
    if (!head.heading && !hasPoints && (this.aside !== undefined || head.body.length > 80)) return undefined;
    const rank = keywordRanks.indexOf(label.rank);
    let depth = this.stack.length - 1;
    while (depth > 0) {
      const { isKeyword } = this.stack[depth]!;
      if (isKeyword && keywordRanks.indexOf(isKeyword) < rank) break;
      depth -= 1;
    }
    const last = lastValue(this.stack[depth]!, label.style);
    return last === undefined || (label.value > last && label.value <= last + gap) ? { depth } : undefined;
  }

  /** `2b` or `2.4`: below the exercise 2, which may have no line of its own. */
  private combinedPlace(label: Label, group: number): Place | undefined {
    const sibling = this.stack.findIndex((node) => node.style === label.style && node.group === group);
    if (sibling > 0) return continues(label, this.stack[sibling]!.value) ? { depth: sibling - 1 } : undefined;
    if (label.value > gap) return undefined;
    const isNumber = ({ style, value }: Open): boolean =>
      value === group && style !== label.style && style !== "heading";
    const parent = this.stack.findIndex((node, depth) => depth > 0 && isNumber(node));
    if (parent > 0) return { depth: parent };
    const depth = this.shelf();
    const last = this.stack[depth]!.children.at(-1)?.value ?? 0;
    return group > last && group <= last + gap ? { depth, opens: { label: String(group), value: group } } : undefined;
  }

  private itemPlace(label: Label, head: LineHead, hasPoints: boolean, line: number): Place | undefined {
    const sibling = this.stack.findIndex(({ style }) => style === label.style);
    if (sibling > 0 && continues(label, this.stack[sibling]!.value)) {
      const like = this.stack[sibling - 1]!.children.filter(({ style }) => style === label.style);
      const pointed = like.length >= 2 && like.every(({ points }) => points !== undefined);
      return pointed && !hasPoints && !head.heading ? undefined : { depth: sibling - 1 };
    }
    if (label.value > 1) return undefined;
    const shelf = this.shelf();
    const opens = { label: "", value: (this.stack[shelf]!.children.at(-1)?.value ?? 0) + 1 };
    const fresh =
      this.pending && (this.aside ?? (shelf === this.stack.length - 1 || this.stack[shelf + 1]!.style === "heading"));
    if (fresh) return this.mayBegin(head, hasPoints, line) ? { depth: shelf, opens } : undefined;
    if (sibling > 0 || this.stack.length > deepest) return undefined;
    const { current } = this;
    if (current === this.root) return this.mayBegin(head, hasPoints, line) ? { depth: 0 } : undefined;
    const hasText = current.lines.some((text) => text.trim() !== "");
    const isAsked = hasPoints || current.points === undefined || !hasText || head.body.includes("?");
    return isAsked && (current.isKeyword || this.mayBegin(head, hasPoints || current.points !== undefined, line))
      ? { depth: this.stack.length - 1 }
      : undefined;
  }

  /** The node that exercises stand in: the innermost one that a keyword named, or the text as a whole. */
  private shelf(): number {
    const part = this.stack.findLastIndex(({ isKeyword }) => isKeyword === "part" || isKeyword === "exercise");
    return Math.max(0, part);
  }

  /** Where questions have points, a list that begins without any is only a list, unless points follow below it. */
  private mayBegin(head: LineHead, hasPoints: boolean, line: number): boolean {
    if (!this.usesPoints || hasPoints || head.heading) return true;
    const [style] = head.labels.map((label) => label.style);
    const next = this.heads.find(({ labels }, place) => place > line && labels.length > 0);
    return next?.points !== undefined && next.labels.every((label) => label.style !== style);
  }
}

const continues = ({ value }: Label, last: number): boolean => value > last && value <= last + gap;

function lastValue(parent: Open, style: string): number | undefined {
  return parent.children.filter((node) => node.style === style).at(-1)?.value;
}
