/** Python's operators over the interpreter's values. */
import { asOperand, complexNumber, isComplex } from "../values/complexNumbers";
import { divide, combine } from "../../ops/elementwise";
import { isRefusal } from "../../ops/call";
import { refusedTypes } from "../../ops/elementTypes";
import { type FloatValue, type TensorValue, bool, numberLike, tensor, unknown, unknownData } from "../../ops/value";
import type { BinaryOperator, UnaryOperator } from "../../python/syntax";
import { type Dim, add, constant, constantValue, multiply, subtract } from "../../shape/dim";
import { floorDivide, modulo } from "../../shape/division";
import { unknownShape } from "../../shape/shape";
import { type Machine, type Site } from "../machine";
import { combinedSets } from "../collections/sets";
import { combined, turnedOver } from "../tensors/numbersOfCalls";
import { percentFormat } from "../library/strings";
import { joinedTexts } from "../values/texts";
import { matrixProduct } from "../tensors/matmul";
import { eachOfArrays, numbersOfArray, withNumbers } from "../tensors/arrayNumbers";
import { isArray, onArray, onArrays } from "../tensors/arrays";
import { sidesOf } from "../values/choices";
import { tested, turned } from "../statements/conditions";
import { ownArithmetic, ownSign } from "../classes/specialMethods";
import { asNumber, negated, truthOf } from "../values/truth";
import { asUsed, fromNumbers, namedSize } from "../values/unknownNumbers";
import { boundOf, extended, itemsOf, knownItems, repeated } from "../collections/lists";
import { toOpValue } from "../tensors/opValues";
import { type DictEntry, type Value, knownEntries } from "../values/value";

const integerOperations: Partial<Record<BinaryOperator, (a: Dim, b: Dim) => Dim | undefined>> = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "//": floorDivide,
  "%": modulo,
  "**": power,
  "<<": (a, b) => bits(a, b, (x, y) => x * 2 ** y),
  ">>": (a, b) => bits(a, b, (x, y) => Math.floor(x / 2 ** y)),
  "&": (a, b) => bits(a, b, (x, y) => x & y),
  "|": (a, b) => bits(a, b, (x, y) => x | y),
  "^": (a, b) => bits(a, b, (x, y) => x ^ y),
};

function power(base: Dim, exponent: Dim): Dim | undefined {
  const times = constantValue(exponent);
  if (times === undefined || times < 0 || times > 64) return undefined;
  let result = constant(1);
  for (let i = 0; i < times; i++) result = multiply(result, base);
  return result;
}

function bits(a: Dim, b: Dim, operation: (x: number, y: number) => number): Dim | undefined {
  const [x, y] = [constantValue(a), constantValue(b)];
  return x === undefined || y === undefined || x < 0 || y < 0 || x > 0x7fffffff || y > 0x7fffffff
    ? undefined
    : constant(operation(x, y));
}

/** What is left has the divisor's sign, and is exact, so that `5.0 // 0.1` is 49. */
function floatModulo(a: number, b: number): number {
  const left = a % b;
  return left !== 0 && left < 0 !== b < 0 ? left + b : left;
}

const floatOperations: Partial<Record<BinaryOperator, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.round((a - floatModulo(a, b)) / b),
  "%": floatModulo,
  "**": (a, b) => a ** b,
};

const tensorNames: Partial<Record<BinaryOperator, string>> = {
  "+": "torch.add",
  "-": "torch.sub",
  "*": "torch.mul",
  "/": "torch.div",
  "//": "torch.floor_divide",
  "%": "torch.remainder",
  "**": "torch.pow",
  "&": "torch.bitwise_and",
  "|": "torch.bitwise_or",
  "^": "torch.bitwise_xor",
};

export function binary(machine: Machine, operator: BinaryOperator, left: Value, right: Value, site: Site): Value {
  const [a, b] = [asUsed(left, machine.facts), asUsed(right, machine.facts)];
  const own = ownArithmetic(machine, operator, a, b, site);
  if (own) return own;
  if (a.kind === "tensor" || b.kind === "tensor")
    return tensorOperation(machine, operator, asOperand(a), asOperand(b), site);
  if (isComplex(a, b)) return complexNumber;
  return (
    arithmeticOfArrays(machine, operator, a, b, site) ??
    numberOperation(operator, a, b) ??
    namedOperation(operator, a, b) ??
    sequenceOperation(machine, operator, a, b) ??
    unknownResult(operator, a, b)
  );
}

/** Of numbers, texts and arrays comes nothing else; an object may define what its operators give. */
function unknownResult(operator: BinaryOperator, ...operands: readonly Value[]): Value {
  const reason = `the result of ${operator} is not known`;
  const areData = operands.every((value) => isPlainData(value) || isArray(value));
  return areData ? unknownData(reason) : unknown(reason);
}

const isPlainData = (value: Value): boolean =>
  ["int", "float", "bool", "str", "none", "tensor"].includes(value.kind) ||
  (value.kind === "unknown" && value.isData === true);

const numpyNames: Partial<Record<BinaryOperator, string>> = {
  "+": "numpy.add",
  "-": "numpy.subtract",
  "*": "numpy.multiply",
  "/": "numpy.divide",
  "//": "numpy.floor_divide",
  "**": "numpy.power",
  "@": "numpy.matmul",
};

function arithmeticOfArrays(
  machine: Machine,
  operator: BinaryOperator,
  left: Value,
  right: Value,
  site: Site,
): Value | undefined {
  const name = numpyNames[operator];
  const result = onArrays(machine, left, right, (x, y) => tensorOperation(machine, operator, x, y, site), site, name);
  // The last bit of a power is one library's own.
  const isSure =
    operator !== "**" || [left, right].every((side) => numbersOfArray(side)?.every(isInteger) ?? isInteger(side));
  const numbers =
    result && isSure ? eachOfArrays(left, right, (x, y) => binary(machine, operator, x, y, site)) : undefined;
  return result && numbers && isArray(result) ? withNumbers(result, numbers) : result;
}

/**
 * With a parameter that nobody gave a value: the result is not known, but where it is used as a size it is this one. What
 * divides a size, as in `C // heads`, is taken for an integer.
 */
function namedOperation(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const [a, b] = [namedSize(left), namedSize(right)];
  const result = a && b && integerOperations[operator]?.(a, b);
  if (!result) return fromNumbers([left, right], operator);
  const measured = left.kind === "int" && left.measured && (operator === "//" || operator === "%");
  if (measured) return { kind: "int", value: result, measured };
  const name = [left, right].find((value) => value.kind === "unknown")?.name;
  return { kind: "unknown", reason: `the result of ${operator} is not known`, name: name ?? "n", size: result };
}

function numberOperation(operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  const [a, b] = [toInteger(left), toInteger(right)];
  if (a && b) {
    const result = integerOperations[operator]?.(a.value, b.value);
    if (result)
      return (a.measured ?? b.measured)
        ? { kind: "int", value: result, measured: true }
        : { kind: "int", value: result };
  }
  const numeric = new Set(["int", "float", "bool"]);
  if (!numeric.has(left.kind) || !numeric.has(right.kind)) return undefined;
  const [x, y] = [asNumber(left), asNumber(right)];
  const calculate = floatOperations[operator];
  if (!calculate) return undefined;
  const value = x === undefined || y === undefined ? undefined : calculate(x, y);
  const [own, other] = [ofNumpyIn(left), ofNumpyIn(right)];
  return numberLike(value, own === true || other === true ? true : (own ?? other));
}

/** What is computed with one of NumPy's numbers is one too. */
function ofNumpyIn(value: Value): FloatValue["ofNumpy"] {
  return value.kind === "float" ? value.ofNumpy : undefined;
}

const isInteger = ({ kind }: Value): boolean => kind === "int";

function toInteger(value: Value): { value: Dim; measured?: true } | undefined {
  if (value.kind === "int") return value;
  return value.kind === "bool" && value.value !== undefined ? { value: constant(value.value ? 1 : 0) } : undefined;
}

/** Longer lists and texts are not followed. */
const longest = 10_000;

function sequenceOperation(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (left.kind === "str" && operator === "+" && right.kind === "str") return joinedTexts([left, right]);
  if (left.kind === "str" && operator === "%") return percentFormat(left, right);
  if (left.kind === "str") return operator === "*" ? repeatedText(left, right) : undefined;
  if (operator === "|" && [left, right].every(isType)) return { kind: "tuple", items: [left, right] };
  // A queue of limited length keeps its limit.
  if ([left, right].some((value) => value.kind === "list" && boundOf(value))) return unknown("the queue is not known");
  const combined = ofKeys(machine, operator, left, right);
  if (combined) return combined;
  if (operator === "+" && left.kind === right.kind && (left.kind === "list" || left.kind === "tuple")) {
    if (left.kind === "list" && right.kind === "list") return machine.newList(extended(itemsOf(left), itemsOf(right)));
    const [a, b] = [knownItems(left), knownItems(right)];
    return sequence(machine, left, a && b && a.length + b.length <= longest ? [...a, ...b] : undefined);
  }
  const isHeld = right.kind === "list" || right.kind === "tuple";
  const items = isHeld ? right : left;
  const times = toInteger(isHeld ? left : right);
  if (operator === "*" && (items.kind === "list" || items.kind === "tuple") && times) {
    const count = constantValue(times.value);
    const known = knownItems(items);
    const isRepeated = known && count !== undefined && count * known.length <= longest;
    if (!isRepeated && items.kind === "list") return machine.newList(repeated(itemsOf(items), times.value));
    return sequence(
      machine,
      items,
      isRepeated ? Array.from({ length: Math.max(0, count) }, () => known).flat() : undefined,
    );
  }
  return undefined;
}

/** `int | None`: one of several types, as a tuple of them is. */
const isType = (value: Value): boolean =>
  value.kind === "class" ||
  value.kind === "none" ||
  (value.kind === "external" &&
    /^(builtins\.(int|float|str|bool|list|dict|tuple|set)|torch\.Tensor)$/.test(value.name)) ||
  (value.kind === "tuple" && value.items.length > 1 && value.items.every(isType));

function repeatedText(text: Value & { kind: "str" }, times: Value): Value {
  const count = times.kind === "int" ? constantValue(times.value) : undefined;
  const isKnown = text.value !== undefined && count !== undefined && text.value.length * count <= longest;
  return { kind: "str", value: isKnown ? text.value.repeat(Math.max(0, count)) : undefined };
}

/** `|` of dicts, and the operators of sets. */
function ofKeys(machine: Machine, operator: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (operator === "|" && left.kind === "dict" && right.kind === "dict") {
    if (!knownEntries(right)) return unknown("which keys the dict has is not known");
    const entries = machine.newTable<DictEntry>();
    for (const [name, entry] of [...left.entries.items(), ...right.entries.items()]) entries.set(name, entry);
    return { kind: "dict", entries };
  }
  const isOfSets = operator === "|" || operator === "&" || operator === "-" || operator === "^";
  return isOfSets ? combinedSets(machine, operator, left, right) : undefined;
}

function sequence(machine: Machine, like: Value, items: readonly Value[] | undefined): Value {
  if (like.kind === "tuple") return items ? { kind: "tuple", items } : unknown("the tuple is not known");
  return machine.newList(items);
}

function tensorOperation(machine: Machine, operator: BinaryOperator, left: Value, right: Value, site: Site): Value {
  if (operator === "@") return matrixProduct(machine, left, right, site);
  const name = tensorNames[operator];
  if (!name) return unknown(`${operator} between tensors is not modelled`);
  const [a, b] = [toOpValue(left), toOpValue(right)];
  const call = {
    name,
    values: new Map([
      ["input", a],
      ["other", b],
    ] as const),
    given: new Set<string>(),
    facts: machine.facts,
  };
  const outcome = operator === "/" ? divide(call) : combine(a, b, machine);
  if (isRefusal(outcome)) {
    machine.record.refuse(name, outcome, site);
    return unknown("the shapes do not fit");
  }
  const refused = refusedTypes(name, call.values);
  if (refused) machine.record.refuse(name, refused, site);
  const isOpen =
    outcome.kind === "unknown" && [left, right].every(({ kind }) => kind === "tensor" || kind === "unknown");
  if (outcome.kind !== "tensor" && !isOpen) return unknown("the result is not known");
  // Beside something that is not known it is a tensor all the same, and so it is where the shapes are not known.
  const described = outcome.kind === "tensor" ? outcome : tensor(unknownShape(), undefined);
  const result = machine.produced(described, name, [left, right], site, { values: call.values });
  combined(name, left, right, result);
  return result;
}

/** `-x` and `~x`: sizes and type stay. */
function signed(machine: Machine, operator: "-" | "~", operand: TensorValue, site: Site): Value {
  const name = operator === "-" ? "torch.neg" : "torch.bitwise_not";
  const refused = refusedTypes(name, new Map([["input", operand]]));
  if (refused) machine.record.refuse(name, refused, site);
  const result = machine.produced(operand, "torch.neg", [operand], site);
  if (operator === "~") turnedOver(operand, result);
  return result;
}

export function unary(machine: Machine, operator: UnaryOperator, given: Value, site: Site): Value {
  const operand = asUsed(given, machine.facts);
  if (operator === "not") {
    const truth = truthOf(operand);
    const sides = truth === undefined ? sidesOf(given) : undefined;
    const result = bool(truth === undefined ? undefined : !truth);
    return sides ? tested(result, turned(sides)) : result;
  }
  if (operand === complexNumber && operator !== "~") return operand;
  if (operand.kind === "tensor") return operator === "+" ? operand : signed(machine, operator, operand, site);
  const own = ownSign(machine, operator, operand, site);
  if (own) return own;
  if (operator === "~" && operand.kind === "int") return { ...operand, value: subtract(constant(-1), operand.value) };
  const array = onArray(machine, operand, (inside) => machine.produced(inside, "torch.neg", [inside], site), site);
  if (array) return array;
  if (operator === "-" && operand.kind === "int") return { ...operand, value: subtract(constant(0), operand.value) };
  if (operator === "-" && operand.kind === "float") return negated(operand);
  if (operator === "+" && (operand.kind === "int" || operand.kind === "float")) return operand;
  return fromNumbers([operand], operator) ?? unknown(`${operator} is not known here`);
}
