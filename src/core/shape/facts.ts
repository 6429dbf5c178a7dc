/**
 * What an analysis has learnt about the sizes of inputs that nobody described. A layer that accepts a tensor says what
 * its sizes are: the first time a free symbol must equal something, it takes that value.
 */
import { type Answer, equals } from "./bounds";
import {
  type Dim,
  type SizeSymbol,
  type Term,
  constant,
  constantValue,
  divideExactly,
  isUnknown,
  multiply,
  newSymbol,
  ofAtom,
  onlyAtom,
  solveFor,
  subtract,
  symbolsOf,
  unknownSize,
} from "./dim";
import { floorDivide, replaceSymbols } from "./division";
import { replaceProduct, withoutCommonFactors } from "./products";
import { type Axis, type Rest, type Shape, isRest, newRest, restIndex } from "./shape";
import { type Written, descriptionsIn, united } from "./uniting";

/** A store that forgets what was written after a mark; the interpreter's branches use it. */
export interface FactStore {
  /** Another number whenever something in it has changed. */
  readonly version: number;
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  values(): Iterable<unknown>;
}

/** Two sizes that a program which runs makes equal, though that gives no value of a symbol alone. */
export interface Equation {
  readonly left: Dim;
  readonly right: Dim;
}

export class Facts {
  /** What dimensions are with these facts, and their parts with the symbols replaced, by their keys. */
  private readonly resolved = new Map<string, Dim>();
  /** Those that only their symbols' ranges tell from what they are without the facts. */
  private readonly narrowed = new WeakSet<Dim>();
  private readonly replaced = new Map<string, Dim>();
  private readonly replacements = new Map<SizeSymbol, Dim>();
  private version = -1;

  constructor(private readonly store: FactStore) {}

  /** The dimension with everything that has been learnt put in. The same one is asked for again and again. */
  resolve(dim: Dim): Dim {
    this.forgetOldFacts();
    const known = this.resolved.get(dim.key);
    if (known) return known.key === dim.key && !this.narrowed.has(known) ? dim : known;
    const found = this.resolveAnew(dim);
    this.resolved.set(dim.key, found);
    if (found !== dim && found.key === dim.key) this.narrowed.add(found);
    return found;
  }

  private forgetOldFacts(): void {
    if (this.version === this.store.version) return;
    this.version = this.store.version;
    for (const memory of [this.resolved, this.replaced, this.replacements]) memory.clear();
  }

  private resolveAnew(dim: Dim): Dim {
    const whole = this.store.get(`=${dim.key}`) as Dim | undefined;
    if (whole) return whole;
    for (const symbol of symbolsOf(dim)) {
      const value = this.valueOf(symbol);
      if (value) this.replacements.set(symbol, value);
    }
    const resolved = this.withProducts(replaceSymbols(dim, this.replacements, this.replaced));
    return resolved === dim ? dim : ((this.store.get(`=${resolved.key}`) as Dim | undefined) ?? resolved);
  }

  /** With the products put in that came out even: `h * (d//h)` is `d`. */
  private withProducts(dim: Dim): Dim {
    const evens = this.evens();
    if (evens.length === 0 || !dim.terms.some(hasQuotient)) return dim;
    return evens.reduce((sum, { product, whole }) => replaceProduct(sum, product, whole), dim);
  }

  private evens(): readonly EvenDivision[] {
    return (this.store.get("evens") as readonly EvenDivision[] | undefined) ?? [];
  }

  private learnEven(product: Dim, whole: Dim): void {
    const [term] = product.terms;
    if (product.terms.length !== 1 || !term || term.factors.length < 2 || isUnknown(whole)) return;
    if (this.evens().some((known) => known.product.key === product.key)) return;
    this.store.set("evens", [...this.evens(), { product, whole }]);
  }

  /** A number of unknown sign of which a size is a multiple is at least 1: the same symbol with another range. */
  assumeSize(dim: Dim): void {
    const [term, ...others] = this.resolve(dim).terms;
    const atom =
      term && term.coefficient > 0 && term.factors.length === 1 && others.length === 0 ? term.factors[0] : undefined;
    if (atom?.kind === "symbol" && atom.origin === "given" && atom.min < 1 && !atom.below)
      this.store.set(`+${atom.id}`, ofAtom({ ...atom, min: 1 }));
  }

  /** What a tensor's sizes are computed from are numbers, whatever else they might have been. */
  noteNumbers(shape: Shape): void {
    for (const axis of shape)
      if (!isRest(axis))
        for (const { id, min } of symbolsOf(axis))
          if (min < 0 && !this.store.get(`n${id}`)) this.store.set(`n${id}`, true);
  }

  /** Whether all that a value is computed from is known to be numbers. */
  isNumber(dim: Dim): boolean {
    for (const { id, min } of symbolsOf(dim)) if (min < 0 && !this.store.get(`n${id}`)) return false;
    return true;
  }

  /** A size of which nothing was known has the name from here on that its author gives it. */
  name(dim: Dim, name: string): Dim {
    const atom = onlyAtom(this.resolve(dim));
    if (atom?.kind !== "symbol" || atom.origin !== "unknown") return dim;
    const named = newSymbol(name, "given", Math.max(atom.min, 1), atom.max);
    this.store.set(`#${atom.id}`, named);
    return named;
  }

  resolveShape(shape: Shape): Shape {
    const resolved: Axis[] = [];
    for (const axis of shape) {
      const known = isRest(axis) ? (this.store.get(`*${axis.id}`) as Shape | undefined) : undefined;
      if (known) resolved.push(...this.resolveShape(known));
      else resolved.push(isRest(axis) ? axis : this.resolve(axis));
    }
    const isSame = resolved.length === shape.length && resolved.every((axis, i) => axis === shape[i]);
    return isSame ? shape : resolved;
  }

  private valueOf(symbol: SizeSymbol): Dim | undefined {
    const value = this.store.get(`#${symbol.id}`) as Dim | undefined;
    if (value) return this.resolve(value);
    return symbol.min < 1 ? (this.store.get(`+${symbol.id}`) as Dim | undefined) : undefined;
  }

  /** States that two sizes are equal. `no` where they cannot be; else it is remembered and holds from here on. */
  equate(a: Dim, b: Dim): Answer {
    const left = this.resolve(a);
    const right = this.resolve(b);
    const answer = equals(left, right);
    if (answer === "maybe") this.learn(left, right);
    return answer;
  }

  private learn(left: Dim, right: Dim): void {
    const difference = subtract(left, right);
    if (isUnknown(difference)) return;
    for (const symbol of symbolsOf(difference)) {
      const value = symbol.origin === "free" ? solveFor(difference, symbol) : undefined;
      if (value) {
        this.store.set(`#${symbol.id}`, value);
        return;
      }
    }
    this.learnDivision(difference);
    const equation: Equation = { left, right };
    this.store.set(`!${left.key}=${right.key}`, equation);
    if (constantValue(right) !== undefined) this.store.set(`=${left.key}`, right);
    else if (constantValue(left) !== undefined) this.store.set(`=${right.key}`, left);
  }

  /** From `B*T*(h*(d//h) - d) = 0` that h divides d, and from `d % h = 0` as well. */
  private learnDivision(difference: Dim): void {
    const remainder = onlyAtom(difference);
    if (remainder?.kind === "%") {
      this.learnEven(multiply(remainder.right, floorDivide(remainder.left, remainder.right)), remainder.left);
      return;
    }
    const [a, b] = withoutCommonFactors(difference);
    if (!a || !b) return;
    if (a.terms.some(hasQuotient) && !b.terms.some(hasQuotient)) this.learnEven(a, b);
    else if (b.terms.some(hasQuotient) && !a.terms.some(hasQuotient)) this.learnEven(b, a);
  }

  /** What layers ask of the sizes of inputs that nobody described, where it takes more than one to say it. */
  equations(): Equation[] {
    return [...this.store.values()].filter(isEquation);
  }

  /** `whole` divided by `part` where a program runs that needs it to come out even: multiplied back, it is the whole. */
  quotient(whole: Dim, part: Dim): Dim {
    const even = divideExactly(whole, part);
    if (even) return even;
    if (equals(part, constant(0)) === "yes" || isUnknown(whole) || isUnknown(part)) return unknownSize();
    const rounded = floorDivide(whole, part);
    if (!isUnknown(rounded)) this.store.set(`=${multiply(rounded, part).key}`, whole);
    return rounded;
  }

  /** Describes a free rest by dimensions, of which one may be a rest again. False where it may not be described. */
  describe(rest: Rest, shape: Shape): boolean {
    if (rest.origin !== "free") return false;
    this.store.set(`*${rest.id}`, shape);
    return true;
  }

  /** Whether facts are written there. */
  keepsIn(store: unknown): boolean {
    return store === this.store;
  }

  /** Keeps of what was learnt how many dimensions inputs have, and what is asked of those. */
  keepDescriptions(written: Written): void {
    for (const [key, value] of descriptionsIn(written)) this.store.set(key, value);
  }

  /** Behind a test both sides of which have described an input, each in names of its own: what each side has written. */
  unite(first: Written, second: Written): void {
    for (const [key, value] of united(first, second)) this.store.set(key, value);
  }

  /**
   * The shape with its first `count` dimensions named; undefined where they are not known and may not be assumed. Behind
   * a rest that may be empty, only the batch is taken to be a dimension of its own.
   */
  exposeFront(shape: Shape, count: number, names: readonly string[] = ["B"]): Shape | undefined {
    const resolved = this.resolveShape(shape);
    const index = restIndex(resolved);
    if (index < 0 || index >= count) return resolved;
    if (index < resolved.length - 1 && count > 1) return undefined;
    if (isAmbiguous(count - index, resolved.length - 1 - index)) return undefined;
    const added = namesFrom(names, index, count).map((name) => newSymbol(name, "free"));
    return this.describe(resolved[index] as Rest, [...added, newRest("free")]) ? this.resolveShape(shape) : undefined;
  }

  /** Likewise its last `count` dimensions; `names` are read from the last dimension on. */
  exposeBack(shape: Shape, count: number, names: readonly string[] = ["D"]): Shape | undefined {
    const resolved = this.resolveShape(shape);
    const index = restIndex(resolved);
    const behind = resolved.length - 1 - index;
    if (index < 0 || behind >= count) return resolved;
    if (index > 1 || (index > 0 && count > 1)) return undefined;
    if (isAmbiguous(count - behind, index)) return undefined;
    const added = namesFrom(names, behind, count).map((name) => newSymbol(name, "free"));
    const described = this.describe(resolved[index] as Rest, [newRest("free"), ...added.reverse()]);
    return described ? this.resolveShape(shape) : undefined;
  }
}

/** A product of a divisor and a quotient, and the whole that it makes since the division comes out even. */
interface EvenDivision {
  readonly product: Dim;
  readonly whole: Dim;
}

function hasQuotient({ factors }: Term): boolean {
  return factors.some((atom) => atom.kind === "//");
}

function isEquation(value: unknown): value is Equation {
  return typeof value === "object" && value !== null && "left" in value && "right" in value;
}

/**
 * Beside known dimensions a rest is taken for the batch at least; that it has more of them would be a guess, since the
 * dimension asked for may be one of the known ones.
 */
function isAmbiguous(missing: number, known: number): boolean {
  return missing > 1 && known > 0;
}

function namesFrom(names: readonly string[], start: number, end: number): string[] {
  return Array.from({ length: end - start }, (_, i) => names[start + i] ?? `D${start + i}`);
}
