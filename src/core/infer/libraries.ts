/** What model code uses of Python's standard library, and of PyTorch beside its operations. */
import { product } from "../shape/dim";
import { bool, int, none, tensor, unknown } from "../ops/value";
import { type Builtin, builtins } from "./builtins";
import { storedTensor } from "./classes";
import { setTrainable } from "./moduleMethods";
import { knownDims, unknownShape } from "../shape/shape";
import { deepCopy, shallowCopy } from "./copies";
import { matrixProduct } from "./matmul";
import { elementsOf } from "./sequences";
import { asNumber } from "./truth";
import { type Value } from "./value";

export const constantsOfLibraries: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["math.pi", { kind: "float", value: Math.PI }],
  ["math.e", { kind: "float", value: Math.E }],
  ["math.inf", { kind: "float", value: undefined }],
  ["typing.TYPE_CHECKING", bool(false)],
]);

const toFloat =
  (calculate: (x: number) => number): Builtin =>
  (_, { positional: [value] }) => {
    const number = value && asNumber(value);
    const result = number === undefined ? undefined : calculate(number);
    return { kind: "float", value: result !== undefined && Number.isFinite(result) ? result : undefined };
  };

const toInteger =
  (round: (x: number) => number): Builtin =>
  (_, { positional: [value] }) => {
    if (value?.kind === "int") return value;
    const number = value && asNumber(value);
    return number === undefined ? unknown("the number is not known") : int(round(number));
  };

const parameter: Builtin = (machine, { positional, keywords }) => {
  const value = positional[0] ?? keywords.get("data");
  const data = value?.kind === "tensor" ? value : tensor(unknownShape(), undefined);
  const stored = storedTensor(data, "parameter");
  setTrainable(machine, stored, positional[1] ?? keywords.get("requires_grad") ?? bool(true));
  return stored;
};

/** `math.prod(x.shape[1:])` and the like. */
const prod: Builtin = (machine, { positional: [value] }) => {
  const sizes = (value && elementsOf(machine, value))?.map((item) => (item.kind === "int" ? item.value : undefined));
  return !sizes || sizes.includes(undefined)
    ? unknown("the numbers are not known")
    : int(product(sizes as Exclude<(typeof sizes)[0], undefined>[]));
};

const matmul: Builtin = (machine, { positional: [left, right] }, site) =>
  left && right ? matrixProduct(machine, left, right, site) : unknown("a factor is missing");

/** By qualified name. Functions of tensors that are rows of the operations table are not here. */
export const libraryFunctions: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ...builtins,
  ["math.sqrt", toFloat(Math.sqrt)],
  ["math.log", toFloat(Math.log)],
  ["math.log2", toFloat(Math.log2)],
  ["math.exp", toFloat(Math.exp)],
  ["math.floor", toInteger(Math.floor)],
  ["math.ceil", toInteger(Math.ceil)],
  ["math.prod", prod],
  ["collections.OrderedDict", (machine, given, site) => orderedDict(machine, given, site)],
  ["torch.nn.Parameter", parameter],
  ["torch.nn.parameter.Parameter", parameter],
  ["torch.matmul", matmul],
  ["torch.jit.is_scripting", () => bool(false)],
  ["torch.jit.is_tracing", () => bool(false)],
  ["torch.is_grad_enabled", () => bool(undefined)],
  ["copy.deepcopy", (machine, { positional: [value] }) => (value ? deepCopy(machine, value) : none)],
  ["copy.copy", (machine, { positional: [value] }) => (value ? shallowCopy(machine, value) : none)],
  ["typing.cast", (_, { positional: [, value] }) => value ?? none],
  ["torch.Size", (machine, given, site) => builtins.get("builtins.tuple")!(machine, given, site)],
]);

const orderedDict: Builtin = (machine, given, site) => {
  const [from] = given.positional;
  const items = from && from.kind !== "dict" ? elementsOf(machine, from) : undefined;
  if (!from || from.kind === "dict") return builtins.get("builtins.dict")!(machine, given, site);
  const entries = machine.newTable<{ key: Value; value: Value }>();
  for (const item of items ?? [none]) {
    const [key, value] = item.kind === "tuple" ? item.items : [];
    if (key?.kind !== "str" || key.value === undefined || !value) return unknown("the dict is not known");
    entries.set(`s${key.value}`, { key, value });
  }
  return { kind: "dict", entries };
};

export function elementCount(machine: Parameters<Builtin>[0], value: Value | undefined): Value {
  const dims = value?.kind === "tensor" ? knownDims(machine.facts.resolveShape(value.shape)) : undefined;
  return dims ? { kind: "int", value: product(dims), measured: true } : unknown("the number of elements is not known");
}
