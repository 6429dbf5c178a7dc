/** What was seen of a place in the program, in the words that hover, hints and the terminal share. */
import { type Inference } from "../infer/analysis";
import { join, joinShapes } from "../infer/join";
import { type Part, type Sighting } from "../infer/part";
import { type Frame } from "../infer/scope";
import { type Value } from "../infer/value";
import { type IntValue, type TensorValue } from "../ops/value";
import { type AnyNode, isKind, walk } from "../python/visit";
import { type Dim, atomKey, constantValue, isUnknown, newSymbol, ofAtom, unknownSize } from "../shape/dim";
import { substitute } from "../shape/division";
import { printDim, printShape } from "../shape/notation";
import { type Shape, isRest } from "../shape/shape";
import { type Meanings, type SeenInCall, generalises, inForm, learnMeanings, openAxes } from "./forms";

interface TensorSeen {
  readonly shape: Shape;
  readonly dtype: string | undefined;
}

/**
 * The shape and type that all sightings of a tensor share; undefined where the node was not always a tensor. What the
 * program's own calls say in numbers comes first, then what a function says that was run by itself, in the names of its
 * author.
 */
export function tensorSeen(node: AnyNode, inference: Inference): TensorSeen | undefined {
  const sightings = inference.record.seenAt(node) ?? [];
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
  return seen && { shape: inForms(seen.shape, forms, told, inference), dtype: seen.dtype };
}

/** A shape that is not the same in all calls, as the forms of its function have it. */
function inForms(
  seen: Shape,
  forms: readonly { readonly shape: Shape }[],
  told: readonly Sighting[],
  inference: Inference,
): Shape {
  if (forms.length === 0) return seen;
  const calls = told.flatMap((sighting) => inCall(sighting, inference) ?? []);
  return forms.reduce((known, { shape }) => inForm(known, shape, calls, inference.facts), seen);
}

function inCall({ value, call }: Sighting, inference: Inference): SeenInCall | undefined {
  const { record, facts } = inference;
  const sizes = sizesOf(value);
  if (!sizes) return undefined;
  if (!meaningsOf.has(record)) meaningsOf.set(record, meaningsInCalls(inference));
  const meanings = meaningsOf.get(record)!.get(call) ?? new Map<string, Dim>();
  return { shape: facts.resolveShape(sizes), meanings };
}

const meaningsOf = new WeakMap<Part, ReadonlyMap<Frame, Meanings>>();

/**
 * What the names of the forms mean in each call of their functions: what the constructor was given for them, else what they
 * mean where they come up first.
 */
function meaningsInCalls({ record, facts }: Inference): ReadonlyMap<Frame, Meanings> {
  const all = new Map<Frame, Meanings>();
  const built = argumentsByObject(record);
  for (const [node, forms] of record.forms) {
    const shapes = forms.flatMap(([first]) => {
      const form = first && sizesOf(first.value);
      return form ? [ownNames(facts.resolveShape(form), first.call)] : [];
    });
    for (const { value, call } of record.seenAt(node) ?? []) {
      const sizes = sizesOf(value);
      const meanings = all.get(call) ?? new Map(built.get(objectOf(call) ?? call));
      all.set(call, meanings);
      if (sizes) for (const form of shapes) learnMeanings(form, { shape: facts.resolveShape(sizes), meanings });
    }
  }
  return all;
}

/** The numbers that constructors were given, by the objects that they built and by the names of their parameters. */
function argumentsByObject(record: Part): ReadonlyMap<object, Meanings> {
  const constructors = new Set([...record.forms.values()].flat(2).map(({ call }) => call.node));
  const found = new Map<object, Meanings>();
  for (const node of constructors) {
    if (node?.kind !== "FunctionDef" || node.name.name !== "__init__") continue;
    const names = new Set(node.parameters.map(({ name }) => name.name));
    walk(node, (part) => {
      if (!isKind(part, "Name") || !names.has(part.id)) return undefined;
      for (const { value, call } of record.seenAt(part) ?? []) {
        const object = call.node === node ? objectOf(call) : undefined;
        const meanings = (object && found.get(object)) ?? new Map<string, Dim>();
        if (object && value.kind === "int" && !meanings.has(part.id)) meanings.set(part.id, value.value);
        if (object) found.set(object, meanings);
      }
      return undefined;
    });
  }
  return found;
}

/** What a method was called on. */
function objectOf({ method }: Frame): object | undefined {
  return method?.receiver.kind === "instance" ? method.receiver.attributes : undefined;
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

/** The shape with the names that the function's author gives to the sizes of its inputs. */
function ownNames(shape: Shape, call: Frame): Shape {
  return shape.map((axis) => (isRest(axis) ? axis : ownName(axis, call)));
}

/** A size that goes by a name which its author has given to another one here has none. */
function ownName(size: Dim, { sizeNames = new Map<string, string>() }: Frame): Dim {
  const whole = isUnknown(size) ? sizeNames.get(size.key) : undefined;
  if (whole !== undefined) return newSymbol(whole, "free");
  const taken = new Set(sizeNames.values());
  return substitute(size, (symbol) => {
    const name = sizeNames.get(atomKey(symbol));
    if (name === undefined) return taken.has(symbol.name) || symbol.below ? unknownSize() : undefined;
    const isFixed = symbol.origin === "given" && !symbol.below;
    return isFixed || name === symbol.name ? undefined : ofAtom({ ...symbol, name, origin: "free" });
  });
}

/** Whether a value is a size of a tensor, or was computed from one. */
export function isSize(value: Value): value is IntValue & { readonly measured: true } {
  return value.kind === "int" && value.measured === true;
}

/** The text of a size, of several sizes, or of a number that comes from sizes; plain numbers speak for themselves. */
export function sizesSeen(node: AnyNode, inference: Inference): string | undefined {
  const told = toldSightings(inference.record.seenAt(node) ?? []);
  const seen = commonSizes(told, inference);
  if (!seen) return undefined;
  const forms = inference.record.formsAt(node).flatMap((form) => commonSizes(form, inference) ?? []);
  const shape = inForms(seen.shape, forms, told, inference);
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

/** The sizes of a tensor, or those that a value consists of; undefined where it does not, or is a plain number. */
function sizesOf(value: Value): Shape | undefined {
  if (value.kind === "tensor") return value.shape;
  if (value.kind === "size") return value.of.shape;
  if (value.kind === "int")
    return isSize(value) || constantValue(value.value) === undefined ? [value.value] : undefined;
  const isOfSizes = value.kind === "tuple" && value.items.length > 0 && value.items.every(isSize);
  return isOfSizes ? value.items.map((item) => item.value) : undefined;
}
