/** Shapes as people type them: `50x50`, `(50, 50)`, `[1,1,50,50]`, `1×1×50×50`, `torch.Size([50, 50])`. */
import type { Span } from "../text/source";

/** A letter stands for a size that is not known, such as the batch's. */
export type Size = number | string;

export type ShapeReading =
  | { readonly state: "shape"; readonly sizes: readonly Size[] }
  | { readonly state: "unreadable"; readonly problem: string; readonly span?: Span };

const mostSizes = 16;
const longest = 300;

export function readShape(input: string): ShapeReading {
  if (input.length > longest) return { state: "unreadable", problem: "This is too long for a shape." };
  const text = input.trim().replace(/^\$+|\$+$|\s*\b(?:pixels?|px)$/g, "").trim(); // prettier-ignore
  const bare = /^(?:torch\.Size)?\s*(\(\s*\[.*\]\s*\)|\(.*\)|\[.*\]|[^()[\]]*)$/is.exec(text)?.[1];
  if (bare === undefined) return { state: "unreadable", problem: "The brackets of this shape do not match." };
  const inside = bare.replace(/^[([\s]+|[)\]\s]+$/g, "");
  if (inside === "") return { state: "unreadable", problem: "There is no shape here." };
  const parts = inside
    .replace(/\\times|\\cdot/g, "×")
    .replace(/\s*=\s*/g, "=")
    .replace(/[,;]\s*$/, "")
    .split(/\s*(?:[,;×·*]|(?<=[\dA-Za-z\s])[xX](?=[\d\s])|\bby\b)\s*|\s+/);
  const sizes: Size[] = [];
  for (const part of parts) {
    const size = readSize(part);
    if (size === undefined) return refused(input, part);
    sizes.push(size);
  }
  if (sizes.length > mostSizes) return { state: "unreadable", problem: `A shape has at most ${mostSizes} sizes here.` };
  return { state: "shape", sizes };
}

function readSize(part: string): Size | undefined {
  const named = /^[A-Za-z]=(\d{1,12})$/.exec(part)?.[1];
  if (named !== undefined || /^\d{1,12}$/.test(part)) return Number(named ?? part);
  return /^[A-Za-z]$/.test(part) ? part : undefined;
}

function refused(input: string, part: string): ShapeReading {
  const start = part === "" ? -1 : input.indexOf(part);
  const problem = part === "" ? "A size is missing here." : `“${part}” is not a size: sizes are whole numbers.`;
  return start < 0
    ? { state: "unreadable", problem }
    : { state: "unreadable", problem, span: { start, end: start + part.length } };
}

/** `50 \times 50` in LaTeX; a single size as `(50)`. */
export function shapeLatex(sizes: readonly Size[]): string {
  return sizes.length === 1 ? `(${sizes[0]!})` : sizes.join(" \\times ");
}
