/**
 * Where an analysis starts: the module's own statements, and then every function and model class that they leave unused,
 * with their defaults and with inputs of which nothing is assumed but, for models, that they are tensors.
 */
import { type Origin, unknown } from "../ops/value";
import type { Expression, Module, Parameter } from "../python/syntax";
import { newRest } from "../shape/shape";
import { classAttribute, forgotten, isModuleClass, linearised } from "./classes";
import { type Interpreter } from "./interpreter";
import { type Description, describedParameters } from "./described";
import { type Arguments, OutOfSteps, type Site } from "./machine";
import { type Problem } from "./record";
import { type Scope } from "./scope";
import { type ClassValue, type FunctionValue, type InstanceValue, type MethodValue, type Value } from "./value";

/** Runs everything there is to run in a module. */
export function runModule(machine: Interpreter, module: Module, path: string): Scope {
  const scope = machine.moduleScope(path);
  guarded(() => machine.execute(module.body, scope));
  machine.record.ownCalls = machine.record.calls.length;
  machine.record.ownFunctions = machine.record.called.size;
  for (const value of scope.names.values()) {
    if (value.kind === "function" && value.scope === scope && !machine.record.called.has(value.node)) {
      guarded(() => {
        withDefaults(machine, false, (defaults) => {
          callAsDescribed(machine, value, value, { node: value.node, scope }, module, defaults);
        });
      });
    }
  }
  for (const value of scope.names.values()) {
    if (value.kind === "class" && isModuleClass(value) && !wasCalled(machine, value))
      guarded(() => {
        runClass(machine, value, scope, module);
      });
  }
  for (const value of scope.names.values()) if (value.kind === "class") runMethods(machine, value, scope, module);
  return scope;
}

/** Behind so many steps the methods that nobody calls are left alone. */
const mostStepsBefore = 200_000;

/**
 * Runs the methods that nobody calls, such as those of a trainer that another file makes: each on an object of its own,
 * since nobody knows in which order they are called.
 */
function runMethods(machine: Interpreter, type: ClassValue, scope: Scope, module: Module): void {
  const site: Site = { node: type.node.name, scope };
  for (const [name, method] of type.attributes.items()) {
    const isOwn = method.kind === "function" && method.scope.frame.path === scope.frame.path;
    if (!isOwn || method.decorator || /^__\w+__$/.test(name) || machine.record.called.has(method.node)) continue;
    if (machine.steps > mostStepsBefore || machine.stopped) return;
    guarded(() => {
      withDefaults(machine, false, (defaults) => {
        const object = build(machine, type, site, "taken");
        if (object.kind !== "instance") return;
        const bound: Value = { kind: "method", receiver: object, callee: method };
        callAsDescribed(machine, bound, method, site, module, defaults);
      });
    });
  }
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
  if (machine.record.forwarded.has(type)) return true;
  return machine.record.moduleCalls.some(
    ({ module, inputs }) => module.type === type && inputs.some(({ kind }) => kind === "tensor" || kind === "int"),
  );
}

/** Builds a model with its defaults, unless the program has built one, and runs `forward`. */
function runClass(machine: Interpreter, type: ClassValue, scope: Scope, module: Module): void {
  const built = machine.record.instances.filter(
    ({ type: own, attributes }) => own === type && !attributes.has(forgotten),
  );
  const site: Site = { node: type.node.name, scope };
  const run = (instance: Value, defaults: Defaults): void => {
    if (instance.kind === "instance") runForward(machine, instance, site, module, defaults);
  };
  if (built.length === 0)
    withDefaults(machine, true, (defaults) => {
      run(build(machine, type, site, defaults), defaults);
    });
  for (const instance of built.slice(0, 4))
    withDefaults(machine, true, (defaults) => {
      run(instance, defaults);
    });
}

/** Whether parameters that have defaults get them, or values of which only the name is known. */
type Defaults = "taken" | "open";

/**
 * Runs something that nobody calls with its default arguments. What PyTorch refuses then is certain only where it refuses
 * it whatever those arguments are; of a function that wants one of its optional arguments that says nothing.
 */
function withDefaults(machine: Interpreter, isModel: boolean, run: (defaults: Defaults) => void): void {
  const { record } = machine;
  const before = record.problems.length;
  const { failures } = record;
  let found: Problem[] = [];
  try {
    run("taken");
  } finally {
    // Of a run that takes too many steps nothing is certain.
    found = record.problems.splice(before);
  }
  if (found.length === 0) return;
  // Nobody takes defaults with which Python itself gives up.
  const isUsable = record.failures === failures;
  const always = record.problemsOf(() => {
    machine.trail.branch(() => {
      run("open");
    });
  });
  const isCertain = ({ origin, uncertain }: Problem): boolean =>
    always.some((other) => isSamePlace(other.origin, origin) && (uncertain || !other.uncertain));
  for (const problem of found) {
    if (isCertain(problem)) record.problems.push(problem);
    else if (isModel && isUsable) record.problems.push({ ...problem, byDefault: true });
  }
}

function isSamePlace(a: Origin, b: Origin): boolean {
  return a.path === b.path && a.span.start === b.span.start && a.span.end === b.span.end;
}

function build(machine: Interpreter, type: ClassValue, site: Site, defaults: Defaults): Value {
  const initialise = classAttribute(linearised(type), "__init__");
  const parameters = initialise?.kind === "function" ? initialise.node.parameters.slice(1) : [];
  return machine.call(type, argumentsFor(parameters, defaults, nameOnly), site);
}

function runForward(
  machine: Interpreter,
  instance: InstanceValue,
  site: Site,
  module: Module,
  defaults: Defaults,
): void {
  const forward = classAttribute(linearised(instance.type), "forward");
  if (forward?.kind !== "function") return;
  callAsDescribed(machine, instance, forward, site, module, defaults);
}

/** With what the author has written of the parameters; where the program contradicts a mere comment, without comments. */
function callAsDescribed(
  machine: Interpreter,
  callee: FunctionValue | InstanceValue | MethodValue,
  own: FunctionValue,
  site: Site,
  module: Module,
  defaults: Defaults,
): void {
  const descriptions =
    own.node.kind === "FunctionDef" ? describedParameters(own.node, module) : new Map<string, Description>();
  const checked = new Map([...descriptions].filter(([, description]) => description.checked));
  const given = argumentsOf(callee, own, descriptions, defaults);
  const believed =
    checked.size === descriptions.size || !machine.isRefused(() => machine.call(callee, given, site))
      ? given
      : argumentsOf(callee, own, checked, defaults);
  machine.call(callee, believed, site);
}

type Descriptions = ReadonlyMap<string, Description>;

/**
 * What a function that nobody calls gets: what its annotations say, and else values of which only the name is known. The
 * arguments of a model are tensors, unless their annotation says something else.
 */
function argumentsOf(
  callee: FunctionValue | InstanceValue | MethodValue,
  own: FunctionValue,
  descriptions: Descriptions,
  defaults: Defaults,
): Arguments {
  const isModel = callee.kind === "instance";
  return argumentsFor(own.node.parameters.slice(callee.kind === "function" ? 0 : 1), defaults, (parameter) => {
    const described = descriptions.get(parameter.name.name);
    if (described) return described.tensor;
    const isTensor = parameter.annotation ? isTensorLike(parameter.annotation) : isModel && !parameter.default;
    return isTensor ? anyTensor() : nameOnly(parameter);
  });
}

function anyTensor(): Value {
  return { kind: "tensor", shape: [newRest("free")], dtype: undefined, producer: undefined };
}

/** One value for each parameter, but for those whose default is taken. */
function argumentsFor(
  parameters: readonly Parameter[],
  defaults: Defaults,
  valueFor: (parameter: Parameter) => Value,
): Arguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  for (const parameter of parameters) {
    if (parameter.kind === "variadic" || parameter.kind === "keywords") continue;
    if (parameter.default && defaults === "taken") continue;
    if (parameter.kind === "keyword-only" || parameter.default) keywords.set(parameter.name.name, valueFor(parameter));
    else positional.push(valueFor(parameter));
  }
  const takesMore = parameters.some(({ kind }) => kind === "variadic" || kind === "keywords");
  return { positional, keywords, open: defaults === "open" && takesMore };
}

function nameOnly(parameter: Parameter): Value {
  return { ...unknown(`nothing says what ${parameter.name.name} is`), name: parameter.name.name };
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
