/** A figure's drawing: plain shapes in a box of its own units, one unit being a pixel at full size. No colours: a style names them. */

export type Point = readonly [x: number, y: number];

/** `curve-1` to `curve-4` and `shade-0` to `shade-4` differ by dashes and depth, so that colour alone says nothing. */
export type Style =
  | "axis"
  | "guide"
  | "edge"
  | "head"
  | "node"
  | "cell"
  | "block"
  | "label"
  | "quiet"
  | "strong"
  | `curve-${number}`
  | `shade-${number}`;

export type Mark =
  | { readonly kind: "line"; readonly points: readonly Point[]; readonly style: Style }
  | { readonly kind: "polygon"; readonly points: readonly Point[]; readonly style: Style }
  | { readonly kind: "box"; readonly from: Point; readonly size: Point; readonly round: number; readonly style: Style }
  /** `at` is the middle of the text's height; `anchor` the side that stands there. */
  | {
      readonly kind: "text";
      readonly at: Point;
      readonly anchor: "start" | "middle" | "end";
      readonly runs: readonly Run[];
      readonly style: Style;
    };

/** A stretch of a label at one height. */
export interface Run {
  readonly text: string;
  readonly height: "line" | "below" | "above";
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** The text that stands for the picture. */
  readonly says: string;
  readonly marks: readonly Mark[];
}

/** Units of a line of text, and of an average character. */
export const lineHeight = 17;
const characterWidth = 7;

/** Reads `h_1`, `x^{(2)}` as a label with lowered and raised stretches. */
export function runsOf(label: string): readonly Run[] {
  const runs: Run[] = [];
  for (const [, mark, braced, bare, plain] of label.matchAll(
    /([_^])(?:\{([^{}]*)\}|(\w+))|((?:[^_^]|[_^](?![\w{]))+|[_^])/g,
  )) {
    if (mark === undefined) runs.push({ text: plain ?? "", height: "line" });
    else runs.push({ text: braced ?? bare ?? "", height: mark === "_" ? "below" : "above" });
  }
  return runs;
}

/** About how wide a label is. */
export const widthOf = (label: string): number => widthOfRuns(runsOf(label));

function widthOfRuns(runs: readonly Run[]): number {
  const narrow = runs.map(({ text, height }) => text.length * (height === "line" ? 1 : 0.75));
  return characterWidth * narrow.reduce((sum, width) => sum + width, 0);
}

/** From where to where a text reaches, left to right. */
export function reachOf({ at, anchor, runs }: Extract<Mark, { kind: "text" }>): readonly [left: number, right: number] {
  const width = widthOfRuns(runs);
  const left = at[0] - { start: 0, middle: width / 2, end: width }[anchor];
  return [left, left + width];
}

export function textMark(
  label: string,
  at: Point,
  anchor: "start" | "middle" | "end" = "middle",
  style: Style = "label",
): Mark {
  return { kind: "text", at, anchor, runs: runsOf(label), style };
}
