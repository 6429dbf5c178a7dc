/** Evaluates expressions: a name, a call or a display to what is known of its value. */
import { aroundComprehensions } from "./comprehensions";
import { dictIn } from "../classes/dictObjects";
import { type StringValue, bool, int, none, str, unknown } from "../../ops/value";
import type {
  BooleanOperation,
  Conditional,
  Constant,
  Dict,
  Expression,
  FormattedString,
  Interpolation,
  Lambda,
  Subscript,
} from "../../python/syntax";
import { complexNumber } from "../values/complexNumbers";
import { binary, unary } from "./operators";
import { followImport, submoduleHere } from "../imports/imports";
import { elementsOf } from "../collections/elements";
import { subscript } from "../collections/sequences";
import { type Machine, type Site } from "../machine";
import { type Written, isWrittenOut, oneOfWritten, writtenIn } from "./displays";
import { type Scope, ends, lookup } from "../memory/scope";
import { truthOf } from "../values/truth";
import { type Value, external } from "../values/value";
import { builtinNames } from "./builtins";
import { join } from "../values/join";
import { refuseAttribute } from "../calls/refusedByPython";
import { evaluateCall } from "./callExpressions";
import { alternativesOf, sidesOf } from "../values/choices";
import { evaluateCompare } from "./comparisons";
import { type Sides, combinedSides, tested } from "../statements/conditions";
import { evaluateComprehension } from "./comprehensions";
import { formatValue } from "../library/strings";
import { setOf } from "../collections/iterators";
import { asText, dictKey, joinedTexts } from "../values/texts";

export function evaluateExpression(machine: Machine, node: Expression, scope: Scope): Value {
  machine.step();
  const value = machine.nested(() => evaluateKind(machine, node, scope)) ?? unknown("it is nested too deeply");
  if (value.kind === "unknown") machine.record.unknowns++;
  machine.remember(node, value, scope);
  return value;
}

function evaluateKind(machine: Machine, node: Expression, scope: Scope): Value {
  if (node.kind === "Constant") return constantOf(node, scope);
  if (node.kind === "Name") return followed(machine, lookup(scope, node.id)) ?? builtin(machine, node.id, scope);
  const evaluate = (part: Expression): Value => machine.evaluate(part, scope);
  const site: Site = { node, scope };
  switch (node.kind) {
    case "Attribute":
      return evaluateAttribute(machine, evaluate(node.value), node.attribute.name, site);
    case "Call":
      return evaluateCall(machine, node, scope);
    case "Subscript":
      return evaluateSubscript(machine, node, scope);
    case "BinaryOperation":
      return binary(machine, node.operator, evaluate(node.left), evaluate(node.right), site);
    case "UnaryOperation":
      return unary(machine, node.operator, evaluate(node.operand), site);
    case "BooleanOperation":
      return logical(machine, node, 0, scope);
    case "Compare":
      return evaluateCompare(machine, node, evaluate, site);
    case "Conditional":
      return conditional(machine, node, scope);
    case "Tuple":
      return tupleOf(spread(machine, node.elements, evaluate));
    case "List":
      return machine.newList(spread(machine, node.elements, evaluate));
    case "SetDisplay":
      return setOf(machine, spread(machine, node.elements, evaluate));
    case "Dict":
      return evaluateDict(machine, node, evaluate);
    case "Comprehension":
      return evaluateComprehension(machine, node, scope);
    case "Lambda":
      return lambda(machine, node, scope);
    case "FormattedString":
      return formatted(node, evaluate);
    case "NamedExpression": {
      const value = evaluate(node.value);
      machine.assign(node.target, value, aroundComprehensions(scope));
      return value;
    }
    case "Slice":
      return {
        kind: "slice",
        lower: node.lower ? evaluate(node.lower) : none,
        upper: node.upper ? evaluate(node.upper) : none,
        step: node.step ? evaluate(node.step) : none,
      };
    case "Starred":
    case "Await":
      evaluate(node.value);
      return unknown("it is unpacked or awaited");
    case "Yield":
      scope.frame.yielded?.(node.value ? evaluate(node.value) : none);
      return unknown("what is sent into a generator is not known");
    case "YieldFrom":
      yieldAll(machine, evaluate(node.value), scope);
      return unknown("what a generator returns is not known");
    case "InvalidExpression":
      return unknown("the expression cannot be read");
  }
}

/** A name that an import binds is followed when it is used. */
function followed(machine: Machine, value: Value | undefined): Value | undefined {
  return value?.kind === "import" ? followImport(machine, value) : value;
}

function yieldAll(machine: Machine, value: Value, scope: Scope): void {
  const items = elementsOf(machine, value);
  for (const item of items ?? []) scope.frame.yielded?.(item);
  // Of nothing is known how often it is yielded: what reads it does not know its items either.
  if (!items)
    machine.either(
      scope,
      () => (scope.frame.yielded?.(unknown("what is yielded is not known")), ends.normally),
      () => ends.normally,
    );
}

function constantOf(node: Constant, scope: Scope): Value {
  const origin = { path: scope.frame.path, span: node };
  switch (node.type) {
    case "none":
      return none;
    case "bool":
      return bool(node.value);
    case "int":
      return node.exact ? int(node.value, origin) : unknown("the number is too large");
    case "float":
      return { kind: "float", value: node.value, origin };
    case "str":
      return str(node.value);
    case "ellipsis":
      return external("builtins.Ellipsis");
    case "imaginary":
      return complexNumber;
    case "bytes":
      return unknown("bytes are not modelled");
  }
}

function builtin(machine: Machine, name: string, { frame }: Scope): Value {
  if (builtinNames.has(name)) return external(`builtins.${name}`);
  return submoduleHere(machine, frame.path, name) ?? unknown(`nothing is known of ${name}`);
}

function tupleOf(items: readonly Value[] | undefined): Value {
  return items ? { kind: "tuple", items } : unknown("what is unpacked into the tuple is not known");
}

/** Elements in order, `*rest` put in place; undefined where a rest is not known. */
function spread(
  machine: Machine,
  elements: readonly Expression[],
  evaluate: (part: Expression) => Value,
): Value[] | undefined {
  const items: Value[] = [];
  let known = true;
  for (const element of elements) {
    if (element.kind !== "Starred") {
      items.push(evaluate(element));
      continue;
    }
    const rest = elementsOf(machine, evaluate(element.value));
    if (rest) items.push(...rest);
    else known = false;
  }
  return known ? items : undefined;
}

function evaluateSubscript(machine: Machine, node: Subscript, scope: Scope): Value {
  const value = machine.evaluate(node.value, scope);
  return subscript(machine, value, machine.evaluate(node.index, scope), { node, scope });
}

/** `a and b`, `a or b`: what stands behind a part whose truth is not known may not be evaluated. */
function logical(machine: Machine, node: BooleanOperation, index: number, scope: Scope): Value {
  const value = machine.evaluate(node.values[index]!, scope);
  if (index === node.values.length - 1) return value;
  const truth = truthOf(value);
  if (truth === (node.operator === "or")) return value;
  const rest = (): Value => logical(machine, node, index + 1, scope);
  // Where the first part decides, its truth is known: `flag and None` is never true.
  const decides: Value = value.kind === "bool" ? bool(node.operator === "or") : value;
  if (truth !== undefined) return rest();
  let other: Value = decides;
  const result = oneOf(
    machine,
    scope,
    () => decides,
    () => (other = rest()),
  );
  const isTest = result.kind === "bool" || (result.kind === "unknown" && !alternativesOf(result));
  return isTest ? tested({ ...result }, combinedSides(node.operator, [value, other])) : result;
}

/** Evaluates both sides as branches, since each may change things and teach facts. */
function oneOf(machine: Machine, scope: Scope, first: () => Value, second: () => Value, sides?: Sides): Value {
  const values: Value[] = [];
  const branch = (side: () => Value) => () => {
    values.push(side());
    return ends.normally;
  };
  machine.either(scope, branch(first), branch(second), undefined, sides);
  return values.reduce((a, b) => join(a, b, machine.facts, sides));
}

function conditional(machine: Machine, node: Conditional, scope: Scope): Value {
  const test = machine.evaluate(node.test, scope);
  const truth = truthOf(test);
  if (truth !== undefined) return machine.evaluate(truth ? node.body : node.orelse, scope);
  const areWritten = isWrittenOut(node.body) && isWrittenOut(node.orelse);
  const written: (Written | undefined)[] = [];
  const side = (part: Expression) => (): Value => {
    const value = machine.evaluate(part, scope);
    if (areWritten) written.push(writtenIn(value));
    return value;
  };
  const either = oneOf(machine, scope, side(node.body), side(node.orelse), sidesOf(test));
  const [a, b] = written;
  return (a && b && oneOfWritten(machine, a, b, sidesOf(test))) ?? either;
}

function evaluateDict(machine: Machine, node: Dict, evaluate: (part: Expression) => Value): Value {
  const entries = machine.newTable<{ key: Value; value: Value }>();
  for (const entry of node.entries) {
    const key = entry.key && evaluate(entry.key);
    const value = evaluate(entry.value);
    if (key) {
      const name = dictKey(key);
      if (name === undefined) return unknown("a key of the dict is not known");
      entries.set(name, { key, value });
    } else if (dictIn(value)) {
      for (const [name, other] of dictIn(value)!.entries.items()) entries.set(name, other);
    } else return unknown("what is unpacked into the dict is not known");
  }
  return { kind: "dict", entries };
}

function lambda(machine: Machine, node: Lambda, scope: Scope): Value {
  const defaults = new Map<string, Value>();
  for (const parameter of node.parameters) {
    if (parameter.default) defaults.set(parameter.name.name, machine.evaluate(parameter.default, scope));
  }
  return { kind: "function", node, name: "<lambda>", scope, defaults, owner: () => undefined, decorator: undefined };
}

function interpolated(part: Interpolation, evaluate: (part: Expression) => Value): StringValue {
  const value = evaluate(part.value);
  const format = joinedTexts(part.format.map((piece) => pieceOf(piece, evaluate))).value;
  // Other conversions put quotes around texts.
  const isAsIs = part.conversion === undefined || part.conversion === "s" || value.kind === "int";
  if (!isAsIs || format === undefined) return str(undefined);
  return format === "" ? asText(value) : str(formatValue(value, format));
}

function pieceOf(part: FormattedString["parts"][number], evaluate: (part: Expression) => Value): StringValue {
  return part.kind === "StringPart" ? str(part.value) : interpolated(part, evaluate);
}

function formatted(node: FormattedString, evaluate: (part: Expression) => Value): Value {
  return joinedTexts(node.parts.map((part) => pieceOf(part, evaluate)));
}

function evaluateAttribute(machine: Machine, value: Value, name: string, site: Site): Value {
  const found = machine.attribute(value, name, site);
  refuseAttribute(machine, value, name, found, site);
  return found;
}
