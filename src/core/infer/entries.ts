/**
 * Where an analysis starts: the module's own statements, and then every function and model class that they leave unused,
 * with their defaults and with inputs of which nothing is assumed but, for models, that they are tensors.
 */
import { unknown } from "../ops/value";
import type { Expression, FunctionDef, Module, Parameter } from "../python/syntax";
import { newRest } from "../shape/shape";
import { classAttribute, forgotten, isModuleClass, linearised } from "./classes";
import { type Interpreter } from "./interpreter";
import { type Description, describedParameters } from "./described";
import { type Arguments, OutOfSteps, type Site } from "./machine";
import { type Scope } from "./scope";
import { type ClassValue, type FunctionValue, type InstanceValue, type Value } from "./value";

/** Runs everything there is to run in a module. */
export function runModule(machine: Interpreter, module: Module, path: string): Scope {
  const scope = machine.moduleScope(path);
  guarded(() => machine.execute(module.body, scope));
  for (const value of scope.names.values()) {
    if (value.kind === "function" && value.scope === scope && !machine.record.called.has(value.node)) {
      guarded(() => {
        callAsDescribed(machine, value, value, { node: value.node, scope }, module);
      });
    }
  }
  for (const value of scope.names.values()) {
    if (value.kind === "class" && isModuleClass(value) && !wasCalled(machine, value))
      guarded(() => {
        runClass(machine, value, scope, module);
      });
  }
  return scope;
}

/** Runs something that may take too many steps; what it has written by then stays. */
export function guarded(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
  }
}

/** A call with inputs of which nothing is known says nothing. */
function wasCalled(machine: Interpreter, type: ClassValue): boolean {
  return machine.record.moduleCalls.some(
    ({ module, inputs }) => module.type === type && inputs.some((value) => value.kind === "tensor"),
  );
}

/** Builds a model with its defaults, unless the program has built one, and runs `forward`. */
function runClass(machine: Interpreter, type: ClassValue, scope: Scope, module: Module): void {
  const built = machine.record.instances.filter(
    ({ type: own, attributes }) => own === type && !attributes.has(forgotten),
  );
  const site: Site = { node: type.node.name, scope };
  const instances = built.length > 0 ? built : [buildWithDefaults(machine, type, site)];
  for (const instance of instances.slice(0, 4)) {
    if (instance.kind === "instance") runForward(machine, instance, site, module);
  }
}

function buildWithDefaults(machine: Interpreter, type: ClassValue, site: Site): Value {
  const initialise = classAttribute(linearised(type), "__init__");
  const parameters = initialise?.kind === "function" ? initialise.node.parameters.slice(1) : [];
  return machine.call(type, requiredArguments(parameters, nameOnly), site);
}

function runForward(machine: Interpreter, instance: InstanceValue, site: Site, module: Module): void {
  const forward = classAttribute(linearised(instance.type), "forward");
  if (forward?.kind !== "function") return;
  callAsDescribed(machine, instance, forward, site, module);
}

/** With what the author has written of the parameters; where the program contradicts a mere comment, without comments. */
function callAsDescribed(
  machine: Interpreter,
  callee: FunctionValue | InstanceValue,
  own: FunctionValue,
  site: Site,
  module: Module,
): void {
  const descriptions =
    own.node.kind === "FunctionDef" ? describedParameters(own.node, module) : new Map<string, Description>();
  const checked = new Map([...descriptions].filter(([, description]) => description.checked));
  const argumentsFor = callee.kind === "instance" ? forwardArguments : functionArguments;
  const given = argumentsFor(own, descriptions);
  const believed =
    checked.size === descriptions.size || !machine.isRefused(() => machine.call(callee, given, site))
      ? given
      : argumentsFor(own, checked);
  machine.call(callee, believed, site);
}

type Descriptions = ReadonlyMap<string, Description>;

/** A function that nobody calls gets what its annotations say, and else values of which only the name is known. */
function functionArguments(callee: FunctionValue, descriptions: Descriptions): Arguments {
  return requiredArguments(
    callee.node.parameters,
    (parameter) =>
      descriptions.get(parameter.name.name)?.tensor ??
      (parameter.annotation && isTensorLike(parameter.annotation) ? anyTensor() : nameOnly(parameter)),
  );
}

function anyTensor(): Value {
  return { kind: "tensor", shape: [newRest("free")], dtype: undefined, producer: undefined };
}

/** One value for each parameter that has no default. */
function requiredArguments(parameters: readonly Parameter[], valueFor: (parameter: Parameter) => Value): Arguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  for (const parameter of parameters) {
    if (parameter.default || parameter.kind === "variadic" || parameter.kind === "keywords") continue;
    if (parameter.kind === "keyword-only") keywords.set(parameter.name.name, valueFor(parameter));
    else positional.push(valueFor(parameter));
  }
  return { positional, keywords, open: false };
}

function nameOnly(parameter: Parameter): Value {
  return { ...unknown(`nothing says what ${parameter.name.name} is`), name: parameter.name.name };
}

function forwardArguments(forward: FunctionValue, descriptions: Descriptions): Arguments {
  return requiredArguments(
    (forward.node as FunctionDef).parameters.slice(1),
    (parameter) =>
      descriptions.get(parameter.name.name)?.tensor ??
      (isTensorLike(parameter.annotation) ? anyTensor() : nameOnly(parameter)),
  );
}

/** A parameter that is annotated as something else than a tensor is not taken for one. */
function isTensorLike(annotation: Expression | undefined): boolean {
  if (!annotation) return true;
  const name =
    annotation.kind === "Name"
      ? annotation.id
      : annotation.kind === "Attribute"
        ? annotation.attribute.name
        : undefined;
  if (annotation.kind === "Subscript" && annotation.value.kind === "Name" && annotation.value.id === "Optional")
    return isTensorLike(annotation.index);
  return name === "Tensor" || name === "FloatTensor" || name === "LongTensor";
}
