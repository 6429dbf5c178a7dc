/** A tensor's shape; leading sizes of one and a batch letter may stand in front of it. */
import { fieldReader, type AnswerBlock, type BlockContext, type FieldValue } from "../answerBlock";
import { readShape, shapeLatex, type Size } from "../shapeText";
import { graded, type AnswerKind } from "./kind";
import { readKnown, type KnownAnswer } from "./known";

export interface ShapeSpec {
  readonly kind: "shape";
  readonly value: readonly number[];
  /** How far off each size may be and still count as right. */
  readonly tolerance: number;
  readonly refuse: readonly KnownAnswer<readonly number[]>[];
}

export const shape: AnswerKind<ShapeSpec> = {
  input: "line",
  computed: true,
  read: readSpec,
  understand(spec, response) {
    const text = response.text ?? "";
    if (text.trim() === "") return { state: "empty" };
    const reading = readShape(text);
    if (reading.state === "unreadable") return reading;
    const lone = loneSide(reading.sizes, spec);
    if (lone !== undefined) {
      const meant = `${lone}x${lone}`;
      return {
        state: "ambiguous",
        ask: `${wantsTwo} Did you mean ${meant}?`,
        meanings: [{ text: meant, echo: `$${shapeLatex([lone, lone])}$` }],
      };
    }
    const echo = `$${shapeLatex(reading.sizes)}$`;
    const { place } = compared(reading.sizes, spec);
    return place === "" ? { state: "read", echo } : { state: "read", echo, note: `the ${place} sizes are left out` };
  },
  grade(spec, response) {
    const reading = readShape(response.text ?? "");
    if (reading.state === "unreadable") return { state: "unreadable", problem: reading.problem };
    const lone = loneSide(reading.sizes, spec);
    if (lone !== undefined) return { state: "unreadable", problem: `${wantsTwo} Did you mean ${lone}x${lone}?` };
    const { sizes, place } = compared(reading.sizes, spec);
    const note = place === "" ? "" : `The ${place} sizes were left out of the comparison.`;
    if (isNear(sizes, spec.value, 0)) return graded(1, "Right.", note);
    if (isNear(sizes, spec.value, spec.tolerance)) {
      return graded(1, `Accepted. Exactly it is $${shapeLatex(spec.value)}$.`, note);
    }
    const known = spec.refuse.find(({ value }) => isNear(sizes, value, 0));
    return known ? graded(known.credit, known.says) : graded(0, difference(sizes, spec.value));
  },
  expected: (spec) => `$${shapeLatex(spec.value)}$`,
  selfTest: (spec) =>
    spec.refuse
      .filter(({ value }) => isNear(value, spec.value, spec.tolerance))
      .map(({ value }) => `The refused shape ${value.join("×")} is within the tolerance of the right one.`),
};

const wantsTwo = "The shape has 2 sizes, not 1.";

/** `50` where a square is wanted: one side of it, or a slip. */
function loneSide(sizes: readonly Size[], { value }: ShapeSpec): number | undefined {
  const [only, ...others] = sizes;
  const isSquare = value.length === 2 && value[0] === value[1];
  return isSquare && typeof only === "number" && others.length === 0 ? only : undefined;
}

interface Compared {
  readonly sizes: readonly Size[];
  /** Where sizes were left out; empty where none were. */
  readonly place: "" | "leading" | "trailing" | "leading and trailing";
}

/** Without the leading ones or letters, and the trailing ones, that go beyond the wanted number of sizes. */
function compared(sizes: readonly Size[], { value }: ShapeSpec): Compared {
  const beyond = sizes.length - value.length;
  if (beyond <= 0) return { sizes, place: "" };
  const ways = Array.from({ length: beyond + 1 }, (_way, trailing) => beyond - trailing).flatMap(
    (leading): Compared[] => {
      const end = leading + value.length;
      const isSpare =
        sizes.slice(0, leading).every((size) => size === 1 || typeof size === "string") &&
        sizes.slice(end).every((size) => size === 1);
      const place = leading === beyond ? "leading" : leading === 0 ? "trailing" : "leading and trailing";
      return isSpare ? [{ sizes: sizes.slice(leading, end), place }] : [];
    },
  );
  return ways.find((way) => isNear(way.sizes, value, 0)) ?? ways[0] ?? { sizes, place: "" };
}

function isNear(sizes: readonly Size[], wanted: readonly number[], tolerance: number): boolean {
  if (sizes.length !== wanted.length) return false;
  return sizes.every((size, place) => typeof size === "number" && Math.abs(size - wanted[place]!) <= tolerance);
}

function difference(sizes: readonly Size[], wanted: readonly number[]): string {
  if (sizes.length !== wanted.length) return `The shape has ${wanted.length} sizes, not ${sizes.length}.`;
  const off = sizes.flatMap((size, place) => (size === wanted[place] ? [] : [place + 1]));
  const near = sizes.every((size, place) => typeof size === "number" && Math.abs(size - wanted[place]!) <= 1);
  if (near) return "Off by one: look at the rounding and at the $+1$.";
  return off.length === sizes.length ? "Not this shape." : `Size ${off.join(", ")} is not right; the rest is.`;
}

function readSpec(block: AnswerBlock, { report }: BlockContext): ShapeSpec | undefined {
  const fields = fieldReader(block.fields, ["value", "tolerance", "refuse"], block.span, report);
  const found = fields.required("value");
  const tolerance = fields.amount("tolerance")?.value ?? 0;
  const refuse = readKnown(fields.list("refuse"), "value", shapeValue, report);
  if (!found) return undefined;
  const value = shapeValue(found);
  if (!value) report("not-a-shape", "A shape is a list of whole numbers: [50, 50] or 50x50.", found.span);
  return value ? { kind: "shape", value, tolerance, refuse } : undefined;
}

function shapeValue(value: FieldValue): readonly number[] | undefined {
  const text =
    value.kind === "list" ? value.items.map((item) => (item.kind === "scalar" ? item.text : "?")).join(",") : "";
  const reading = readShape(value.kind === "scalar" ? value.text : text);
  if (reading.state !== "shape") return undefined;
  const sizes = reading.sizes.filter((size) => typeof size === "number");
  return sizes.length === reading.sizes.length ? sizes : undefined;
}
