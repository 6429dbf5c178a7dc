/**
 * Backwards from the layers: the images that a model wants. A Linear behind flattened feature maps fixes their size, and
 * with it the size of the input, up to what the floors of strides and pools swallow.
 */
import { type Dim, constant, constantValue, subtract, symbolsOf, type SizeSymbol } from "../shape/dim";
import { substitute } from "../shape/division";
import { type Equation, type Facts } from "../shape/facts";
import { type Shape, isRest } from "../shape/shape";

/** Sides of square inputs, in pixels, both included; `best` is the roundest of them. */
export interface WantedSize {
  readonly from: number;
  readonly to: number;
  readonly best: number;
  /** How many sides the input has: 1 for a signal, 2 for an image, 3 for a volume. */
  readonly sides: number;
}

const largestSide = 2048;

/** What the equations between an input's sizes allow, all its open sides being equal; undefined where nothing is asked. */
export function wantedSize(shape: Shape, facts: Facts): WantedSize | undefined {
  const open = openSides(shape, facts);
  const equations = facts.equations().filter((equation) => mentionsOnly(equation, open));
  if (open.size === 0 || equations.length === 0) return undefined;
  const fits = (side: number): boolean => equations.every((equation) => holds(equation, open, constant(side)));
  const sides = Array.from({ length: largestSide }, (_, i) => i + 1).filter(fits);
  const [from, to] = [sides[0], sides.at(-1)];
  if (from === undefined || to === undefined || to - from !== sides.length - 1) return undefined;
  return { from, to, best: sides.reduce((a, b) => (roundness(b) > roundness(a) ? b : a)), sides: open.size };
}

/** The symbols behind the batch and the channels that stand alone for a size. */
function openSides(shape: Shape, facts: Facts): ReadonlySet<SizeSymbol> {
  const found = new Set<SizeSymbol>();
  for (const axis of facts.resolveShape(shape).slice(1)) {
    if (isRest(axis)) continue;
    const symbols = [...symbolsOf(axis)];
    if (symbols.length === 1 && symbols[0]!.origin === "free") found.add(symbols[0]!);
  }
  return found;
}

function mentionsOnly({ left, right }: Equation, open: ReadonlySet<SizeSymbol>): boolean {
  const symbols = [...symbolsOf(subtract(left, right))];
  return symbols.length > 0 && symbols.every((symbol) => open.has(symbol));
}

function holds({ left, right }: Equation, open: ReadonlySet<SizeSymbol>, side: Dim): boolean {
  const put = (dim: Dim): Dim => substitute(dim, (symbol) => (open.has(symbol) ? side : undefined));
  return constantValue(subtract(put(left), put(right))) === 0;
}

/** How often 2 divides a number: people take sizes that can be halved. */
function roundness(n: number): number {
  return Math.log2(n & -n);
}
