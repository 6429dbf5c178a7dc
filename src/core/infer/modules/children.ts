/** Layers of PyTorch that are made of other layers: how their rows say which, and how `forward` runs them. */
import { type Operation } from "../../ops/define";
import { type BoundCall } from "../../ops/signature";
import { bool, int, none, str, unknown } from "../../ops/value";
import { constantValue, unknownSize } from "../../shape/dim";
import { type SizeExpression } from "../../shape/expression";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { knownItems } from "../collections/lists";
import { fromOpValue } from "../tensors/opValues";
import { type InstanceValue, type Value, external } from "../values/value";
import { runUntilStable } from "../statements/openRounds";
import { childrenOf, openChildren } from "./containers";
import { ends } from "../memory/scope";

type Names = (name: string) => Value | undefined;

/** Gives a new layer the layers inside of it. False where they are not known. */
export function buildChildren(
  machine: Machine,
  instance: InstanceValue,
  operation: Operation,
  bound: BoundCall,
  given: Arguments,
  site: Site,
): boolean {
  const { parameters } = operation.signature;
  // What an operation sees of a call leaves layers out: those are taken from the call itself.
  const argument: Names = (name) => {
    const at = parameters.findIndex((parameter) => parameter.name === name);
    const own = given.keywords.get(name) ?? given.positional[at];
    return own ?? (bound.values.has(name) ? fromOpValue(bound.values.get(name)!) : undefined);
  };
  let known = true;
  for (const [name, expression] of operation.children) {
    const child = evaluate(machine, expression, argument, site);
    if (child.kind === "instance" || child.kind === "none") instance.attributes.set(name, child);
    else if (child.kind === "unknown") known = false;
  }
  return known;
}

/** The value of a row's expression: a layer that is built, an argument, or a constant. */
function evaluate(machine: Machine, expression: SizeExpression, names: Names, site: Site): Value {
  switch (expression.kind) {
    case "number":
      return int(expression.value);
    case "text":
      return str(expression.value);
    case "name":
      return constants.get(expression.name) ?? names(expression.name) ?? unknown(`${expression.name} is not known`);
    case "binary": {
      const left = evaluate(machine, expression.left, names, site);
      return left.kind === "none" ? evaluate(machine, expression.right, names, site) : left;
    }
    case "call": {
      const values = expression.args.map((argument) => evaluate(machine, argument, names, site));
      return expression.callee === "copies"
        ? copies(machine, values, site)
        : machine.call(external(`torch.nn.${moduleOf(expression.callee)}`), args(...values), site);
    }
    default:
      return unknown("the row says nothing that is known");
  }
}

const constants = new Map<string, Value>([
  ["None", none],
  ["True", bool(true)],
  ["False", bool(false)],
]);

/** The one inner layer that `torch.nn` does not offer itself. */
function moduleOf(name: string): string {
  return name === "NonDynamicallyQuantizableLinear" ? `modules.linear.${name}` : name;
}

/** A list of layers, each a deep copy of the same one. */
function copies(machine: Machine, [layer, count]: readonly Value[], site: Site): Value {
  const times = count?.kind === "int" ? constantValue(count.value) : undefined;
  if (layer?.kind !== "instance" || (times ?? 0) > 1000)
    return unknown("how many copies there are of which layer is not known");
  if (times === undefined) {
    const each = machine.call(external("copy.deepcopy"), args(layer), site);
    const number = count?.kind === "int" ? count.value : unknownSize();
    return machine.call(external("torch.nn.ModuleList"), args(machine.newList({ each, count: number })), site);
  }
  const made = Array.from({ length: times }, () => machine.call(external("copy.deepcopy"), args(layer), site));
  return machine.call(external("torch.nn.ModuleList"), args(machine.newList(made)), site);
}

/** Runs the layers inside as the row's steps say. A layer that is `None` passes its first argument on. */
export function runSteps(
  machine: Machine,
  instance: InstanceValue,
  operation: Operation,
  bound: BoundCall,
  site: Site,
): Value {
  const layer = instance.layer.get("layer");
  const values = new Map([...bound.values].map(([name, value]) => [name, fromOpValue(value)]));
  const names: Names = (name) => {
    const own = values.get(name);
    const built = layer?.call.values.get(name);
    return own ?? instance.attributes.get(name) ?? (built && fromOpValue(built));
  };
  let result: Value = unknown("the layer does nothing");
  for (const { targets, call } of operation.steps) {
    if (call.kind !== "call") return unknown("a step is no call");
    const [first, ...rest] = call.args.map((argument) => evaluate(machine, argument, names, site));
    result =
      call.callee === "each"
        ? runEach(machine, first, rest, site)
        : runChild(machine, names(call.callee), [first!, ...rest], site);
    const items = targets.length > 1 ? knownItems(result) : [result];
    targets.forEach((target, i) => values.set(target, items?.[i] ?? unknown("a step gives something else")));
    result = items?.[0] ?? unknown("a step gives something else");
  }
  return result;
}

function runChild(machine: Machine, child: Value | undefined, given: readonly Value[], site: Site): Value {
  if (child?.kind === "none") return given[0]!;
  return child ? machine.call(child, args(...given), site) : unknown("a layer inside of it is not known");
}

function runEach(machine: Machine, list: Value | undefined, given: readonly Value[], site: Site): Value {
  const run = (value: Value, layer: Value): Value => runChild(machine, layer, [value, ...given.slice(1)], site);
  return list?.kind === "instance"
    ? runChain(machine, list, given[0]!, run, site)
    : unknown("the layers inside of it are not known");
}

/** One layer of a container after the other, each with the result of the one before; as a loop where there are any number. */
export function runChain(
  machine: Machine,
  container: InstanceValue,
  input: Value,
  run: (value: Value, layer: Value) => Value,
  { scope }: Site,
): Value {
  const layers = childrenOf(container);
  if (layers) return layers.reduce(run, input);
  const each = openChildren(container)?.each;
  if (!each) return unknown("the layers of the container are not known");
  const passed = machine.newTable<Value>("local");
  passed.set("x", input);
  runUntilStable(machine, scope, () => {
    passed.set("x", run(passed.get("x")!, each));
    return ends.normally;
  });
  return passed.get("x")!;
}
