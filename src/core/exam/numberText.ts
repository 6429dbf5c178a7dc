/** Numbers as people type them: `25 000 000`, `2.5e7`, `2.5 x 10^7`, `3/4`, `e^2/(e^2+9)`, `45 %`. */
import type { Span } from "../text/source";
import { evaluate } from "./formula/evaluate";
import { parseFormula } from "./formula/parse";

export type NumberReading =
  | { readonly state: "number"; readonly value: number; readonly note?: string }
  | { readonly state: "unreadable"; readonly problem: string; readonly span?: Span }
  /** A comma that may be a decimal point or group digits: the numbers it could mean. */
  | { readonly state: "ambiguous"; readonly values: readonly number[] };

const multiples: Readonly<Record<string, number>> = {
  k: 1e3, thousand: 1e3, m: 1e6, mio: 1e6, mln: 1e6, million: 1e6, millions: 1e6, b: 1e9, bn: 1e9, mrd: 1e9, billion: 1e9,
  billions: 1e9, trillion: 1e12, trillions: 1e12, millionen: 1e6, mill: 1e6, milliarden: 1e9,
}; // prettier-ignore

/** What is counted changes nothing about the number: `9 weights`, `3 times`. Units such as bits and nats are not of them. */
const counted = new RegExp(
  "(?<=[\\d%a-z])\\s*(?:[x×]|-?fold|times|weights?|parameters?|params?|biases|pixels?|px|units?|neurons?|layers?|steps?|" +
    "values?|numbers?|entries|elements?|channels?|features?|epochs?|multiplications|operations|macs?|flops?)\\.?$",
  "i",
);

const longest = 300;

/** `whole`: the answer is a whole number, so `25,000` can only group digits. */
export function readNumber(input: string, whole = false): NumberReading {
  if (input.length > longest) return { state: "unreadable", problem: "This is too long for a number." };
  const text = plain(input);
  if (text === "") return { state: "unreadable", problem: "There is no number here." };
  const percent = /^(.*\S)\s*%$/.exec(text);
  if (percent) return scaled(readNumber(percent[1]!), 0.01, "read as a percentage");
  const multiple =
    /^([-\d.,\s]+?)\s*(k|thousand|M|[Mm]io|mln|[Mm]ill(?:ions?|ionen)?|B|bn|[Mm]rd|[Mm]illiarden|[Bb]illions?|[Tt]rillions?)\.?$/.exec(
      text,
    );
  if (multiple) return scaled(readNumber(multiple[1]!), multiples[multiple[2]!.toLowerCase()]!);
  const commas = readCommas(text, whole);
  if (commas) return commas;
  return calculate(ungrouped(text), input.length);
}

/** Signs of all sorts to ASCII; what people put in front of a result goes. */
function plain(input: string): string {
  return input
    .trim()
    .replace(/^\$+|\$+$/g, "")
    .replace(
      /^(?:=|[≈~∼≃≅]|\\(?:approx|sim|simeq)\b|(?:about|around|roughly|circa|approximately)\b|ca\.|approx\.?)\s*/i,
      "",
    )
    .replace(counted, "")
    .replace(/(?<=\d)\s*(?:…|\.{3})$/, "")
    .replace(/\\%/g, "%")
    .replace(/[−–—]/g, "-")
    .replace(/[\u00a0\u2009\u202f]|\\[,; ]/g, " ")
    .replace(/(?<=\d)\s*[xX]\s*(?=\d)/g, "*")
    .replace(/(?<=\d)\s+(?=10\s*(?:\^|\*\*|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]))/g, "*")
    .replace(/(?<=\d)\s+(?=[eE][-+]?\d)/g, "")
    .trim();
}

const grouped = /(?<![\d.])\d{1,3}(?:([ '’_])\d{3})(?:\1\d{3})*(?!\d)/g;

function ungrouped(text: string): string {
  return text.replace(grouped, (digits) => digits.replace(/[ '’_]/g, ""));
}

function readCommas(text: string, whole: boolean): NumberReading | undefined {
  const number = (digits: string): NumberReading => ({ state: "number", value: Number(digits) });
  if (!/^-?[\d.,]+$/.test(text)) return undefined;
  if (/^-?\d{1,3}(,\d{3}){2,}(\.\d+)?$/.test(text) || /^-?\d{1,3}(,\d{3})+\.\d+$/.test(text)) {
    return number(text.replaceAll(",", ""));
  }
  if (/^-?\d{1,3}(\.\d{3}){2,}(,\d+)?$/.test(text) || /^-?\d{1,3}(\.\d{3})+,\d+$/.test(text)) {
    return number(text.replaceAll(".", "").replace(",", "."));
  }
  // A whole number with a point before its last three digits: a point that groups, or a slip.
  if (whole && /^-?[1-9]\d{0,2}\.\d{3}$/.test(text))
    return { state: "ambiguous", values: [Number(text.replace(".", ""))] };
  if (!/^-?\d*,\d+$/.test(text)) return undefined;
  const decimal = Number(text.replace(",", "."));
  if (!/^-?[1-9]\d{0,2},\d{3}$/.test(text)) return { state: "ambiguous", values: [decimal] };
  const thousands = Number(text.replace(",", ""));
  return whole ? { state: "number", value: thousands } : { state: "ambiguous", values: [thousands, decimal] };
}

/** Anything else is a small calculation without symbols. */
function calculate(text: string, length: number): NumberReading {
  const sides = text.split(/=|≈|\\approx(?![a-z])/);
  const parsed = parseFormula(sides.length > 1 && areEqual(sides) ? sides[0]! : text, []);
  if ("problem" in parsed) {
    const meant = text.replace(/(?<=\d),(?=\d)/g, ".");
    const reading = meant === text ? undefined : calculate(meant, length);
    if (reading?.state === "number") return { state: "ambiguous", values: [reading.value] };
    return { state: "unreadable", problem: "This does not read as a number.", span: { start: 0, end: length } };
  }
  const value = evaluate(parsed.expression, new Map());
  return Number.isFinite(value)
    ? { state: "number", value }
    : { state: "unreadable", problem: "This calculation has no finite result." };
}

/** `3*3 = 9`, `ln(5/3)/ln 3 ≈ 0.465`: a calculation with its result, exact or to the digits that are written. */
function areEqual(sides: readonly string[]): boolean {
  const first = valueOf(sides[0]!);
  return sides.slice(1).every((side) => {
    const text = side.trim();
    const decimals = /^-?\d*\.(\d+)$/.exec(text)?.[1]?.length;
    const tolerance = Math.max(decimals === undefined ? 0 : 10 ** -decimals, 1e-9 * Math.abs(first));
    const grouped = readCommas(text, true);
    const value = grouped?.state === "number" ? grouped.value : valueOf(text);
    return Math.abs(value - first) <= tolerance;
  });
}

function valueOf(text: string): number {
  const parsed = parseFormula(text, []);
  return "problem" in parsed ? NaN : evaluate(parsed.expression, new Map());
}

function scaled(reading: NumberReading, factor: number, note?: string): NumberReading {
  if (reading.state === "ambiguous")
    return { state: "ambiguous", values: reading.values.map((value) => value * factor) };
  if (reading.state !== "number") return reading;
  // Rounded to 15 digits, so that 25.3 million is 25 300 000 and not a hair less.
  return {
    state: "number",
    value: Number((reading.value * factor).toPrecision(15)),
    ...(note === undefined ? {} : { note }),
  };
}

/** A number for display, in LaTeX: digits in groups of three, very large and small ones as powers of ten. */
export function numberLatex(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return groupDigits(String(value));
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e7) return groupDigits(String(Number(value.toPrecision(6))));
  const [mantissa = "", exponent = "0"] = Number(value.toPrecision(6)).toExponential().split("e");
  return `${mantissa} \\cdot 10^{${Number(exponent)}}`;
}

function groupDigits(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, "\\,");
  return fraction === undefined ? parts : `${parts}.${fraction}`;
}
