/** `view` where the axes are to be swapped: it keeps the numbers in their order in memory and mixes examples up. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Atom, type Dim, constantValue, onlyAtom, product, symbolsOf } from "../../shape/dim";
import { printShape } from "../../shape/notation";
import { knownDims } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";

function* check(inference: Inference): Iterable<Finding> {
  const views = [...callsOf(inference, "Tensor.view", "Tensor.reshape", "torch.reshape")];
  const turned = thereAndBack(views);
  for (const call of views) {
    const [before, after] = [call.positional[0], call.result].map((value) =>
      value?.kind === "tensor" ? knownDims(inference.facts.resolveShape(value.shape)) : undefined,
    );
    if (!before || !after || isSkewed(call) || turned.has(call.origin.span)) continue;
    if (!isSwap(before, after) && !(mixesHeads(before, after) && isAttended(call))) continue;
    yield describe(call, before, after);
  }
}

/**
 * (batch, heads, time, width) to (batch, time, heads · width), with sizes that may all be numbers: the last axis is made of the
 * second and the fourth, between which another one stands.
 */
function mixesHeads(before: readonly Dim[], after: readonly Dim[]): boolean {
  const [batch, heads, time, width] = before;
  const isMerged = before.length === 4 && after.length === 3 && batch && heads && time && width;
  if (!isMerged || constantValue(heads) === 1 || constantValue(time) === 1 || heads.key === time.key) return false;
  const [first, second, last] = after;
  return first!.key === batch.key && second!.key === time.key && last!.key === product([heads, width]).key;
}

/** Weights times values. */
function isAttended({ positional: [viewed] }: CallRecord): boolean {
  const operation = viewed?.kind === "tensor" ? viewed.producer?.operation : undefined;
  return operation !== undefined && /\.(matmul|einsum|scaled_dot_product_attention)$/.test(operation);
}

/** Two views with a slice between them line up rows that were computed one longer, without any padding. */
function thereAndBack(views: readonly CallRecord[]): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  for (const { positional, origin } of views) {
    const [viewed] = positional;
    const slice = viewed?.kind === "tensor" ? viewed.producer : undefined;
    const first = slice?.operation === "Tensor.__getitem__" ? slice.inputs[0]?.producer : undefined;
    if (first && viewing.test(first.operation)) for (const span of [origin.span, first.origin.span]) found.add(span);
  }
  return found;
}

const viewing = /^(Tensor|torch)\.(view|reshape)$/;

/**
 * Lengthening rows by padding and dividing the numbers anew shifts every row by one more: so relative positions are lined
 * up, in one view or in two with a slice between them. No axis is meant to move.
 */
function isSkewed({ positional: [viewed] }: CallRecord): boolean {
  let current = viewed?.kind === "tensor" ? viewed.producer : undefined;
  while (current && inBetween.test(current.operation)) current = current.inputs[0]?.producer;
  return current?.operation === "torch.cat" || current?.operation === "torch.nn.functional.pad";
}

const inBetween = /^(Tensor|torch)\.(__getitem__|view|reshape|flatten|narrow|contiguous|clone)$/;

function isSwap(before: readonly Dim[], after: readonly Dim[]): boolean {
  return isPermutation(before, after) || before.some((axis, at) => movesAxis(axis, at, before, after));
}

/** The same sizes in another order; two axes of known size may well be meant as a new division of the numbers. */
function isPermutation(before: readonly Dim[], after: readonly Dim[]): boolean {
  const [a, b] = [before, after].map((dims) => dims.filter((dim) => constantValue(dim) !== 1).map(({ key }) => key));
  if (a!.length < 3 || a!.length !== b!.length || a!.join() === b!.join()) return false;
  return [...a!].sort().join() === [...b!].sort().join();
}

/**
 * An axis with a name of its own, such as `T`, is an axis of the result too. It is still the same one only where the axes in
 * front of it, and so those behind it, count as many numbers as before; if either product is the same, both are.
 */
function movesAxis(axis: Dim, at: number, before: readonly Dim[], after: readonly Dim[]): boolean {
  const symbol = symbolOf(axis);
  if (!symbol || countOf(symbol, before) !== 1 || countOf(symbol, after) !== 1) return false;
  const now = after.findIndex((dim) => symbolOf(dim) === symbol);
  if (now < 0) return false;
  const sides = [before.slice(0, at), after.slice(0, now), before.slice(at + 1), after.slice(now + 1)];
  if (!sides.flat().every(isNamed) || !areSizesOf(before, after)) return false;
  const [front, newFront, back, newBack] = sides.map((dims) => product(dims).key);
  return front !== newFront && back !== newBack;
}

/** A size of another tensor may be equal to one of this one, unknown to us. */
function areSizesOf(before: readonly Dim[], after: readonly Dim[]): boolean {
  const own = new Set(before.flatMap((dim) => [...symbolsOf(dim)]));
  return after.every((dim) => [...symbolsOf(dim)].every((symbol) => own.has(symbol)));
}

function symbolOf(dim: Dim): Atom | undefined {
  const atom = onlyAtom(dim);
  return atom?.kind === "symbol" && atom.origin !== "unknown" ? atom : undefined;
}

function countOf(symbol: Atom, dims: readonly Dim[]): number {
  return dims.filter(({ terms }) => terms.some(({ factors }) => factors.includes(symbol))).length;
}

/**
 * Made of numbers and names, nothing of which is unknown, and no choice between two sizes that may be one. Nor is it a part of
 * one size by another one of the input: windows as large as the picture leave 1 of it.
 */
function isNamed(dim: Dim): boolean {
  return [...symbolsOf(dim)].every(({ origin }) => origin !== "unknown") && !isChosen(dim);
}

function isChosen({ terms }: Dim): boolean {
  return terms.some(({ factors }) =>
    factors.some(
      (atom) =>
        atom.kind === "min" ||
        atom.kind === "max" ||
        (atom.kind === "//" && [...symbolsOf(atom.right)].some(({ origin }) => origin === "free")) ||
        (atom.kind !== "symbol" && (isChosen(atom.left) || isChosen(atom.right))),
    ),
  );
}

function describe(call: CallRecord, before: readonly Dim[], after: readonly Dim[]): Finding {
  const name = call.operation.split(".").at(-1)!;
  return {
    span: call.origin.span,
    message: `${name} makes ${printShape(after)} of ${printShape(before)} without moving a number in memory: the axes are not swapped, and values of different positions are mixed. Use transpose or permute to swap axes.`,
  };
}

export const viewAsTranspose: Rule = {
  id: "view-as-transpose",
  summary: "A view in place of a transpose mixes the values up.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check,
};
