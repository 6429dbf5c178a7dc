/** Python's operators over the interpreter's values. */
import { asOperand, complexNumber, isComplex } from "../values/complexNumbers";
import { categoryOf } from "../../ops/dtype";
import { divide, combine } from "../../ops/elementwise";
import { isRefusal } from "../../ops/call";
import { refusedTypes } from "../../ops/elementTypes";
import { type TensorValue, bool, tensor, unknown, unknownData } from "../../ops/value";
import type { BinaryOperator, UnaryOperator } from "../../python/syntax";
import { constant, subtract } from "../../shape/dim";
import { unknownShape } from "../../shape/shape";
import { refuseOperand } from "../calls/takenForTensors";
import { type Machine, type Site } from "../machine";
import { combined, turnedOver } from "../tensors/numbersOfCalls";
import { matrixProduct } from "../tensors/matmul";
import { eachOfArrays, numbersOfArray, withNumbers } from "../tensors/arrayNumbers";
import { isArray, onArray, onArrays, tensorInArray } from "../tensors/arrays";
import { sidesOf } from "../values/choices";
import { tested, turned } from "../statements/conditions";
import { ownArithmetic, ownSign } from "../classes/specialMethods";
import { negated, truthOf } from "../values/truth";
import { asUsed, fromNumbers } from "../values/unknownNumbers";
import { toOpValue } from "../tensors/opValues";
import { type Value } from "../values/value";
import { namedOperation, numberOperation } from "./numberOperations";
import { sequenceOperation } from "./sequenceOperations";

const isInteger = ({ kind }: Value): boolean => kind === "int";

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
  // NumPy does that, which takes truth values beside numbers.
  if (operator === "-" && a.kind === "tensor" && a.dtype === "bool" && isArray(b))
    return unknown("what NumPy subtracts from truth values is not followed");
  if (a.kind === "tensor" || b.kind === "tensor") {
    const result = tensorOperation(machine, operator, asOperand(a), asOperand(b), site);
    if (result.kind === "unknown") refuseOperand(machine, operator, a, b, site);
    // With an array, NumPy decides which type numbers of two kinds get.
    return result.kind === "tensor" && isArray(b) && isMixed(a, b) ? { ...result, dtype: undefined } : result;
  }
  if (isComplex(a, b)) return complexNumber;
  return (
    arithmeticOfArrays(machine, operator, a, b, site) ??
    numberOperation(operator, a, b) ??
    namedOperation(operator, a, b) ??
    sequenceOperation(machine, operator, a, b) ??
    unknownResult(operator, a, b)
  );
}

/** Whether a tensor and an array have numbers of two kinds, or one of them a single number. */
function isMixed(a: Value, b: Value): boolean {
  const [one, other] = [a, tensorInArray(b)];
  if (one.kind !== "tensor" || !other) return true;
  const types = [one.dtype, other.dtype];
  const areFloating = types.every((dtype) => dtype !== undefined && categoryOf(dtype) === 2);
  return one.dtype !== other.dtype && !(areFloating && [one, other].every(({ shape }) => shape.length > 0));
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
