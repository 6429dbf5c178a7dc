/** Figures read and drawn for tests, and the marks of a drawing by kind and by label. */
import { assert } from "chai";
import { reachOf, type Drawing, type Mark } from "../../../../src/core/exam/figure/drawing";
import { readFigure } from "../../../../src/core/exam/figure/figure";

interface Fault {
  readonly message: string;
  /** The reported stretch of the text. */
  readonly at: string;
}

export function read(yaml: string): { drawing: Drawing | undefined; faults: Fault[] } {
  const faults: Fault[] = [];
  const drawing = readFigure(yaml, 0, (_rule, message, { start, end }) => {
    faults.push({ message, at: yaml.slice(start, end) });
  });
  return { drawing, faults };
}

export function drawn(yaml: string): Drawing {
  const { drawing, faults } = read(yaml);
  assert.deepEqual(faults, []);
  return drawing ?? assert.fail("nothing is drawn");
}

type Kind<Name extends Mark["kind"]> = Extract<Mark, { kind: Name }>;

export const marksOf = <Name extends Mark["kind"]>({ marks }: Drawing, kind: Name): Kind<Name>[] =>
  marks.filter((mark): mark is Kind<Name> => mark.kind === kind);

export const labelOf = ({ runs }: Kind<"text">): string => runs.map(({ text }) => text).join("");

export function textAt(drawing: Drawing, label: string): readonly [number, number] {
  const found = marksOf(drawing, "text").find((mark) => labelOf(mark) === label);
  return found ? found.at : assert.fail(`no text ${label}`);
}

/** Every point of a drawing, to see that all of it lies in its box. */
function pointsOf({ marks }: Drawing): (readonly [number, number])[] {
  return marks.flatMap((mark) => {
    if (mark.kind === "text") return reachOf(mark).map((x) => [x, mark.at[1]] as const);
    if (mark.kind !== "box") return mark.points;
    return [mark.from, [mark.from[0] + mark.size[0], mark.from[1] + mark.size[1]] as const];
  });
}

export function assertInside(drawing: Drawing): void {
  for (const [x, y] of pointsOf(drawing)) {
    assert.isTrue(x >= 0 && x <= drawing.width && y >= 0 && y <= drawing.height, `${x}, ${y} of ${drawing.says}`);
  }
}
