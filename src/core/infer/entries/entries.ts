/**
 * What is run by itself behind a module's own statements: every function, model class and method that the program leaves
 * unused. Each is an entry of its own.
 */
import { none } from "../../ops/value";
import { isUnknownShape } from "../../shape/shape";
import type { Module, Node, Parameter } from "../../python/syntax";
import { forgotten, isModuleClass } from "../classes/classes";
import { type Defaults, build, callAsDescribed, constructorOf, inputsOf, runForward, withDefaults } from "./entryCalls";
import { calleeOf, formsOf, inputsOfForm, rankNames, recordForm } from "./forms";
import { openClass } from "./openClasses";
import { loosen, loosenCollections } from "./reassigned";
import { type Interpreter } from "../interpreter";
import { type Site } from "../machine";
import { type Part } from "../record/part";
import { type Scope } from "../memory/scope";
import { type ClassValue, type InstanceValue, type Value } from "../values/value";

/** Something to be run by itself. */
export interface Entry {
  readonly node: Node;
  /** The object of a class that is called. */
  readonly object?: InstanceValue;
  /** What the record so far asks it for, beside what is in memory. */
  readonly asked?: string;
  /** Gives the object that it makes, where making one is all that it is for. */
  readonly run: () => Value | undefined;
}

/** Entries in their order; it is told what each of them gave. */
type Entries = Generator<Entry, void, Value | undefined>;

/** `before` is what is on record by the time the next one is asked for. */
export function* entriesOf(machine: Interpreter, scope: Scope, module: Module, before: Part): Entries {
  const values = scope.names.values();
  for (const value of values) {
    if (value.kind !== "function" || value.scope !== scope || before.called.has(value.node)) continue;
    const site: Site = {
      node: value.node,
      scope,
      entry: value.node.parameters.some(isOptional) ? "special" : "general",
    };
    const run = (): undefined => {
      withDefaults(machine, { scope, module }, false, (defaults) => {
        callAsDescribed(machine, { callee: value, own: value }, site, module, defaults);
      });
    };
    yield { node: value.node, run };
  }
  for (const value of values)
    if (value.kind === "class" && isModuleClass(value) && !wasCalled(before, value))
      yield* models(machine, value, scope, module, before);
  for (const value of values) if (value.kind === "class") yield* methodsOf(machine, value, scope, module, before);
  yield* forms(machine, scope, module, before);
}

/** A tensor of which more is known than that it is one. */
function isTold(input: Value): boolean {
  return input.kind === "tensor" && !isUnknownShape(input.shape);
}

/** A call with inputs of which nothing is known says nothing. */
function wasCalled(before: Part, type: ClassValue): boolean {
  if (before.forwarded.has(type)) return true;
  return before.moduleCalls.some(
    ({ module, inputs }) => module.type === type && inputs.some((input) => input.kind === "int" || isTold(input)),
  );
}

const isOptional = (parameter: Parameter): boolean => parameter.default !== undefined;

/** Objects of one class that are run. */
const mostObjects = 4;

/** The objects of a class that the program has built, or one with the defaults, each with its `forward`. */
function* models(machine: Interpreter, type: ClassValue, scope: Scope, module: Module, before: Part): Entries {
  const isSpecial = [...constructorOf(type), ...inputsOf(type)].some(isOptional);
  const site: Site = { node: type.node.name, scope, entry: isSpecial ? "special" : "general" };
  const forward = (object: InstanceValue, withOpen: () => Value, isOwn: boolean): Entry => ({
    node: type.node,
    object,
    run: () => {
      const filledLater = isOwn ? loosenCollections(machine, object) : [];
      withDefaults(machine, { scope, module }, true, (defaults) => {
        const model = defaults === "open" ? withOpen() : object;
        if (model.kind !== "instance") return;
        if (defaults !== "taken") loosen(machine, model, scope.names.values(), true);
        runForward(machine, model, site, module, defaults === "taken" ? "taken" : "open");
      });
      for (const [name, value] of filledLater) object.attributes.set(name, value);
      return undefined;
    },
  });
  const built = before.instances.filter(({ type: own, attributes }) => own === type && !attributes.has(forgotten));
  for (const object of built.slice(0, mostObjects)) yield forward(object, () => object, false);
  if (built.length > 0) return;
  const buildOpen = (): Value => builtOpen(machine, type, scope, site);
  const made = yield { node: type.node, run: () => builtWithDefaults(machine, type, site, module, true, buildOpen) };
  if (made?.kind === "instance") yield forward(made, buildOpen, true);
}

/** An object of which no more is known than holds for every object of the class, and of those that derive from it. */
function builtOpen(machine: Interpreter, type: ClassValue, scope: Scope, site: Site): Value {
  openClass(type, scope.names.values());
  return build(machine, type, site, "open");
}

/** An object of a class; what PyTorch refuses while it is built has nothing to do with what is done with it. */
function builtWithDefaults(
  machine: Interpreter,
  type: ClassValue,
  site: Site,
  module: Module,
  isModel: boolean,
  buildOpen: () => Value,
): Value {
  let made: Value = none;
  withDefaults(machine, { scope: site.scope, module }, isModel, (defaults) => {
    const object = defaults === "open" ? buildOpen() : build(machine, type, site, "taken");
    if (defaults === "taken") made = object;
  });
  return made;
}

/** Behind so many steps the methods that nobody calls are left alone. */
const mostStepsBefore = 200_000;

/**
 * The methods that nobody calls, such as those of a trainer that another file makes: each on an object of its own, since
 * nobody knows in which order they are called.
 */
function* methodsOf(machine: Interpreter, type: ClassValue, scope: Scope, module: Module, before: Part): Entries {
  const site: Site = { node: type.node.name, scope, entry: "special" };
  for (const [name, method] of type.attributes.items()) {
    const isOwn = method.kind === "function" && method.scope.frame.path === scope.frame.path;
    if (!isOwn || method.decorator || /^__\w+__$/.test(name) || before.called.has(method.node)) continue;
    if (machine.steps > mostStepsBefore || machine.stopped) return;
    const buildOpen = (): Value => builtOpen(machine, type, scope, site);
    const run = (): undefined => {
      const object = builtWithDefaults(machine, type, site, module, false, buildOpen);
      if (object.kind !== "instance") return;
      withDefaults(machine, { scope, module }, false, (defaults) => {
        const receiver = defaults === "open" ? buildOpen() : object;
        if (receiver.kind !== "instance") return;
        loosen(machine, receiver, scope.names.values(), defaults === "open");
        const bound: Value = { kind: "method", receiver, callee: method };
        callAsDescribed(machine, { callee: bound, own: method }, site, module, defaults);
      });
    };
    yield { node: method.node, run };
  }
}

/**
 * What the program calls in several sizes, once more with open arguments, for what its lines say; without those inputs that
 * may be left out, which are masks as a rule; and with inputs of as many dimensions as they have in all calls.
 */
function* forms(machine: Interpreter, scope: Scope, module: Module, before: Part): Entries {
  for (const form of formsOf(scope, before, machine.facts)) {
    if (machine.steps > mostStepsBefore || machine.stopped) return;
    const { own, type } = form;
    const site: Site = { node: type?.node.name ?? own.node, scope, entry: "general" };
    const record = (defaults: Defaults, isRanked: boolean): void => {
      const tensors = inputsOfForm(form, isRanked);
      recordForm(machine, form, () => {
        const callee = calleeOf(form, type && build(machine, type, site, "open"));
        if (callee) callAsDescribed(machine, { callee, own, tensors }, site, module, defaults);
      });
    };
    const run = (): undefined => {
      record("open", false);
      if (own.node.parameters.some(isOptional)) record("taken", false);
      record("taken", true);
    };
    yield { node: own.node, run, asked: rankNames(form) };
  }
}
