/**
 * What an analysis has learnt about the sizes of inputs that nobody described. A layer that accepts a tensor says what
 * its sizes are: the first time a free symbol must equal something, it takes that value.
 */
import {
  type Answer,
  type Dim,
  type SizeSymbol,
  constantValue,
  equals,
  isUnknown,
  newSymbol,
  solveFor,
  substitute,
  subtract,
  symbolsOf,
} from "./dim";
import { type Rest, type Shape, isRest, newRest, restIndex } from "./shape";

/** A store that forgets what was written after a mark; the interpreter's branches use it. */
export interface FactStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export class Facts {
  constructor(private readonly store: FactStore) {}

  /** The dimension with everything that has been learnt put in. */
  resolve(dim: Dim): Dim {
    const whole = this.store.get(`=${dim.key}`) as Dim | undefined;
    if (whole) return whole;
    const resolved = substitute(dim, (symbol) => this.valueOf(symbol));
    return resolved === dim ? dim : ((this.store.get(`=${resolved.key}`) as Dim | undefined) ?? resolved);
  }

  resolveShape(shape: Shape): Shape {
    return shape.flatMap((axis): Shape => {
      if (!isRest(axis)) return [this.resolve(axis)];
      const known = this.store.get(`*${axis.id}`) as Shape | undefined;
      return known ? this.resolveShape(known) : [axis];
    });
  }

  private valueOf(symbol: SizeSymbol): Dim | undefined {
    const value = this.store.get(`#${symbol.id}`) as Dim | undefined;
    return value && this.resolve(value);
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
    for (const symbol of symbolsOf(difference)) {
      const value = symbol.origin === "free" ? solveFor(difference, symbol) : undefined;
      if (value) {
        this.store.set(`#${symbol.id}`, value);
        return;
      }
    }
    if (isUnknown(difference)) return;
    if (constantValue(right) !== undefined) this.store.set(`=${left.key}`, right);
    else if (constantValue(left) !== undefined) this.store.set(`=${right.key}`, left);
  }

  /** Describes a free rest by dimensions, of which one may be a rest again. False where it may not be described. */
  describe(rest: Rest, shape: Shape): boolean {
    if (rest.origin !== "free") return false;
    this.store.set(`*${rest.id}`, shape);
    return true;
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
