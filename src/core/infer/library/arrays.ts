/** NumPy arrays of one axis, as far as model code makes lists of them, and random numbers: how many, not which. */
import { int, unknown } from "../../ops/value";
import { knownDims } from "../../shape/shape";
import { constantValue, unknownInteger } from "../../shape/dim";
import { newInstance } from "../classes";
import { type Machine, type Site } from "../machine";
import { type InstanceValue, type Value, external, knownItems } from "../value";
import { type Builtin, type Functions, argument, numberIn } from "./given";

/** Where an array keeps its numbers. */
const valuesName = "<values>";

/** Longer arrays are not followed. */
const longest = 1000;

const anyFloat: Value = { kind: "float", value: undefined };
const anyInteger = (): Value => int(unknownInteger());

const arrayOf = (machine: Machine, items: readonly Value[], site: Site): Value => {
  const made = newInstance(machine, external("numpy.ndarray"), site);
  made.attributes.set(valuesName, { kind: "tuple", items });
  return made;
};

/** The numbers of an array; undefined for anything else. */
export function numbersOfArray({ type, attributes }: InstanceValue): readonly Value[] | undefined {
  const values = type.kind === "external" && type.name === "numpy.ndarray" ? attributes.get(valuesName) : undefined;
  return values && knownItems(values);
}

const linspace: Builtin = (machine, given, site) => {
  const [start, stop, count] = [argument(given, 0, "start"), argument(given, 1, "stop"), argument(given, 2, "num")];
  const number = count ? numberIn(count) : 50;
  const isPlain = [start, stop].every((end) => end?.kind === "int" || end?.kind === "float");
  const isWhole = ![...given.keywords.keys()].some((name) => !["start", "stop", "num", "endpoint"].includes(name));
  return !isPlain || !isWhole || number === undefined || number < 0 || number > longest
    ? unknown("the array is not known")
    : arrayOf(machine, Array<Value>(number).fill(anyFloat), site);
};

const listOfArray: Builtin = (machine, { positional: [array] }) =>
  machine.newList(array?.kind === "instance" ? numbersOfArray(array) : undefined);

/** `tolist()` of a tensor of one axis: so many numbers of its kind. */
const listOfTensor: Builtin = (machine, { positional: [tensor] }) => {
  const dims = tensor?.kind === "tensor" ? knownDims(machine.facts.resolveShape(tensor.shape)) : undefined;
  const count = dims?.length === 1 ? constantValue(dims[0]!) : undefined;
  const dtype = tensor?.kind === "tensor" ? tensor.dtype : undefined;
  if (count === undefined || count > longest || dtype === undefined)
    return unknown("the numbers in a tensor are not known");
  const isFloat = /^b?float/.test(dtype);
  if (!isFloat && !/^u?int/.test(dtype)) return unknown("the numbers in a tensor are not known");
  return machine.newList(Array.from({ length: count }, () => (isFloat ? anyFloat : anyInteger())));
};

/** `torch.finfo(dtype)`: its limits are numbers. */
const limits =
  (name: string, number: () => Value): Builtin =>
  (machine, _, site) => {
    const made = newInstance(machine, external(name), site);
    for (const limit of ["max", "min", "eps", "tiny", "smallest_normal", "resolution"])
      made.attributes.set(limit, number());
    made.attributes.set("bits", anyInteger());
    return made;
  };

const floats = ["random.random", "random.uniform", "random.gauss", "time.time", "time.perf_counter"];
const integers = ["random.randint", "random.randrange", "torch.cuda.device_count", "torch.initial_seed"];

export const arrayFunctions: Functions = [
  ["numpy.linspace", linspace],
  ["numpy.ndarray.tolist", listOfArray],
  ["Tensor.tolist", listOfTensor],
  ["torch.finfo", limits("torch.finfo", () => anyFloat)],
  ["torch.iinfo", limits("torch.iinfo", anyInteger)],
  ...floats.map((name) => [name, (): Value => anyFloat] as const),
  ...integers.map((name) => [name, anyInteger] as const),
];
