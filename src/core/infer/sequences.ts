/** Iterating and indexing: lists, tuples, dicts, strings, sizes and tensors. */
import { type Refusal, isRefusal, refuse } from "../ops/call";
import { type TensorValue, str, tensor, unknown } from "../ops/value";
import { printDim, printShape } from "../shape/notation";
import {
  type Dim,
  add,
  atMost,
  constant,
  constantValue,
  maximum,
  minimum,
  newSymbol,
  rangeOf,
  subtract,
  unknownSize,
} from "../shape/dim";
import { type Axis, type Shape, isRest, knownDims, newRest, unknownShape } from "../shape/shape";
import { isModule } from "./classes";
import { type Machine, type Site, args } from "./machine";
import { type InstanceValue, type SliceValue, type Value, knownEntries, knownItems } from "./value";

/** What a loop over the value meets, where that is known. */
export function elementsOf(machine: Machine, value: Value): readonly Value[] | undefined {
  const items = knownItems(value);
  if (items) return items;
  if (value.kind === "dict") return knownEntries(value)?.map((entry) => entry.key);
  if (value.kind === "str") return value.value === undefined ? undefined : Array.from(value.value, str);
  if (value.kind === "instance") return childrenOf(value);
  if (value.kind === "tensor") return tensorRows(machine, value);
  return undefined;
}

const containers = new Set(["torch.nn.Sequential", "torch.nn.ModuleList", "torch.nn.ParameterList"]);

/** The modules in a container, in order; undefined for any other object. */
export function childrenOf(value: InstanceValue): Value[] | undefined {
  const layer = value.layer.get("layer");
  if (!layer || !containers.has(layer.operation.qualifiedName) || value.attributes.has("?")) return undefined;
  const isSequential = layer.operation.qualifiedName === "torch.nn.Sequential";
  const isChild = (name: string, child: Value): boolean =>
    /^\d+$/.test(name) || (isSequential && !name.startsWith("?") && (isModule(child) || child.kind === "unknown"));
  return value.attributes
    .items()
    .filter(([name, child]) => isChild(name, child))
    .map(([, child]) => child);
}

function tensorRows(machine: Machine, value: TensorValue): Value[] | undefined {
  const [first, ...rest] = machine.facts.resolveShape(value.shape);
  const count = first && !isRest(first) ? constantValue(first) : undefined;
  if (count === undefined || count > 64) return undefined;
  return Array.from({ length: count }, () => tensor(rest, value.dtype));
}

export function subscript(machine: Machine, value: Value, index: Value, site: Site): Value {
  if (value.kind === "tensor") return indexTensor(machine, value, index, site);
  if (value.kind === "dict") return lookUp(value, index);
  if (value.kind === "size") {
    const at = index.kind === "int" ? constantValue(index.value) : undefined;
    return at === undefined ? unknown("the item is not known") : sizeAt(machine, value.of, at);
  }
  const items = knownItems(value) ?? (value.kind === "instance" ? childrenOf(value) : undefined);
  if (items && index.kind === "int") return itemAt(items, constantValue(index.value));
  if (items && index.kind === "slice") return sliced(machine, value, items, index);
  if (value.kind === "instance") return indexInstance(machine, value, index, site);
  if (value.kind === "str" && value.value !== undefined && index.kind === "int") {
    const at = constantValue(index.value);
    return str(at === undefined ? undefined : value.value.at(at));
  }
  if (value.kind === "external" || value.kind === "class") return value; // `list[int]`, `Generic[T]`
  return unknown("the item is not known");
}

function itemAt(items: readonly Value[], at: number | undefined): Value {
  return (at === undefined ? undefined : items.at(at)) ?? unknown("the item is not known");
}

function lookUp(dict: Value & { kind: "dict" }, index: Value): Value {
  for (const { key, value } of dict.entries.values()) {
    if (key.kind === "str" && index.kind === "str" && key.value !== undefined && key.value === index.value)
      return value;
    if (key.kind === "int" && index.kind === "int" && key.value.key === index.value.key) return value;
    if (key.kind === "none" && index.kind === "none") return value;
  }
  return unknown("the dict has no such key");
}

function sliced(machine: Machine, like: Value, items: readonly Value[], slice: SliceValue): Value {
  const bounds = [slice.lower, slice.upper, slice.step].map(boundOf);
  if (bounds.includes(undefined)) return unknown("the slice is not known");
  const [lower, upper, step] = bounds as (number | null)[];
  if (step !== null && step !== undefined && step < 1)
    return step === -1 ? reversed(machine, like, items) : unknown("the slice is not known");
  const part = items.slice(lower ?? 0, upper ?? items.length).filter((_, i) => i % (step ?? 1) === 0);
  return like.kind === "tuple"
    ? { kind: "tuple", items: part }
    : like.kind === "list"
      ? machine.newList(part)
      : containerOf(machine, like, part);
}

function reversed(machine: Machine, like: Value, items: readonly Value[]): Value {
  const turned = [...items].reverse();
  return like.kind === "tuple" ? { kind: "tuple", items: turned } : machine.newList(turned);
}

/** A slice of a Sequential is a Sequential. */
function containerOf(machine: Machine, like: Value, part: readonly Value[]): Value {
  if (like.kind !== "instance" || like.type.kind !== "external") return machine.newList(part);
  const copy: InstanceValue = { ...like, attributes: machine.newTable("members") };
  part.forEach((child, i) => {
    copy.attributes.set(String(i), child);
  });
  return copy;
}

function boundOf(value: Value): number | null | undefined {
  return value.kind === "none" ? null : value.kind === "int" ? constantValue(value.value) : undefined;
}

function indexInstance(machine: Machine, value: InstanceValue, index: Value, site: Site): Value {
  if (index.kind === "str" && index.value !== undefined) {
    const child = value.attributes.get(index.value);
    if (child) return child;
  }
  return value.type.kind === "class"
    ? machine.call(machine.attribute(value, "__getitem__", site), args(index), site)
    : unknown("the item is not known");
}

// Tensors

/** `x[0]`, `x[:, 1:]`, `x[..., None]`, with integers, slices, None and the ellipsis. */
function indexTensor(machine: Machine, value: TensorValue, index: Value, site: Site): Value {
  const parts = index.kind === "tuple" ? index.items : [index];
  if (index.kind !== "tuple" && isUndescribed(machine.facts.resolveShape(value.shape))) {
    // What was only assumed to be a tensor may be a list of tensors, whose shapes have nothing to do with each other.
    return index.kind === "int" ? tensor([newRest("free")], undefined) : unknown("it may be a list");
  }
  const shape = indexedShape(machine, value, parts);
  if (isRefusal(shape)) {
    machine.record.refuse("indexing", shape, { path: site.scope.frame.path, span: site.node });
    return unknown("the index does not fit");
  }
  return machine.produced(tensor(shape, value.dtype), "Tensor.__getitem__", [value], site);
}

function isUndescribed(shape: Shape): boolean {
  const [only] = shape;
  return shape.length === 1 && only !== undefined && isRest(only) && only.origin === "free";
}

/** An index that the size surely does not have; PyTorch refuses it. */
function isOutside(size: Dim, index: Value & { kind: "int" }): boolean {
  return atMost(size, index.value) === "yes" || atMost(add(size, index.value), constant(-1)) === "yes";
}

function indexedShape(machine: Machine, value: TensorValue, parts: readonly Value[]): Shape | Refusal {
  if (!parts.every(isSimple)) return unknownShape();
  const consumed = parts.filter((part) => part.kind === "int" || part.kind === "slice").length;
  const ellipsis = parts.findIndex((part) => part.kind === "external");
  const before =
    ellipsis < 0
      ? consumed
      : parts.slice(0, ellipsis).filter((part) => part.kind === "int" || part.kind === "slice").length;
  let shape = machine.facts.exposeFront(value.shape, before);
  shape = shape && machine.facts.exposeBack(shape, consumed - before);
  if (!shape) return unknownShape();
  if (knownDims(shape) && shape.length < consumed)
    return refuse(`expects at least ${consumed} dimensions`, printShape(shape), value);
  const result: Axis[] = [];
  let at = 0;
  for (const part of parts) {
    if (part.kind === "none") result.push(constant(1));
    else if (part.kind === "int") {
      if (isOutside(shape[at] as Dim, part))
        return refuse(`finds no item ${printDim(part.value)} at dimension ${at} of`, printShape(shape), value);
      at++;
    } else if (part.kind === "slice") result.push(slicedSize(shape[at++] as Dim, part));
    else {
      const end = shape.length - (consumed - before);
      result.push(...shape.slice(at, end));
      at = end;
    }
  }
  return [...result, ...shape.slice(at)];
}

function isSimple(part: Value): boolean {
  return (
    part.kind === "int" ||
    part.kind === "slice" ||
    part.kind === "none" ||
    (part.kind === "external" && part.name === "builtins.Ellipsis")
  );
}

function slicedSize(size: Dim, slice: SliceValue): Dim {
  const step = boundOf(slice.step);
  const lower = endOf(slice.lower, size, constant(0));
  const upper = endOf(slice.upper, size, size);
  if (!lower || !upper || step === undefined || (step !== null && step < 1)) return unknownSize();
  const length = maximum(subtract(minimum(upper, size), lower), constant(0));
  if (step === null || step === 1) return length;
  const whole = constantValue(length);
  return whole === undefined ? unknownSize() : constant(Math.ceil(whole / step));
}

/** A bound of a slice; negative ones count from the end. */
function endOf(bound: Value, size: Dim, otherwise: Dim): Dim | undefined {
  if (bound.kind === "none") return otherwise;
  if (bound.kind !== "int") return undefined;
  const known = constantValue(bound.value);
  if (known !== undefined && known < 0) return maximum(add(size, bound.value), constant(0));
  return rangeOf(bound.value).min >= 0 ? bound.value : undefined;
}

/** `x.shape`: a tuple of sizes, or a size that tells its dimensions as they are asked for. */
export function sizesOf(machine: Machine, value: TensorValue): Value {
  const dims = knownDims(machine.facts.resolveShape(value.shape));
  return dims ? { kind: "tuple", items: dims.map(measured) } : { kind: "size", of: value };
}

function measured(size: Dim): Value {
  return { kind: "int", value: size, measured: true };
}

/** `x.shape[at]`. */
export function sizeAt(machine: Machine, value: TensorValue, at: number): Value {
  const shape = at >= 0 ? machine.facts.exposeFront(value.shape, at + 1) : machine.facts.exposeBack(value.shape, -at);
  const axis = shape?.at(at);
  return axis && !isRest(axis) ? measured(axis) : unknown("the size of that dimension is not known");
}

/** `B, T, C = x.shape`: an input that nobody described has the dimensions that its author names. */
export function unpackSize(
  machine: Machine,
  value: TensorValue,
  names: readonly string[],
): readonly Value[] | undefined {
  const shape = machine.facts.resolveShape(value.shape);
  const rest = shape.find(isRest);
  if (rest && names.length >= shape.length - 1) {
    const at = shape.indexOf(rest);
    const added = names.slice(at, at + names.length - shape.length + 1).map((name) => newSymbol(name, "free"));
    if (!machine.facts.describe(rest, added)) return undefined;
  }
  const sizes = sizesOf(machine, value);
  return sizes.kind === "tuple" ? sizes.items : undefined;
}
