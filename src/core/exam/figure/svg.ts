/** A drawing as a tree of SVG elements, for a page to build and for an export to write. Classes, never styles. */
import type { Drawing, Mark, Point } from "./drawing";

export interface SvgElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (SvgElement | string)[];
}

export function svgOf({ width, height, says, marks }: Drawing): SvgElement {
  const attributes = {
    class: "figure",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": says,
  };
  return { tag: "svg", attributes, children: marks.map(markElement) };
}

function markElement(mark: Mark): SvgElement {
  const name = `figure-${mark.style}`;
  switch (mark.kind) {
    case "line":
      return { tag: "polyline", attributes: { class: name, points: pointsText(mark.points) }, children: [] };
    case "polygon":
      return { tag: "polygon", attributes: { class: name, points: pointsText(mark.points) }, children: [] };
    case "box": {
      const { from, size, round } = mark;
      const place = { x: from[0], y: from[1], width: size[0], height: size[1], rx: round };
      return { tag: "rect", attributes: { class: name, ...place }, children: [] };
    }
    case "text":
      return textElement(mark);
  }
}

/** How far a stretch stands from the line, in units. */
const shifts = { line: 0, below: 4, above: -5 } as const;

function textElement({ at, anchor, runs, style }: Extract<Mark, { kind: "text" }>): SvgElement {
  let height = 0;
  const children = runs.map((run): SvgElement => {
    const dy = shifts[run.height] - height;
    height = shifts[run.height];
    const attributes: SvgElement["attributes"] = run.height === "line" ? { dy } : { class: "figure-small", dy };
    return { tag: "tspan", attributes, children: [run.text] };
  });
  // The middle of a line of text lies about a third of its size above its base.
  const place = { x: at[0], y: at[1] + 4.5, "text-anchor": anchor };
  return { tag: "text", attributes: { class: `figure-text figure-${style}`, ...place }, children };
}

const pointsText = (points: readonly Point[]): string => points.map((point) => point.join(",")).join(" ");

/** As text, for a file. */
export function svgText({ tag, attributes, children }: SvgElement): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const inner = children.map((child) => (typeof child === "string" ? escaped(child) : svgText(child)));
  return `<${tag}${written.join("")}>${inner.join("")}</${tag}>`;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Looks on paper: black on white. */
export const printStyle = `
svg.figure { display: block; max-width: 100%; height: auto; margin: 0.6rem 0; break-inside: avoid; }
.figure-text { font: 13px sans-serif; } .figure-small { font-size: 10px; }
.figure-quiet { fill: #444; font-size: 11.5px; } .figure-strong { font-weight: bold; }
.figure polyline { fill: none; stroke: #000; } .figure .figure-guide { stroke: #ddd; } .figure .figure-edge { stroke: #555; }
.figure-head { fill: #555; } .figure-node { fill: #fff; stroke: #000; }
.figure-cell { fill: none; stroke: #999; } .figure-block { fill: none; stroke: #000; stroke-width: 1.75; }
.figure [class^="figure-curve"] { stroke-width: 2; } .figure .figure-curve-2 { stroke-dasharray: 7 4; }
.figure .figure-curve-3 { stroke-dasharray: 2 3; } .figure .figure-curve-4 { stroke-dasharray: 9 3 2 3; }
.figure-shade-0 { fill: none; } .figure-shade-1 { fill: #e6e6e6; } .figure-shade-2 { fill: #d2d2d2; }
.figure-shade-3 { fill: #bdbdbd; } .figure-shade-4 { fill: #a8a8a8; }
`;
