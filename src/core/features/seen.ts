/** What was seen of a place in the program, in the words that hover, hints and the terminal share. */
import { type Inference } from "../infer/analysis";
import { join } from "../infer/values/join";
import { joinShapes } from "../infer/values/joinShapes";
import { type Sighting } from "../infer/record/part";
import { type Frame } from "../infer/memory/scope";
import { type TensorValue } from "../ops/value";
import { type AnyNode } from "../python/visit";
import { type Dim, constantValue } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { type Shape, isRest } from "../shape/shape";
import { type SeenInCall, generalises, inForm, meant, openAxes } from "./forms";
import { meaningsIn, numbersOfAll } from "./meanings";
import { ownNames, sizesOf } from "./sizes";

interface Sizes {
  readonly shape: Shape;
}

interface TensorSeen extends Sizes {
  readonly dtype: string | undefined;
}

/**
 * The shape and type that all sightings of a tensor share; undefined where the node was not always a tensor. What the
 * program's own calls say in numbers comes first, then what a function says that was run by itself, in the names of its
 * author.
 */
export function tensorSeen(node: AnyNode, inference: Inference): TensorSeen | undefined {
  const sightings = withRanks(inference.record.seenAt(node) ?? [], inference);
  const told = toldSightings(sightings);
  const general = sightings.filter((sighting) => !told.includes(sighting) && sighting.call.entered?.kind === "general");
  const byItself = general.filter(({ call }) => isRunByItself(call));
  const seen = [general, byItself]
    .map((runs) => commonTensor(runs, inference))
    .reduce(
      (known, own) => {
        const isBetter = known && own && generalises(own.shape, known.shape) && !saysMore(known.shape, own.shape);
        return isBetter ? own : known;
      },
      commonTensor(told, inference),
    );
  const forms = inference.record.formsAt(node).flatMap((form) => commonTensor(form, inference) ?? []);
  if (!seen) return undefined;
  return { shape: inForms(seen.shape, forms, told, node, inference), dtype: seen.dtype };
}

/**
 * What is left of a shape where the program makes other calls of which nothing is known: a size that only those calls have
 * of which something is known is not that of all of them. The others have as many dimensions, as far as a form knows them.
 */
function openedBy(forms: readonly Sizes[], seen: Shape): Shape {
  const alike = forms.filter(({ shape }) => !shape.some(isRest) && shape.length === seen.length);
  const others = alike.length > 0 ? alike : forms;
  return others.reduce((shape, form) => joinShapes(shape, form.shape, isReadAlike), seen);
}

/** Without the runs of functions by themselves in which the rank is not known, where there are others. */
function withRanks(sightings: readonly Sighting[], { facts }: Inference): readonly Sighting[] {
  const isOpen = ({ value, call }: Sighting): boolean =>
    value.kind === "tensor" &&
    call.entered !== undefined &&
    facts.resolveShape(value.shape).some((axis) => isRest(axis) && axis.origin === "unknown");
  const open = new Set(sightings.filter(isOpen).map(({ call }) => call));
  const known = sightings.filter(({ call }) => !open.has(call));
  return known.length > 0 ? known : sightings;
}

/** A shape that is not the same in all calls, as the forms of its function have it. */
function inForms(
  seen: Shape,
  forms: readonly Sizes[],
  told: readonly Sighting[],
  node: AnyNode,
  inference: Inference,
): Shape {
  if (forms.length === 0) return seen;
  const isOpen = inference.record.isOpenAt(node);
  const known = told.flatMap((sighting) => inCall(sighting, inference) ?? []);
  const calls = { known, areAll: !isOpen };
  const numbers = isOpen && told[0] ? numbersOfAll(told[0].call, inference) : undefined;
  const own = numbers ? forms.map(({ shape }) => ({ shape: meant(shape, numbers) })) : forms;
  const inAll = isOpen ? openedBy(own, seen) : seen;
  return own.reduce((sizes, { shape }) => inForm(sizes, shape, calls, inference.facts), inAll);
}

function inCall({ value, call }: Sighting, inference: Inference): SeenInCall | undefined {
  const sizes = sizesOf(value);
  return sizes && { shape: inference.facts.resolveShape(sizes), meanings: meaningsIn(call, inference) };
}

/** The different shapes that a tensor has in the program's own calls, as far as they are known in full. */
export function shapesSeen(node: AnyNode, { record, facts }: Inference): string[] {
  const shapes = toldSightings(record.seenAt(node) ?? []).flatMap(({ value, call }) =>
    value.kind === "tensor" ? [ownNames(facts.resolveShape(value.shape), call)] : [],
  );
  return [...new Set(shapes.filter((shape) => openAxes(shape) === 0).map(printShape))];
}

/** Whether it is the call's own function that was run, as general as its author wrote it, and no other that calls it. */
function isRunByItself({ entered, node }: Frame): boolean {
  if (!entered?.node || !node) return false;
  return entered.node.start <= node.start && node.end <= entered.node.end;
}

/** Whether fewer of its sizes are open, or as few and more of them numbers. */
function saysMore(a: Shape, b: Shape): boolean {
  const [open, others] = [openAxes(a), openAxes(b)];
  return open < others || (open === others && sizesInNumbers(a) > sizesInNumbers(b));
}

function sizesInNumbers(shape: Shape): number {
  return shape.filter((axis) => !isRest(axis) && constantValue(axis) !== undefined).length;
}

/** Without what a function shows that was run by itself, where another one that calls it shows it too. */
function toldSightings(sightings: readonly Sighting[]): readonly Sighting[] {
  const called = new Set(sightings.flatMap(({ call }) => functionsCalled(call)));
  const told = sightings.filter(({ call }) => !call.entered || !called.has(call.entered.node));
  // Functions may call each other in a circle.
  return told.length > 0 ? told : sightings;
}

/** The functions of a call and of those around it which the program itself calls. */
function functionsCalled(call: Frame): Frame["node"][] {
  const nodes: Frame["node"][] = [];
  for (let at: Frame | undefined = call; at; at = at.caller) if (!at.entered || at.caller?.entered) nodes.push(at.node);
  return nodes;
}

function commonTensor(sightings: readonly Sighting[], { facts }: Inference): TensorSeen | undefined {
  const tensors = sightings.map(({ value }) => value).filter((value): value is TensorValue => value.kind === "tensor");
  const [first, ...rest] = tensors;
  if (!first || tensors.length < sightings.length) return undefined;
  const shapes = sightings.map(({ value, call }) => ownNames(facts.resolveShape((value as TensorValue).shape), call));
  const shape = shapes.reduce((known, other) =>
    printShape(known) === printShape(other) ? known : joinShapes(known, other, isReadAlike),
  );
  return { shape, dtype: rest.every((value) => value.dtype === first.dtype) ? first.dtype : undefined };
}

/** Each call has a `T` of its own; the reader sees one. */
const isReadAlike = (a: Dim, b: Dim): boolean => printDim(a) === printDim(b);

/** The text of a size, of several sizes, or of a number that comes from sizes; plain numbers speak for themselves. */
export function sizesSeen(node: AnyNode, inference: Inference): string | undefined {
  const told = toldSightings(inference.record.seenAt(node) ?? []);
  const seen = commonSizes(told, inference);
  if (!seen) return undefined;
  const forms = inference.record.formsAt(node).flatMap((form) => commonSizes(form, inference) ?? []);
  const shape = inForms(seen.shape, forms, told, node, inference);
  return seen.isOne ? printDim(shape[0] as Dim) : printShape(shape);
}

function commonSizes(
  sightings: readonly Sighting[],
  { facts }: Inference,
): { readonly shape: Shape; readonly isOne: boolean } | undefined {
  const [first] = sightings;
  if (!first) return undefined;
  const value = sightings.map((sighting) => sighting.value).reduce((a, b) => join(a, b));
  const shape = value.kind === "tensor" ? undefined : sizesOf(value);
  return shape && { shape: ownNames(facts.resolveShape(shape), first.call), isOne: value.kind === "int" };
}
