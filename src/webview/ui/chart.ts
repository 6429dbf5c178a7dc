/** Charts as SVG in the theme's colours; each has a caption, one sentence, and a table that says the same. */
import { element, type Child } from "./element";

type Attributes = Readonly<Record<string, string | number>>;

/** An SVG element with attributes and children. */
export function svg(tag: string, attributes: Attributes, ...children: readonly (Node | string)[]): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

export interface Drawing {
  readonly height: number;
  readonly shapes: readonly SVGElement[];
}

export interface Table {
  readonly head: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly string[])[];
}

export interface Chart {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly says: string;
  readonly draw: (width: number) => Drawing;
  readonly table: Table;
}

/** A section with the chart as wide as there is room; it is drawn anew when that changes. */
export function chartView({ id, title, says, draw, table }: Chart): HTMLElement {
  const [named, described] = [`${id}-title`, `${id}-says`];
  const canvas = element("div", { class: "chart" });
  const redraw = (): void => {
    const width = Math.max(220, Math.floor(canvas.clientWidth));
    const { height, shapes } = draw(width);
    const size = { width, height, viewBox: `0 0 ${width} ${height}` };
    const names = { role: "img", "aria-labelledby": named, "aria-describedby": described };
    canvas.replaceChildren(svg("svg", { ...size, ...names }, ...shapes));
  };
  let last = 0;
  new ResizeObserver(() => {
    if (canvas.clientWidth === last) return;
    last = canvas.clientWidth;
    redraw();
  }).observe(canvas);
  return element(
    "section",
    { "aria-labelledby": named },
    element("h2", { id: named }, title),
    element("p", { class: "quiet", id: described }, says),
    canvas,
    element("details", {}, element("summary", {}, "As a table"), tableView(title, table)),
  );
}

function tableView(title: string, { head, rows }: Table): HTMLElement {
  const cells = (row: readonly string[]): Child[] =>
    row.map((text, place) => element(place === 0 ? "th" : "td", place === 0 ? { scope: "row" } : {}, text));
  const body = element(
    "table",
    {},
    element("caption", { class: "unseen" }, title),
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells(row)))),
  );
  return element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${title}, as a table` }, body);
}
