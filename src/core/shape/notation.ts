/** Shapes and dimensions as a teacher writes them: `(B, h, T, C//h)`. */
import {
  type Atom,
  type Dim,
  type SizeSymbol,
  type Term,
  constantValue,
  isUnknown,
  ofAtom,
  onlyAtom,
  symbolsOf,
} from "./dim";
import { substitute } from "./division";
import { type Shape, isRest } from "./shape";

/** `(B, 10)`, `(7,)`, `()`; `*` for dimensions that nobody described, `?` for a size that is not known. */
export function printShape(shape: Shape): string {
  const sizes = toldApart(shape);
  const axes = sizes.map((axis) => (isRest(axis) ? (axis.origin === "free" ? "*" : "…") : printOne(axis)));
  return axes.length === 1 ? `(${axes[0]!},)` : `(${axes.join(", ")})`;
}

/** A dimension in Python's syntax, or `?` where a part of it is not known. */
export function printDim(dim: Dim): string {
  return printOne(toldApart([dim])[0] as Dim);
}

/** Two sizes that go by one name get different ones: the second `B` is `B2`, the second `D1` is `D1_2`. */
function toldApart(shape: Shape): Shape {
  const named = new Map<string, number>();
  const others = new Map<number, Dim>();
  for (const axis of shape)
    for (const symbol of isRest(axis) ? [] : [...symbolsOf(axis)].sort(bySymbol)) {
      const first = named.get(symbol.name) ?? symbol.id;
      if (first === symbol.id) named.set(symbol.name, symbol.id);
      else if (symbol.name !== "?" && !others.has(symbol.id)) others.set(symbol.id, renamed(symbol, named));
    }
  return others.size === 0
    ? shape
    : shape.map((axis) => (isRest(axis) ? axis : substitute(axis, ({ id }) => others.get(id))));
}

function renamed(symbol: SizeSymbol, named: Map<string, number>): Dim {
  const stem = /\d$/.test(symbol.name) ? `${symbol.name}_` : symbol.name;
  let count = 2;
  while (named.has(`${stem}${count}`)) count++;
  const name = `${stem}${count}`;
  named.set(name, symbol.id);
  return ofAtom({ ...symbol, name });
}

function printOne(dim: Dim): string {
  if (isUnknown(dim)) return "?";
  if (dim.terms.length === 0) return "0";
  return [...dim.terms].sort(asRead).map(printTerm).join("");
}

/** The constant last, what is added before what is taken away, higher degrees first, symbols in the order in which they arose. */
function asRead(a: Term, b: Term): number {
  const rank = (term: Term): number => (term.factors.length === 0 ? 2 : term.coefficient < 0 ? 1 : 0);
  return rank(a) - rank(b) || b.factors.length - a.factors.length || firstSymbol(a) - firstSymbol(b);
}

function firstSymbol(term: Term): number {
  return Math.min(...term.factors.map(ageOf));
}

/** Operations stand behind every symbol; a number that can be subtracted, as infinity cannot. */
function ageOf(atom: Atom): number {
  return atom.kind === "symbol" ? atom.id : Number.MAX_SAFE_INTEGER;
}

function printTerm(term: Term, index: number): string {
  const sign = term.coefficient < 0 ? (index === 0 ? "-" : " - ") : index === 0 ? "" : " + ";
  const size = Math.abs(term.coefficient);
  const factors = [...term.factors]
    .sort(bySymbol)
    .map((atom) => printAtom(atom, term.factors.length > 1 || size !== 1 || sign === "-"));
  if (size !== 1 || factors.length === 0) factors.unshift(String(size));
  return sign + factors.join("*");
}

function bySymbol(a: Atom, b: Atom): number {
  return ageOf(a) - ageOf(b);
}

function printAtom(atom: Atom, inProduct: boolean): string {
  switch (atom.kind) {
    case "symbol":
      return atom.name;
    case "min":
    case "max":
      return `${atom.kind}(${printOne(atom.left)}, ${printOne(atom.right)})`;
    default: {
      const text = `${printOperand(atom.left)}${atom.kind === "%" ? " % " : "//"}${printOperand(atom.right)}`;
      return inProduct ? `(${text})` : text;
    }
  }
}

function printOperand(dim: Dim): string {
  const atom = onlyAtom(dim);
  const simple = constantValue(dim) !== undefined || (atom && atom.kind !== "//" && atom.kind !== "%");
  return simple ? printOne(dim) : `(${printOne(dim)})`;
}

/** `400 = 16·5·5` where a size is a product worth showing, else just the size. */
export function printProduct(size: Dim, factors: readonly Dim[]): string {
  const shown = factors.map(printDim);
  return shown.length > 1 && !shown.includes("?") ? `${printDim(size)} = ${shown.join("·")}` : printDim(size);
}

/** A size for JSON: a number, a symbolic expression, or null where it is not known. */
export function sizeToJson(dim: Dim): number | string | null {
  return constantValue(dim) ?? (isUnknown(dim) ? null : printDim(dim));
}

/** A shape for JSON; null where the rank is not known. */
export function shapeToJson(shape: Shape): (number | string | null)[] | null {
  const sizes: (number | string | null)[] = [];
  for (const axis of toldApart(shape)) {
    if (isRest(axis)) return null;
    sizes.push(sizeToJson(axis));
  }
  return sizes;
}
