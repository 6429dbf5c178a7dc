/** Evaluates expressions: a name, a call or a display to what is known of its value. */
import { bool, int, none, str, unknown } from "../ops/value";
import type {
  Call,
  Comprehension,
  Constant,
  Dict,
  Expression,
  FormattedString,
  Lambda,
  Subscript,
} from "../python/syntax";
import { binary, unary } from "./operators";
import { elementsOf, subscript } from "./sequences";
import { type Machine, type Site } from "./machine";
import { type Scope, lookup } from "./scope";
import { compare, truthOf } from "./truth";
import { type Value, external, knownItems } from "./value";
import { builtinNames } from "./builtins";
import { join } from "./join";
import { dictKey, textOf } from "./texts";

export function evaluateExpression(machine: Machine, node: Expression, scope: Scope): Value {
  machine.step();
  const value = evaluateKind(machine, node, scope);
  machine.remember(node, value, scope);
  return value;
}

function evaluateKind(machine: Machine, node: Expression, scope: Scope): Value {
  const evaluate = (part: Expression): Value => machine.evaluate(part, scope);
  const site: Site = { node, scope };
  switch (node.kind) {
    case "Constant":
      return constantOf(node, scope);
    case "Name":
      return lookup(scope, node.id) ?? builtin(node.id);
    case "Attribute":
      return machine.attribute(evaluate(node.value), node.attribute.name, site);
    case "Call":
      return evaluateCall(machine, node, scope);
    case "Subscript":
      return evaluateSubscript(machine, node, scope);
    case "BinaryOperation":
      return binary(machine, node.operator, evaluate(node.left), evaluate(node.right), site);
    case "UnaryOperation":
      return unary(machine, node.operator, evaluate(node.operand), site);
    case "BooleanOperation":
      return logical(node.operator, node.values, evaluate);
    case "Compare":
      return evaluateCompare(machine, node, evaluate, site);
    case "Conditional":
      return conditional(machine, node, evaluate);
    case "Tuple":
      return tupleOf(spread(node.elements, evaluate));
    case "List":
    case "SetDisplay":
      return machine.newList(spread(node.elements, evaluate));
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
      machine.assign(node.target, value, scope);
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
    case "YieldFrom":
      if (node.value) evaluate(node.value);
      return unknown("what is sent into a generator is not known");
    case "InvalidExpression":
      return unknown("the expression cannot be read");
  }
}

function constantOf(node: Constant, scope: Scope): Value {
  const origin = { path: scope.frame.path, span: { start: node.start, end: node.end } };
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
    case "bytes":
    case "imaginary":
      return unknown("bytes and complex numbers are not modelled");
  }
}

function builtin(name: string): Value {
  return builtinNames.has(name) ? external(`builtins.${name}`) : unknown(`nothing is known of ${name}`);
}

function tupleOf(items: readonly Value[] | undefined): Value {
  return items ? { kind: "tuple", items } : unknown("what is unpacked into the tuple is not known");
}

/** Elements in order, `*rest` put in place; undefined where a rest is not known. */
function spread(elements: readonly Expression[], evaluate: (part: Expression) => Value): Value[] | undefined {
  const items: Value[] = [];
  let known = true;
  for (const element of elements) {
    if (element.kind !== "Starred") {
      items.push(evaluate(element));
      continue;
    }
    const rest = knownItems(evaluate(element.value));
    if (rest) items.push(...rest);
    else known = false;
  }
  return known ? items : undefined;
}

function evaluateCall(machine: Machine, node: Call, scope: Scope): Value {
  const callee = machine.evaluate(node.callee, scope);
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let open = false;
  for (const arg of node.args) {
    if (arg.kind !== "Starred") {
      positional.push(machine.evaluate(arg, scope));
      continue;
    }
    const items = elementsOf(machine, machine.evaluate(arg.value, scope));
    if (items) positional.push(...items);
    else open = true;
  }
  for (const { name, value } of node.keywords) {
    const argument = machine.evaluate(value, scope);
    if (name) keywords.set(name.name, argument);
    else if (argument.kind === "dict") addEntries(keywords, argument);
    else open = true;
  }
  return machine.call(callee, { positional, keywords, open }, { node, scope });
}

function addEntries(keywords: Map<string, Value>, dict: Value & { kind: "dict" }): void {
  for (const { key, value } of dict.entries.values())
    if (key.kind === "str" && key.value !== undefined) keywords.set(key.value, value);
}

function evaluateSubscript(machine: Machine, node: Subscript, scope: Scope): Value {
  const value = machine.evaluate(node.value, scope);
  return subscript(machine, value, machine.evaluate(node.index, scope), { node, scope });
}

function logical(operator: "and" | "or", parts: readonly Expression[], evaluate: (part: Expression) => Value): Value {
  let result: Value | undefined;
  for (const [i, part] of parts.entries()) {
    const value = evaluate(part);
    result = result ? join(result, value) : value;
    const truth = truthOf(value);
    if (i < parts.length - 1 && truth === (operator === "or")) return result;
    if (truth === (operator === "and") && i < parts.length - 1) result = undefined;
  }
  return result ?? unknown("an empty test");
}

function evaluateCompare(
  machine: Machine,
  node: Expression & { kind: "Compare" },
  evaluate: (part: Expression) => Value,
  site: Site,
): Value {
  let left = evaluate(node.left);
  let result: boolean | undefined = true;
  for (const [i, operator] of node.operators.entries()) {
    const right = evaluate(node.comparators[i]!);
    if (left.kind === "tensor" || right.kind === "tensor") {
      if (operator === "is" || operator === "is not" || operator === "in" || operator === "not in") {
        result = compare(operator, left, right, machine.facts);
        left = right;
        continue;
      }
      return machine.call(
        external(tensorComparisons[operator]),
        { positional: [left, right], keywords: new Map(), open: false },
        site,
      );
    }
    const answer = compare(operator, left, right, machine.facts);
    if (answer === false) return bool(false);
    if (answer === undefined) result = undefined;
    left = right;
  }
  return bool(result);
}

const tensorComparisons = {
  "==": "torch.eq",
  "!=": "torch.ne",
  "<": "torch.lt",
  "<=": "torch.le",
  ">": "torch.gt",
  ">=": "torch.ge",
};

function conditional(
  machine: Machine,
  node: Expression & { kind: "Conditional" },
  evaluate: (part: Expression) => Value,
): Value {
  const truth = truthOf(evaluate(node.test));
  if (truth !== undefined) return evaluate(truth ? node.body : node.orelse);
  machine.record.uncertainty++;
  const joined = join(evaluate(node.body), evaluate(node.orelse));
  machine.record.uncertainty--;
  return joined;
}

function evaluateDict(machine: Machine, node: Dict, evaluate: (part: Expression) => Value): Value {
  const entries = machine.newTable<{ key: Value; value: Value }>();
  for (const entry of node.entries) {
    const value = evaluate(entry.value);
    if (entry.key) {
      const key = evaluate(entry.key);
      const name = dictKey(key);
      if (name === undefined) return unknown("a key of the dict is not known");
      entries.set(name, { key, value });
    } else if (value.kind === "dict") {
      for (const [name, other] of value.entries.items()) entries.set(name, other);
    } else return unknown("what is unpacked into the dict is not known");
  }
  return { kind: "dict", entries };
}

function evaluateComprehension(machine: Machine, node: Comprehension, outer: Scope): Value {
  const scope: Scope = {
    kind: "function",
    names: machine.newTable(true),
    parent: outer,
    frame: outer.frame,
    elsewhere: new Map(),
  };
  const results: { key: Value | undefined; value: Value }[] = [];
  const known = runClauses(machine, node, 0, scope, () => {
    const key = node.key && machine.evaluate(node.key, scope);
    results.push({ key, value: machine.evaluate(node.element, scope) });
  });
  if (node.form !== "dict") return machine.newList(known ? results.map((result) => result.value) : undefined);
  const entries = machine.newTable<{ key: Value; value: Value }>();
  for (const { key, value } of results) {
    const name = key && dictKey(key);
    if (!known || name === undefined) return unknown("a key of the dict is not known");
    entries.set(name, { key: key!, value });
  }
  return { kind: "dict", entries };
}

/** Runs the clauses from one on; false where an iterable or a condition is not known, after one run with unknowns. */
function runClauses(machine: Machine, node: Comprehension, index: number, scope: Scope, body: () => void): boolean {
  const clause = node.clauses[index];
  if (!clause) {
    body();
    return true;
  }
  const items = elementsOf(machine, machine.evaluate(clause.iterable, scope));
  let known = items !== undefined;
  for (const item of items ?? [unknown("what is iterated over is not known")]) {
    machine.assign(clause.target, item, scope);
    const truths = clause.conditions.map((condition) => truthOf(machine.evaluate(condition, scope)));
    if (truths.includes(false)) continue;
    if (truths.includes(undefined)) known = false;
    if (!runClauses(machine, node, index + 1, scope, body)) known = false;
  }
  return known;
}

function lambda(machine: Machine, node: Lambda, scope: Scope): Value {
  const defaults = new Map<string, Value>();
  for (const parameter of node.parameters) {
    if (parameter.default) defaults.set(parameter.name.name, machine.evaluate(parameter.default, scope));
  }
  return { kind: "function", node, name: "<lambda>", scope, defaults, owner: () => undefined, decorator: undefined };
}

function formatted(node: FormattedString, evaluate: (part: Expression) => Value): Value {
  let text: string | undefined = "";
  for (const part of node.parts) {
    const piece =
      part.kind === "StringPart" ? part.value : part.format.length > 0 ? undefined : textOf(evaluate(part.value));
    text = text === undefined || piece === undefined ? undefined : text + piece;
  }
  return str(text);
}
