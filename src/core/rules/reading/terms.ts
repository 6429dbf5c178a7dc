/**
 * A tensor as a sum of terms with known factors: what a program's arithmetic says of a loss, whatever order it is written
 * in. `0.5 * (mu ** 2 + logvar.exp() - logvar - 1).sum()` has four terms.
 */
import { type OpValue, type Origin, type Producer, type TensorValue } from "../../ops/value";
import { numberOf } from "./calls";
import { functionName, handsOn } from "./flow";

/** What a term is a multiple of. */
export type Base =
  | { readonly kind: "one" }
  | { readonly kind: "tensor" | "square" | "log"; readonly of: TensorValue }
  /** The exponential of `times` a tensor. */
  | { readonly kind: "exp"; readonly of: TensorValue; readonly times: number };

export interface Term {
  readonly key: string;
  readonly base: Base;
  /** Up to a positive number that is not known, where it is not exact. */
  readonly factor: number;
  readonly isExact: boolean;
  /** A number other than 1 and -1 was multiplied with it. */
  readonly isScaled: boolean;
  /** Sums and means around it, the outermost first. */
  readonly reductions: readonly ("sum" | "mean")[];
  /** Where the outermost of them stands. */
  readonly reducedAt?: Origin;
}

type Terms = readonly Term[];

const ids = new WeakMap<object, number>();
let lastId = 0;

/** The same for two tensors that were computed by the same step. */
export function idOf(tensor: TensorValue): number {
  const key = plain(tensor).producer ?? plain(tensor);
  const known = ids.get(key) ?? ++lastId;
  ids.set(key, known);
  return known;
}

/** The tensor behind views and casts. */
export function plain(tensor: TensorValue): TensorValue {
  const { producer } = tensor;
  const isView = producer && handsOn(producer) && !/__getitem__|dropout/i.test(producer.operation);
  return isView && producer.inputs[0] ? plain(producer.inputs[0]) : tensor;
}

const deepest = 60;

export function termsOf(tensor: TensorValue, depth = 0): Terms {
  const view = plain(tensor);
  const { producer } = view;
  const own = producer && depth < deepest ? termsOfStep(producer, depth + 1) : undefined;
  return own ?? [term({ kind: "tensor", of: view })];
}

function term(base: Base, factor = 1): Term {
  const key = base.kind === "one" ? "1" : `${base.kind}${base.kind === "exp" ? base.times : ""}#${idOf(base.of)}`;
  return { key, base, factor, isExact: true, isScaled: false, reductions: [] };
}

function termsOfStep(producer: Producer, depth: number): Terms | undefined {
  const name = functionName(producer.operation).replace(/_$/, "");
  const { values, inputs } = producer;
  const [left, right] = [values?.get("input"), values?.get("other")];
  const side = (value: OpValue | undefined): Terms | undefined => sideOf(value, depth);
  switch (name) {
    case "add":
    case "sub": {
      const [a, b] = [side(left), side(right)];
      const alpha = values?.get("alpha");
      if (!a || !b || (alpha && numberOf(alpha) !== 1)) return undefined;
      return added(a, name === "add" ? b : scaled(b, -1));
    }
    case "neg":
      return inputs[0] && scaled(termsOf(inputs[0], depth), -1);
    case "mul":
      return left && right && product(left, right, depth);
    case "div":
      return left?.kind === "tensor" && right
        ? byNumber(termsOf(left, depth), right, (number) => 1 / number)
        : undefined;
    case "sum":
    case "mean":
      return inputs[0] && reduced(termsOf(inputs[0], depth), name, producer.origin);
    case "square":
      return inputs[0] && powerOf(termsOf(inputs[0], depth), 2);
    case "pow": {
      const exponent = numberOf(values?.get("exponent") ?? right);
      return exponent === 2 && inputs[0] ? powerOf(termsOf(inputs[0], depth), 2) : undefined;
    }
    case "exp":
      return inputs[0] && exponential(termsOf(inputs[0], depth));
    case "log":
      return inputs[0] && logarithm(termsOf(inputs[0], depth));
    default:
      return undefined;
  }
}

function reduced(terms: Terms, by: "sum" | "mean", reducedAt: Origin): Terms {
  return terms.map((one) => ({ ...one, reductions: [by, ...one.reductions], reducedAt }));
}

function sideOf(value: OpValue | undefined, depth: number): Terms | undefined {
  if (value?.kind === "tensor") return termsOf(value, depth);
  const number = numberOf(value);
  return number === undefined ? undefined : [term({ kind: "one" }, number)];
}

function added(a: Terms, b: Terms): Terms {
  const sum = new Map(a.map((one) => [one.key + one.reductions.join(), one]));
  for (const one of b) {
    const key = one.key + one.reductions.join();
    const before = sum.get(key);
    const isExact = one.isExact && (before?.isExact ?? true);
    sum.set(key, before ? { ...before, factor: before.factor + one.factor, isExact } : one);
  }
  return [...sum.values()].filter(({ factor }) => factor !== 0);
}

function scaled(terms: Terms, by: number): Terms {
  const isWeight = Math.abs(by) !== 1;
  return terms.map((one) => ({ ...one, factor: one.factor * by, isScaled: one.isScaled || isWeight }));
}

/** A weight or a size that is not known is taken to be positive. */
function byNumber(terms: Terms, value: OpValue, of: (number: number) => number): Terms | undefined {
  const number = numberOf(value);
  if (number !== undefined) return number === 0 ? undefined : scaled(terms, of(number));
  if (value.kind === "tensor" || value.kind === "none") return undefined;
  return terms.map((one) => ({ ...one, isExact: false, isScaled: true }));
}

function product(left: OpValue, right: OpValue, depth: number): Terms | undefined {
  if (left.kind !== "tensor") return right.kind === "tensor" ? product(right, left, depth) : undefined;
  if (right.kind !== "tensor") return byNumber(termsOf(left, depth), right, (number) => number);
  return idOf(left) === idOf(right) ? powerOf(termsOf(left, depth), 2) : undefined;
}

function powerOf(terms: Terms, exponent: 2): Terms | undefined {
  const [one, ...others] = terms;
  if (!one || others.length > 0 || !one.isExact || one.reductions.length > 0) return undefined;
  const { base, factor } = one;
  if (base.kind === "exp") return [term({ ...base, times: base.times * exponent }, factor ** exponent)];
  return base.kind === "tensor" ? [term({ kind: "square", of: base.of }, factor ** exponent)] : undefined;
}

function exponential(terms: Terms): Terms | undefined {
  const [one, ...others] = terms;
  if (one?.base.kind !== "tensor" || others.length > 0 || !one.isExact || one.reductions.length > 0) return undefined;
  return [term({ kind: "exp", of: one.base.of, times: one.factor })];
}

function logarithm(terms: Terms): Terms | undefined {
  const [one, ...others] = terms;
  if (!one || others.length > 0 || one.factor !== 1 || !one.isExact || one.reductions.length > 0) return undefined;
  const { base } = one;
  if (base.kind === "tensor") return [term({ kind: "log", of: base.of })];
  if (base.kind === "square") return [term({ kind: "log", of: base.of }, 2)];
  return base.kind === "exp" ? [term({ kind: "tensor", of: base.of }, base.times)] : undefined;
}
