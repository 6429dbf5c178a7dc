/** How an entry is run: with its defaults, and with inputs of which no more is assumed than its author has written. */
import { type Origin, type TensorValue, unknown } from "../../ops/value";
import type { Expression, Module, Parameter } from "../../python/syntax";
import { classAttribute, linearised } from "../classes/classes";
import { argumentsOfFields } from "../classes/fields";
import { type Description, describedParameters } from "../values/described";
import { type Interpreter } from "../interpreter";
import { loosenNames } from "./reassigned";
import { type Scope } from "../memory/scope";
import { type Arguments, type Site } from "../machine";
import { type Problem } from "../record/part";
import { assumedTensor } from "../values/doubts";
import { anyTensor, usedAsTensors } from "../values/usedAsTensors";
import { type ClassValue, type FunctionValue, type InstanceValue, type MethodValue, type Value } from "../values/value";

/**
 * Whether parameters that have defaults get them, or values of which only the name is known; `built` where a model's
 * constructor gets them and its `forward` does not.
 */
export type Defaults = "taken" | "built" | "open";

/**
 * Runs something that nobody calls with its default arguments. What PyTorch refuses then is certain only where it refuses
 * it whatever those arguments are; of a function that wants one of its optional arguments that says nothing.
 */
export function withDefaults(
  machine: Interpreter,
  { scope, module }: { readonly scope: Scope; readonly module: Module },
  isModel: boolean,
  run: (defaults: Defaults) => void,
): void {
  const { record } = machine;
  const { part, failures } = record;
  const before = part.problems.length;
  let found: Problem[] = [];
  try {
    run("taken");
  } finally {
    // Of a run that takes too many steps nothing is certain.
    found = part.problems.splice(before).filter((problem) => !isModel || !mayBeConverted(problem));
  }
  if (found.length === 0) return;
  // Nobody takes defaults with which Python itself gives up.
  const isUsable = record.failures === failures;
  const problemsWith = (defaults: Defaults): Problem[] =>
    record.problemsOf(() => {
      machine.trail.branch(() => {
        loosenNames(machine, scope, module);
        run(defaults);
      });
    });
  const [certain, others] = alsoIn(found, problemsWith("open"));
  part.problems.push(...certain);
  if (others.length === 0 || !isModel || !isUsable) return;
  // Inputs that may be left out are given as a rule.
  for (const problem of alsoIn(others, problemsWith("built"))[0]) part.problems.push({ ...problem, byDefault: true });
}

/** Who builds the model may make all of it float64, and then it takes what is. */
function mayBeConverted({ refusal, layer }: Problem): boolean {
  return refusal.about === "types" && refusal.gets === "float64" && layer !== undefined;
}

/** Those problems that another run has as well, and the others. */
function alsoIn(problems: readonly Problem[], run: readonly Problem[]): [Problem[], Problem[]] {
  const isThere = ({ origin, uncertain, refusal: { about } }: Problem): boolean =>
    run.some(
      (other) => isSamePlace(other.origin, origin) && other.refusal.about === about && (uncertain || !other.uncertain),
    );
  return [problems.filter(isThere), problems.filter((problem) => !isThere(problem))];
}

function isSamePlace(a: Origin, b: Origin): boolean {
  return a.path === b.path && a.span.start === b.span.start && a.span.end === b.span.end;
}

export function build(machine: Interpreter, type: ClassValue, site: Site, defaults: Defaults): Value {
  const isTaken = defaults === "taken";
  const fields = argumentsOfFields(type)?.filter(({ isOptional }) => !(isOptional && isTaken));
  const given: Arguments = fields
    ? { positional: [], keywords: new Map(fields.map(({ name }) => [name, named(name)])), open: false }
    : argumentsFor(constructorOf(type), defaults, () => isTaken, nameOnly);
  return machine.call(type, given, site);
}

/** The parameters of a class's constructor. */
export function constructorOf(type: ClassValue): readonly Parameter[] {
  return parametersOf(type, "__init__");
}

/** Those of its `forward`. */
export function inputsOf(type: ClassValue): readonly Parameter[] {
  return parametersOf(type, "forward");
}

function parametersOf(type: ClassValue, name: string): readonly Parameter[] {
  const method = classAttribute(linearised(type), name);
  return method?.kind === "function" ? method.node.parameters.slice(1) : [];
}

export function runForward(
  machine: Interpreter,
  instance: InstanceValue,
  site: Site,
  module: Module,
  defaults: Defaults,
): void {
  const forward = classAttribute(linearised(instance.type), "forward");
  if (forward?.kind !== "function") return;
  callAsDescribed(machine, { callee: instance, own: forward }, site, module, defaults);
}

/** Something to call. */
export interface Called {
  readonly callee: FunctionValue | InstanceValue | MethodValue;
  /** The function that it runs. */
  readonly own: FunctionValue;
  /** The tensors that some of its parameters get, whether they may be left out or not. */
  readonly tensors?: ReadonlyMap<string, TensorValue>;
}

/** With what the author has written of the parameters; where the program contradicts a mere comment, without comments. */
export function callAsDescribed(
  machine: Interpreter,
  called: Called,
  site: Site,
  module: Module,
  defaults: Defaults,
): void {
  const { callee, own } = called;
  const descriptions =
    own.node.kind === "FunctionDef" ? describedParameters(own.node, module) : new Map<string, Description>();
  const checked = new Map([...descriptions].filter(([, description]) => description.checked));
  const given = argumentsOf(called, descriptions, defaults);
  const believed =
    checked.size === descriptions.size || !machine.isRefused(() => machine.call(callee, given, site))
      ? given
      : argumentsOf(called, checked, defaults);
  machine.call(callee, believed, site);
}

type Descriptions = ReadonlyMap<string, Description>;

/**
 * What a function that nobody calls gets: what its annotations say, and else values of which only the name is known. The
 * arguments of a model are tensors, unless their annotation says something else, and so is what is asked as only tensors are.
 */
function argumentsOf({ callee, own, tensors }: Called, descriptions: Descriptions, defaults: Defaults): Arguments {
  const isModel = callee.kind === "instance";
  const used = usedAsTensors(own.node);
  const parameters = own.node.parameters.slice(callee.kind === "function" ? 0 : 1);
  const isTaken = ({ name }: Parameter): boolean => defaults === "taken" && !tensors?.has(name.name);
  return argumentsFor(parameters, defaults, isTaken, (parameter) => {
    const given = descriptions.get(parameter.name.name)?.tensor ?? tensors?.get(parameter.name.name);
    if (given) return given;
    if (parameter.annotation) return isTensorLike(parameter.annotation) ? anyTensor() : nameOnly(parameter);
    const isAsked = isModel || used.has(parameter.name.name);
    return isAsked && !parameter.default ? assumedTensor() : nameOnly(parameter);
  });
}

/** One value for each parameter, but for those whose default is taken. */
function argumentsFor(
  parameters: readonly Parameter[],
  defaults: Defaults,
  isTaken: (parameter: Parameter) => boolean,
  valueFor: (parameter: Parameter) => Value,
): Arguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  for (const parameter of parameters) {
    if (parameter.kind === "variadic" || parameter.kind === "keywords") continue;
    if (parameter.default && isTaken(parameter)) continue;
    if (parameter.kind === "keyword-only" || parameter.default) keywords.set(parameter.name.name, valueFor(parameter));
    else positional.push(valueFor(parameter));
  }
  const takesMore = parameters.some(({ kind }) => kind === "variadic" || kind === "keywords");
  return { positional, keywords, open: defaults === "open" && takesMore };
}

const nameOnly = ({ name }: Parameter): Value => named(name.name);

function named(name: string): Value {
  return { ...unknown(`nothing says what ${name} is`), name };
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
