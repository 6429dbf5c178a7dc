/** A bank's Markdown as a row of blocks with their places: headings, the fences that mean something, task lists, prose. */
import MarkdownIt from "markdown-it";
import type { SourceText, Span } from "../../text/source";

export const fenceNames = ["answer", "params", "rubric", "hint", "solution", "missing", "figure"] as const;
export type FenceName = (typeof fenceNames)[number];

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly span: Span }
  | {
      readonly kind: "fence";
      readonly name: FenceName;
      readonly span: Span;
      readonly content: Span;
      readonly closed: boolean;
    }
  | { readonly kind: "tasks"; readonly items: readonly Span[]; readonly span: Span }
  | { readonly kind: "prose"; readonly span: Span };

/** A stretch of lines; `to` not included. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

type Found = Block & Lines;

const markdown = new MarkdownIt("commonmark");

/** The blocks from a line on. A fence that was left open ends before the next block or question. */
export function blocksFrom(source: SourceText, firstLine: number): readonly Block[] {
  const cuts = [...openingsInside(source, firstLine), source.lineCount];
  return cuts.flatMap((to, place) => {
    const lines = { from: cuts[place - 1] ?? firstLine, to };
    return withProse(source, findBlocks(source, lines), lines);
  });
}

interface OpenFence {
  readonly markup: string;
  readonly name: string;
  /** The first line inside that would be a question's heading outside: in a text it may be meant so. */
  readonly heading?: number;
}

/** The lines at which something begins that no block can hold, so that the block around it was left open. */
function openingsInside(source: SourceText, firstLine: number): number[] {
  const cuts: number[] = [];
  let open: OpenFence | undefined;
  for (let line = firstLine; line < source.lineCount; line++) {
    const text = source.lineAt(line);
    const [, markup = "", name = ""] = /^ {0,3}(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$/.exec(text) ?? [];
    if (open && markup.startsWith(open.markup) && name === "") {
      open = undefined;
      continue;
    }
    if (!open) {
      if (name !== "") open = { markup, name };
      continue;
    }
    if (open.heading === undefined && text.startsWith("## ")) open = { ...open, heading: line };
    if (!isFenceName(open.name)) continue;
    // A figure in a longer fence belongs to the text around it.
    const opens = isFenceName(name) && (name !== "figure" || markup.startsWith(open.markup));
    const begins = opens || isSurelyHeading(text, open.name) || line === source.lineCount - 1;
    const cut = begins ? (open.heading ?? (opens ? line : undefined)) : undefined;
    if (cut === undefined) continue;
    // Read on from there, as if the block had been closed.
    cuts.push(cut);
    open = undefined;
    line = cut - 1;
  }
  return cuts;
}

/** In a solution or hint a heading may be part of the text, unless it has a question's attributes. */
function isSurelyHeading(text: string, fence: FenceName): boolean {
  if (!text.startsWith("## ")) return false;
  return (fence !== "solution" && fence !== "hint") || /\{[^{}]*\}\s*$/.test(text);
}

function findBlocks(source: SourceText, { from, to }: Lines): Found[] {
  const text = Array.from({ length: to - from }, (_line, index) => source.lineAt(from + index)).join("\n");
  const tokens = markdown.parse(text, {});
  const found: Found[] = [];
  for (const [place, token] of tokens.entries()) {
    if (token.level !== 0 || !token.map) continue;
    const lines: Lines = { from: from + token.map[0], to: from + token.map[1] };
    const span = spanOf(source, lines);
    if (token.type === "heading_open" && token.markup.startsWith("#") && token.markup.length <= 3) {
      found.push({ kind: "heading", level: token.markup.length, span, ...lines });
    } else if (token.type === "fence" && isFenceName(token.info.trim())) {
      const closed = lines.to - lines.from > 1 && isClosing(source.lineAt(lines.to - 1), token.markup);
      const content = spanOf(source, { from: lines.from + 1, to: closed ? lines.to - 1 : lines.to });
      found.push({ kind: "fence", name: token.info.trim() as FenceName, span, content, closed, ...lines });
    } else if (token.type === "bullet_list_open") {
      const items = tokens
        .slice(place)
        .filter(({ type, level, map }) => type === "list_item_open" && level === 1 && map && from + map[1] <= lines.to)
        .map(({ map }) => spanOf(source, { from: from + map![0], to: from + map![1] }));
      if (items.some((item) => isTask(source.slice(item)))) found.push({ kind: "tasks", items, span, ...lines });
    }
  }
  return found;
}

const isFenceName = (name: string): name is FenceName => (fenceNames as readonly string[]).includes(name);
const isClosing = (line: string, markup: string): boolean =>
  line.trim().startsWith(markup) && /^\s*(`+|~+)\s*$/.test(line);

/** Whether a list item starts with a box, ticked or not. */
export function isTask(item: string): boolean {
  return /^\s*[-*+]\s+\[[ xX]\]\s/.test(item);
}

function withProse(source: SourceText, found: readonly Found[], { from, to }: Lines): Block[] {
  const blocks: Block[] = [];
  let line = from;
  const prose = (until: number): void => {
    const span = spanOf(source, { from: line, to: until });
    if (source.slice(span).trim() !== "") blocks.push({ kind: "prose", span });
  };
  for (const block of found) {
    prose(block.from);
    blocks.push(block);
    line = block.to;
  }
  prose(to);
  return blocks;
}

/** Without the last line's break; empty at its start for no lines at all. */
function spanOf(source: SourceText, { from, to }: Lines): Span {
  const start = source.offsetAt({ line: from, column: 0 });
  return { start, end: to > from ? source.offsetAt({ line: to - 1, column: Infinity }) : start };
}
