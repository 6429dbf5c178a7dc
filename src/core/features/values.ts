/** What was seen of a value, put into the words that hover, hints and the terminal share. */
import { type Inference } from "../infer/analysis";
import { join, joinShapes } from "../infer/join";
import { type ModuleCall, type Sighting } from "../infer/part";
import { isModuleClass } from "../infer/classes";
import { dictIn } from "../infer/dictObjects";
import { isParametrized } from "../infer/library/parametrize";
import { namedModules, namedTensors } from "../infer/moduleMethods";
import { type Frame } from "../infer/scope";
import { type InstanceValue, type Value } from "../infer/value";
import { type IntValue, type TensorValue } from "../ops/value";
import {
  type Dim,
  add,
  atomKey,
  constant,
  constantValue,
  isUnknown,
  newSymbol,
  ofAtom,
  product,
  unknownSize,
} from "../shape/dim";
import { substitute } from "../shape/division";
import { printDim, printShape } from "../shape/notation";
import { type Shape, isRest, knownDims } from "../shape/shape";
import { knownItems } from "../infer/lists";

interface TensorSeen {
  readonly shape: Shape;
  readonly dtype: string | undefined;
}

/**
 * The shape and type that all sightings of a tensor share; undefined where the node was not always a tensor. What the
 * program's own calls say in numbers comes first, then what a function says that was run by itself, in the names of its
 * author.
 */
export function tensorSeen(sightings: readonly Sighting[], inference: Inference): TensorSeen | undefined {
  const told = toldSightings(sightings);
  const general = sightings.filter((sighting) => !told.includes(sighting) && sighting.call.entered?.kind === "general");
  const byItself = general.filter(({ call }) => isRunByItself(call));
  return [general, byItself]
    .map((runs) => commonTensor(runs, inference))
    .reduce(
      (seen, own) => {
        const isBetter = seen && own && generalises(own.shape, seen.shape) && !saysMore(seen.shape, own.shape);
        return isBetter ? own : seen;
      },
      commonTensor(told, inference),
    );
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

/** Whether a shape has names where the other one is not known: a number there would hold for some of the calls only. */
function generalises(general: Shape, seen: Shape): boolean {
  return general.every((axis, i) => {
    const other = seen.length === general.length ? seen[i]! : undefined;
    const isNumber = !isRest(axis) && constantValue(axis) !== undefined;
    return !isNumber || (other && !isRest(other) && other.key === axis.key);
  });
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

/** How many of the sizes are not known; all of them where the rank is not. */
function openAxes(shape: Shape): number {
  return shape.some(isRest) ? Infinity : shape.filter((axis) => !isRest(axis) && isUnknown(axis)).length;
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
export function sizesSeen(sightings: readonly Sighting[], { facts }: Inference): string | undefined {
  const told = toldSightings(sightings);
  const { call } = told[0]!;
  const value = told.map((sighting) => sighting.value).reduce((a, b) => join(a, b));
  const named = (size: Dim): Dim => ownName(facts.resolve(size), call);
  if (value.kind === "size") return printShape(ownNames(facts.resolveShape(value.of.shape), call));
  if (value.kind === "int")
    return isSize(value) || constantValue(value.value) === undefined ? printDim(named(value.value)) : undefined;
  return value.kind === "tuple" && value.items.length > 0 && value.items.every(isSize)
    ? printShape(value.items.map((item) => named(item.value)))
    : undefined;
}

/** Numbers of elements of the parameters of a module, those below it included, each shared one once. */
export function parameterCount(module: InstanceValue): Dim {
  return storedCount(module, "parameter");
}

export function bufferCount(module: InstanceValue): Dim {
  return storedCount(module, "buffer");
}

/** Not known where an attribute is not known: it may be a layer. */
function storedCount(module: InstanceValue, kind: "parameter" | "buffer"): Dim {
  const isOpen = namedModules(module).some(({ module: part }) =>
    part.attributes.values().some((value) => value.kind === "unknown" && !value.isData),
  );
  return isOpen ? unknownSize() : countOf(namedTensors(module, kind).map(([, value]) => value));
}

/** The number of elements of some tensors. */
export function countOf(tensors: readonly TensorValue[]): Dim {
  return tensors.reduce((total, { shape }) => {
    const dims = knownDims(shape);
    return add(total, dims ? product(dims) : unknownSize());
  }, constant(0));
}

/** `1,707,274`: by hand, since a locale's tables take longer to load than a model to read. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1,707,274`, or an expression. */
export function printCount(count: Dim): string {
  const value = constantValue(count);
  return value === undefined ? (isUnknown(count) ? "an unknown number of" : printDim(count)) : grouped(value);
}

/** The calls of a module, in the order of the run. */
export function callsOf(module: InstanceValue, { record }: Inference): ModuleCall[] {
  return record.moduleCalls.filter((call) => call.module.attributes === module.attributes);
}

/** `(B, 400) → (B, 120)` for a call of a module. */
export function printCall(call: ModuleCall, { facts }: Inference): string {
  const side = (values: readonly Value[]): string =>
    values.map((value) => (value.kind === "tensor" ? printShape(facts.resolveShape(value.shape)) : "?")).join(", ");
  const inputs = call.inputs.filter((value) => value.kind === "tensor");
  return `${side(inputs)} → ${side(outputsOf(call.output))}`;
}

/** The tensors that a call returns, nested tuples and dicts flattened in order. */
export function outputsOf(value: Value): Value[] {
  if (value.kind === "tuple") return value.items.flatMap(outputsOf);
  if (value.kind === "list") return (knownItems(value) ?? []).flatMap(outputsOf);
  const dict = dictIn(value);
  if (dict) return dict.entries.values().flatMap((entry) => outputsOf(entry.value));
  return fieldsOf(value)?.flatMap(outputsOf) ?? [value];
}

/** What a plain object of the program holds, such as one of a data class. */
function fieldsOf(value: Value): readonly Value[] | undefined {
  if (value.kind !== "instance" || value.type.kind !== "class" || isModuleClass(value.type)) return undefined;
  const plain = ["none", "bool", "int", "float", "str"];
  return value.attributes.has("?") ? undefined : value.attributes.values().filter(({ kind }) => !plain.includes(kind));
}

/** The class of a module as its author wrote it; a lazy layer has become another one when it has been called. */
export function typeName(module: InstanceValue): string {
  const layer = module.layer.get("layer");
  const qualified = module.type.kind === "external" && layer ? layer.operation.qualifiedName : module.type.name;
  return `${isParametrized(module) ? "Parametrized" : ""}${qualified.split(".").at(-1)!}`;
}
