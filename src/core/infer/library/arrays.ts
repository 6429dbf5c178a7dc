/** NumPy arrays of one axis, as far as model code makes lists of them, and random numbers: how many, not which. */
import { int, numberLike, tensor, unknown } from "../../ops/value";
import { constant, unknownInteger } from "../../shape/dim";
import { arrayOf, forgetArray, numbersOfArray } from "../tensors/arrayNumbers";
import { arrayAround, isArray, numberOf, tensorInArray } from "../tensors/arrays";
import { newInstance } from "../classes/classes";
import { asNumber } from "../values/truth";
import { pythonNumbers } from "../tensors/numbersOfCalls";
import { knownItems } from "../collections/lists";
import { type Value, external } from "../values/value";
import { dtypeIn } from "./arrayCreation";
import { nestedList } from "./arrayPieces";
import { inShapeOf, upToEach } from "./arrayReductions";
import { type Builtin, type Functions, argument, numberIn } from "./given";

/** Longer arrays are not followed. */
const longest = 1000;

const anyFloat: Value = { kind: "float", value: undefined };
const anyInteger = (): Value => int(unknownInteger());

const linspace: Builtin = (machine, given, site) => {
  const [start, stop, count] = [argument(given, 0, "start"), argument(given, 1, "stop"), argument(given, 2, "num")];
  const number = count ? numberIn(count) : 50;
  const isPlain = [start, stop].every((end) => end?.kind === "int" || end?.kind === "float");
  const names = ["start", "stop", "num", "endpoint", "dtype"];
  const isWhole = ![...given.keywords.keys()].some((name) => !names.includes(name)) && given.positional.length < 5;
  if (!isPlain || !isWhole || (number ?? 0) < 0) return unknown("the array is not known");
  const type = given.keywords.get("dtype");
  const dtype = type && type.kind !== "none" ? dtypeIn(type) : "float64";
  if (number !== undefined && number <= longest && dtype === "float64")
    return arrayOf(machine, evenly(asNumber(start!), asNumber(stop!), number, argument(given, 3, "endpoint")), site);
  const size = number === undefined ? count?.kind === "int" && count.value : constant(number);
  return size ? arrayAround(machine, tensor([size], dtype), site) : unknown("the array is not known");
};

/** `arange`, counted as NumPy does: from its first two numbers on. */
const arange: Builtin = (machine, given, site) => {
  const [first, second, third] = ["start", "stop", "step"].map((name, i) => argument(given, i, name));
  const [start, stop] = (second ? [first, second] : [int(0), first]) as Value[];
  const step = third ?? int(1);
  const numbers = [start, stop, step].map((value) => value && asNumber(value));
  const [from, to, by] = numbers as number[];
  const count = numbers.includes(undefined) || by === 0 ? NaN : Math.max(0, Math.ceil((to! - from!) / by!));
  if (!(count <= longest) || argument(given, 3, "dtype")) return ofTensor(machine, given, site);
  const isWhole = [start, stop, step].every((value) => value?.kind === "int" || value?.kind === "bool");
  const difference = from! + by! - from!;
  const items = Array.from({ length: count }, (_, i): Value => {
    const number = i === 1 ? from! + by! : from! + i * difference;
    return isWhole ? int(number) : { kind: "float", value: number };
  });
  return arrayOf(machine, items, site);
};

/** Of sizes that are no numbers PyTorch's function knows how many there are. */
const ofTensor: Builtin = (machine, given, site) => {
  const names = ["start", "stop", "step", "dtype"];
  const isPlain = given.positional.length > 1 || !given.keywords.has("step");
  if (
    given.open ||
    !isPlain ||
    given.positional.length > 3 ||
    given.keywords.size + given.positional.length > names.length
  )
    return unknown("the array is not known");
  const keywords = new Map([...given.keywords].filter(([name]) => name !== "dtype"));
  const renamed = new Map([...keywords].map(([name, value]) => [name === "stop" ? "end" : name, value] as const));
  const made = machine.record.silently(() =>
    machine.call(external("torch.arange"), { ...given, keywords: renamed }, site),
  );
  const dtype = given.keywords.get("dtype");
  if (made.kind !== "tensor") return unknown("the array is not known");
  const own = made.dtype === "float32" ? "float64" : made.dtype;
  return arrayAround(machine, { ...made, dtype: dtype ? dtypeIn(dtype) : own }, site);
};

/** NumPy's own steps, in its order, so that each number is the one that it has. */
function evenly(start: number | undefined, stop: number | undefined, count: number, endpoint?: Value): Value[] {
  const isPlain = endpoint === undefined || (endpoint.kind === "bool" && endpoint.value === true);
  if (start === undefined || stop === undefined || !isPlain) return Array<Value>(count).fill(anyFloat);
  const step = (stop - start) / (count - 1);
  return Array.from({ length: count }, (_, i): Value => {
    const number = i === 0 ? start : i === count - 1 ? stop : i * step + start;
    return { kind: "float", value: Number.isFinite(number) ? number : undefined };
  });
}

const listOfArray: Builtin = (machine, { positional: [array] }) => {
  const inside = tensorInArray(array);
  const numbers = numbersOfArray(array);
  const plain = numbers?.map((number) => (number.kind === "float" ? numberLike(number.value) : number));
  return (inside && !numbers ? nestedList(machine, inside) : undefined) ?? machine.newList(plain);
};

/** `tolist()` of a tensor: so many numbers of its kind. */
const listOfTensor: Builtin = (machine, { positional: [given] }) => {
  if (given?.kind !== "tensor") return unknown("the tensor is not known");
  const known = given.shape.length === 1 ? pythonNumbers(given) : undefined;
  return known
    ? machine.newList(known)
    : (nestedList(machine, given) ?? unknown("the numbers in a tensor are not known"));
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

/** A function of the numbers of one list or array alone, which gives as many whole numbers; `otherwise` where they are not known. */
function ofNumbers(
  read: (value: Value) => number | undefined,
  calculate: (numbers: readonly number[]) => readonly number[] | undefined,
  otherwise: Builtin,
): Builtin {
  return (machine, given, site) => {
    const { positional, keywords } = given;
    const [list] = positional;
    const numbers = (list && (numbersOfArray(list) ?? knownItems(list)))?.map(read);
    const isPlain = positional.length + keywords.size === 1 && numbers?.includes(undefined) === false;
    const results = isPlain ? calculate(numbers as number[]) : undefined;
    if (!results) return otherwise(machine, given, site);
    return arrayOf(
      machine,
      results.map((number) => int(number)),
      site,
    );
  };
}

/** Which places the numbers would have in order; of equal ones NumPy promises no order. */
const places = ofNumbers(
  asNumber,
  (numbers) => {
    const order = numbers.map((_, i) => i).sort((a, b) => numbers[a]! - numbers[b]!);
    return new Set(numbers).size < numbers.length ? undefined : order;
  },
  inShapeOf(() => "int64"),
);

/** The sums of whole numbers from the first one on. */
const sums = ofNumbers(
  numberIn,
  (numbers) => {
    let sum = 0;
    return numbers.map((number) => (sum += number));
  },
  upToEach,
);

/** The array that shares a tensor's memory, and the tensor that shares an array's: of the graph nothing goes with them. */
const arrayOfTensor: Builtin = (machine, { positional: [given] }, site) => {
  if (given?.kind !== "tensor") return unknown("the tensor is not known");
  return arrayAround(machine, machine.produced(given, "Tensor.numpy", [given], site), site);
};

const tensorFromArray: Builtin = (machine, { positional: [array] }, site) => {
  if (array && isArray(array)) forgetArray(array);
  const inside = tensorInArray(array);
  return inside ? machine.produced(inside, "torch.from_numpy", [inside], site) : unknown("the array is not known");
};

const floats = ["time.time", "time.perf_counter"];
const integers = ["cuda.device_count", "initial_seed", "seed", "get_num_threads", "get_num_interop_threads"].map(
  (name) => `torch.${name}`,
);

export const arrayFunctions: Functions = [
  ["numpy.linspace", linspace],
  ["numpy.arange", arange],
  ["numpy.argsort", places],
  ["numpy.cumsum", sums],
  ["numpy.ndarray.tolist", listOfArray],
  ["Tensor.tolist", listOfTensor],
  ["Tensor.numpy", arrayOfTensor],
  ["torch.from_numpy", tensorFromArray],
  ...["torch", "numpy"].flatMap((library): Functions => [
    [`${library}.finfo`, limits(`${library}.finfo`, () => (library === "numpy" ? numberOf("float32") : anyFloat))],
    [`${library}.iinfo`, limits(`${library}.iinfo`, anyInteger)],
  ]),
  ...floats.map((name) => [name, (): Value => anyFloat] as const),
  ...integers.map((name) => [name, anyInteger] as const),
];
