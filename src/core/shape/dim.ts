/**
 * A dimension: an integer that may contain symbols, as a polynomial in canonical form. Products of atoms are the
 * monomials; an atom is a symbol or an operation that no polynomial can express (`//`, `%`, `min`, `max`). Two equal
 * polynomials have the same `key`, so that equality is a comparison of strings.
 */

/** A size that is not known as a number. Two symbols are the same when their `id` is; the name is for the reader. */
export interface SizeSymbol {
  readonly kind: "symbol";
  readonly id: number;
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /**
   * `given` by the program or its author; `free` where it was only assumed for an input that nobody described: such a
   * symbol takes the value that the layers ask for; `unknown` where an analysis does not know (printed `?`).
   */
  readonly origin: "given" | "free" | "unknown";
  /** Of a number that a loop counts: it is less than this. */
  readonly below?: Dim;
}

export interface OperationAtom {
  readonly kind: "//" | "%" | "min" | "max";
  readonly left: Dim;
  readonly right: Dim;
  readonly key: string;
}

export type Atom = SizeSymbol | OperationAtom;

/** `coefficient` times the product of `factors`; the constant term has no factors. */
export interface Term {
  readonly coefficient: number;
  readonly factors: readonly Atom[];
}

export interface Dim {
  readonly terms: readonly Term[];
  readonly key: string;
}

let symbolCount = 0;

/** A new symbol, different from every other; sizes are at least 1 unless said otherwise. */
export function newSymbol(name: string, origin: SizeSymbol["origin"], min = 1, max = Infinity): Dim {
  return ofAtom({ kind: "symbol", id: ++symbolCount, name, min, max, origin });
}

/** The id of the symbol that was made last. */
export function newestSymbol(): number {
  return symbolCount;
}

/** A number that a loop counts, from `min` on; each round has another one. */
export function newCounter(min: number, below: Dim): Dim {
  const last = constantValue(below) ?? Infinity;
  return ofAtom({ kind: "symbol", id: ++symbolCount, name: "i", min, max: last - 1, origin: "given", below });
}

/** A number that was drawn from a range, which is not known but for its bounds. */
export function newDraw(min: number, below: Dim): Dim {
  const last = constantValue(below) ?? Infinity;
  if (last - 1 === min) return constant(min);
  return ofAtom({ kind: "symbol", id: ++symbolCount, name: "?", min, max: last - 1, origin: "unknown", below });
}

/** A size of which nothing is known; each call gives another one. */
export function unknownSize(): Dim {
  return newSymbol("?", "unknown", 0);
}

/** An integer of which nothing is known, not even its sign. */
export function unknownInteger(): Dim {
  return newSymbol("?", "unknown", -Infinity);
}

const small: Dim[] = [];

/** The constant dimension `value`; a number that is no safe integer is not known. */
export function constant(value: number): Dim {
  if (!Number.isSafeInteger(value)) return unknownInteger();
  if (value >= 0 && value < 4096) return (small[value] ??= constantDim(value));
  return constantDim(value);
}

function constantDim(value: number): Dim {
  return value === 0 ? { terms: [], key: "0" } : { terms: [{ coefficient: value, factors: [] }], key: String(value) };
}

/** The value of a dimension without symbols. */
export function constantValue(dim: Dim): number | undefined {
  if (dim.terms.length === 0) return 0;
  const term = dim.terms[0]!;
  return dim.terms.length === 1 && term.factors.length === 0 ? term.coefficient : undefined;
}

export function ofAtom(atom: Atom): Dim {
  return { terms: [{ coefficient: 1, factors: [atom] }], key: atomKey(atom) };
}

export function atomKey(atom: Atom): string {
  return atom.kind === "symbol" ? `#${atom.id}` : atom.key;
}

/** An order of keys in which symbols come before numbers, and the older ones first: `#9` before `#10`. */
export function comesFirst(a: string, b: string): boolean {
  const areSymbols = a.startsWith("#") && b.startsWith("#");
  return areSymbols && a.length !== b.length ? a.length < b.length : a < b;
}

/** The atom that a dimension consists of, where it is nothing else. */
export function onlyAtom(dim: Dim): Atom | undefined {
  const term = dim.terms[0];
  return dim.terms.length === 1 && term!.coefficient === 1 && term!.factors.length === 1 ? term!.factors[0] : undefined;
}

function monomialKey(factors: readonly Atom[]): string {
  return factors.length === 1 ? atomKey(factors[0]!) : factors.map(atomKey).join("*");
}

function termKey({ coefficient, factors }: Term): string {
  return factors.length === 0 ? String(coefficient) : `${coefficient}*${monomialKey(factors)}`;
}

/** A sum of terms that are in order already, each with a monomial of its own. */
function fromOrdered(terms: readonly Term[]): Dim {
  if (terms.length === 0) return constant(0);
  const [first] = terms;
  if (terms.length === 1 && first!.factors.length === 0) return constant(first!.coefficient);
  const sum = { terms, key: terms.length === 1 ? termKey(first!) : terms.map(termKey).join("+") };
  const atom = onlyAtom(sum);
  return atom ? { terms, key: atomKey(atom) } : sum;
}

/** Collects equal monomials and orders them: by degree, highest first, then in the order in which symbols arose. */
export function fromTerms(terms: readonly Term[]): Dim {
  if (terms.length === 0) return constant(0);
  const [first] = terms;
  if (terms.length === 1 && first!.coefficient !== 0 && Number.isSafeInteger(first!.coefficient))
    return fromOrdered(terms);
  const byKey = new Map<string, Term>();
  for (const term of terms) {
    const key = monomialKey(term.factors);
    const known = byKey.get(key);
    const coefficient = (known?.coefficient ?? 0) + term.coefficient;
    if (!Number.isSafeInteger(coefficient)) return unknownInteger();
    if (coefficient === 0) byKey.delete(key);
    else byKey.set(key, { coefficient, factors: term.factors });
  }
  if (byKey.size === 0) return constant(0);
  if (byKey.size > mostTerms) return unknownInteger();
  const ordered = [...byKey].sort(
    ([keyA, a], [keyB, b]) => b.factors.length - a.factors.length || (keyA < keyB ? -1 : keyA > keyB ? 1 : 0),
  );
  return fromOrdered(ordered.map(([, term]) => term));
}

export function add(a: Dim, b: Dim): Dim {
  if (a.terms.length === 0) return b;
  if (b.terms.length === 0) return a;
  const [number, other] = [constantValue(b), constantValue(a)];
  if (number !== undefined) return addConstant(a, number);
  return other === undefined ? fromTerms([...a.terms, ...b.terms]) : addConstant(b, other);
}

/** The constant is the last term, so that the others stay in order. */
function addConstant({ terms }: Dim, value: number): Dim {
  const last = terms.at(-1)!;
  const isConstant = last.factors.length === 0;
  const sum = value + (isConstant ? last.coefficient : 0);
  if (!Number.isSafeInteger(sum)) return unknownInteger();
  const others = isConstant ? terms.slice(0, -1) : terms;
  if (others.length >= mostTerms) return unknownInteger();
  return fromOrdered(sum === 0 ? others : [...others, { coefficient: sum, factors: [] }]);
}

export function subtract(a: Dim, b: Dim): Dim {
  return add(a, multiply(b, constant(-1)));
}

/** Polynomials that outgrow any reader are not worth their cost. */
const mostTerms = 64;

export function multiply(a: Dim, b: Dim): Dim {
  if (a.key === "1") return b;
  if (b.key === "1") return a;
  const [number, other] = [constantValue(b), constantValue(a)];
  if (number !== undefined) return timesConstant(a, number);
  if (other !== undefined) return timesConstant(b, other);
  if (a.terms.length * b.terms.length > mostTerms) return unknownInteger();
  const products: Term[] = [];
  for (const left of a.terms) {
    for (const right of b.terms) {
      const coefficient = left.coefficient * right.coefficient;
      const factors = [...left.factors, ...right.factors].sort((x, y) => (comesFirst(atomKey(x), atomKey(y)) ? -1 : 1));
      if (!Number.isSafeInteger(coefficient) || factors.length > 32) return unknownInteger();
      products.push({ coefficient, factors });
    }
  }
  return fromTerms(products);
}

/** The terms stay in order, whatever they are multiplied by. */
function timesConstant({ terms }: Dim, value: number): Dim {
  if (value === 0) return constant(0);
  const products: Term[] = [];
  for (const term of terms) {
    const coefficient = term.coefficient * value;
    if (!Number.isSafeInteger(coefficient)) return unknownInteger();
    products.push({ coefficient, factors: term.factors });
  }
  return fromOrdered(products);
}

export function product(dims: readonly Dim[]): Dim {
  return dims.reduce(multiply, constant(1));
}

/** `a` divided by `b` where that comes out even whatever the symbols are; undefined where it may not. */
export function divideExactly(a: Dim, b: Dim): Dim | undefined {
  const divisor = b.terms[0];
  if (b.terms.length !== 1 || !divisor) return a.key === b.key && a.terms.length > 0 ? constant(1) : undefined;
  const quotient: Term[] = [];
  for (const term of a.terms) {
    const factors = withoutFactors(term.factors, divisor.factors);
    const coefficient = term.coefficient / divisor.coefficient;
    if (!factors || !Number.isInteger(coefficient)) return undefined;
    quotient.push({ coefficient, factors });
  }
  return fromTerms(quotient);
}

export function withoutFactors(factors: readonly Atom[], removed: readonly Atom[]): Atom[] | undefined {
  const rest = [...factors];
  for (const atom of removed) {
    const at = rest.findIndex((other) => atomKey(other) === atomKey(atom));
    if (at < 0) return undefined;
    rest.splice(at, 1);
  }
  return rest;
}

const noSymbols: ReadonlySet<SizeSymbol> = new Set();
const symbolsOfDims = new WeakMap<Dim, ReadonlySet<SizeSymbol>>();

/** Every symbol in a dimension, those inside operations included. */
export function symbolsOf(dim: Dim): ReadonlySet<SizeSymbol> {
  if (constantValue(dim) !== undefined) return noSymbols;
  let found = symbolsOfDims.get(dim);
  if (!found) {
    const symbols = dim.terms.flatMap(({ factors }) =>
      factors.flatMap((atom) =>
        atom.kind === "symbol" ? [atom] : [...symbolsOf(atom.left), ...symbolsOf(atom.right)],
      ),
    );
    found = new Set(symbols);
    symbolsOfDims.set(dim, found);
  }
  return found;
}

export function isUnknown(dim: Dim): boolean {
  for (const symbol of symbolsOf(dim)) if (symbol.origin === "unknown") return true;
  return false;
}

/** The value that makes the sum zero, where the symbol stands in it alone, once, and not inside an operation. */
export function solveFor(sum: Dim, symbol: SizeSymbol): Dim | undefined {
  const own = sum.terms.find((term) => term.factors.length === 1 && term.factors[0] === symbol);
  if (!own || Math.abs(own.coefficient) !== 1) return undefined;
  const others = fromTerms(sum.terms.filter((term) => term !== own));
  return symbolsOf(others).has(symbol) ? undefined : multiply(others, constant(-own.coefficient));
}
