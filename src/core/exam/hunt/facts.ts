/** What a judge wants to know of a program: what the rules find, what it does in training, what comes out of its parts. */
import { type Inference, infer } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { type PythonParser } from "../../python/parser";
import { scopesOf, lookUp } from "../../python/scopes";
import type { Statement } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { checkRules } from "../../rules/check";
import { type Step, actOnSame, stepsOf, trainingLoops } from "../../rules/reading/training";
import { parameterCount } from "../../features/values";
import { type ShapeEntry, shapesOf } from "../../features/shapes";
import { constantValue } from "../../shape/dim";
import { type Diagnostic } from "../../text/diagnostic";
import { SourceText, type Span } from "../../text/source";

export type ShapeJson = NonNullable<ShapeEntry["shape"]>;

/** What no training program is without: where one of these is gone, silence of the rules says nothing. */
export const essentials: readonly string[] = [
  "an optimizer is made",
  "gradients are computed by backward()",
  "an optimizer takes a step",
  "a loss is computed",
  "it trains in a loop",
];

export interface Facts {
  readonly source: SourceText;
  readonly diagnostics: readonly Diagnostic[];
  /** What it does, in words, with the number of things that it does it to; the words are the same for every program. */
  readonly deeds: ReadonlyMap<string, number>;
  /** Its classes and functions, by their qualified names. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Names that it binds somewhere, and names that it reads without binding them. */
  readonly bound: ReadonlySet<string>;
  readonly unbound: ReadonlySet<string>;
  /** The operations that it calls, by their qualified names, each with its place. */
  readonly calls: readonly CallFact[];
  /** The known shapes that a function returns. */
  readonly returns: ReadonlyMap<string, readonly ShapeJson[]>;
  /** Numbers of parameters of its models, by class; only those that are known. */
  readonly parameters: ReadonlyMap<string, readonly number[]>;
}

export interface CallFact {
  readonly operation: string;
  readonly span: Span;
}

export interface Definition {
  readonly span: Span;
  /** Whether it hands something back. */
  readonly returns: boolean;
}

/** Comments that silence a rule are not read: a silenced bug is no mended one. */
export function factsOf(parser: PythonParser, text: SourceText): Facts {
  const source = new SourceText(
    text.path,
    text.text.replace(/#\s*forward-pass:/g, (all) => all.replace(":", " ")),
  );
  const module = parser.parse(source);
  const inference = infer(source, module);
  return {
    source,
    diagnostics: checkRules(inference, { preset: "teaching" }),
    deeds: deedsOf(inference),
    ...namesOf(inference),
    calls: inference.record.calls.map(({ operation, origin: { span } }) => ({ operation, span })),
    returns: returnsOf(inference),
    parameters: parametersOf(inference),
  };
}

/** What a step is to a reader. Which optimizer is cleared where is the rules' matter. */
const doings: Partial<Record<Step["kind"], string>> = {
  "build-optimizer": "an optimizer is made",
  backward: "gradients are computed by backward()",
  step: "an optimizer takes a step",
  schedule: "a scheduler changes the learning rate",
  clip: "gradients are clipped",
  train: "a model is switched to training",
  eval: "a model is switched to evaluation",
};

/** Calls that belong to what a program is for; by the operation's name as the record has it. */
const callsInWords: readonly (readonly [operation: RegExp, words: string])[] = [
  [/loss|cross_entropy|kl_div/i, "a loss is computed"],
  [/dropout/i, "some activations are dropped"],
  [/(batch|layer|group|instance)_?norm/i, "activations are normalised"],
  [/\bDataLoader$/, "batches come from a DataLoader"],
  [/\boptim\.lr_scheduler\./, "a scheduler is made"],
];

/** Steps of which each object counts: leaving out the generator's is not made good by the discriminator's. */
const counted: readonly Step["kind"][] = ["build-optimizer", "step"];

function deedsOf(inference: Inference): Map<string, number> {
  const deeds = new Map<string, number>();
  const steps = stepsOf(inference);
  for (const [kind, words] of Object.entries(doings)) {
    const of = steps.filter((step) => step.kind === kind);
    if (of.length > 0) deeds.set(words, counted.includes(kind as Step["kind"]) ? objectsOf(of) : 1);
  }
  for (const { operation } of inference.record.calls)
    for (const [pattern, words] of callsInWords) if (pattern.test(operation)) deeds.set(words, 1);
  if (trainingLoops(inference).length > 0) deeds.set("it trains in a loop", 1);
  return deeds;
}

function objectsOf(steps: readonly Step[]): number {
  const different: Step[] = [];
  for (const step of steps) if (!different.some((other) => isSame(step, other))) different.push(step);
  return different.length;
}

function isSame(one: Step, other: Step): boolean {
  if (one.kind === "build-optimizer") return one.call.origin.span.start === other.call.origin.span.start;
  return actOnSame(one, other) ?? one.call.origin.span.start === other.call.origin.span.start;
}

function namesOf({ module }: Inference): Pick<Facts, "definitions" | "bound" | "unbound"> {
  const scopes = scopesOf(module);
  const definitions = new Map<string, Definition>();
  const [bound, unbound] = [new Set<string>(), new Set<string>()];
  const define = (body: readonly Statement[], prefix: string): void => {
    for (const node of body) {
      if (node.kind !== "ClassDef" && node.kind !== "FunctionDef") continue;
      const name = `${prefix}${node.name.name}`;
      definitions.set(name, { span: { start: node.start, end: node.end }, returns: returnsSomething(node) });
      if (node.kind === "ClassDef") define(node.body, `${name}.`);
    }
  };
  define(module.body, "");
  walk(module, (node) => {
    for (const name of scopes.scopeFor(node)?.bindings.keys() ?? []) bound.add(name);
    if (!isKind(node, "Name")) return undefined;
    const scope = scopes.scopeOf(node);
    if (scope && !lookUp(scope, node.id)) unbound.add(node.id);
    return undefined;
  });
  return { definitions, bound, unbound };
}

function returnsSomething(definition: Statement): boolean {
  let found = false;
  walk(definition, (node) => {
    if (node !== definition && (isKind(node, "FunctionDef") || isKind(node, "ClassDef"))) return "skip";
    found ||= isKind(node, "Return") && node.value !== undefined;
    return undefined;
  });
  return found;
}

function returnsOf(inference: Inference): Map<string, ShapeJson[]> {
  const returns = new Map<string, ShapeJson[]>();
  for (const { kind, scope, shape } of shapesOf(inference))
    if (kind === "return" && shape) returns.set(scope, [...(returns.get(scope) ?? []), shape]);
  return returns;
}

function parametersOf({ record }: Inference): Map<string, number[]> {
  const parameters = new Map<string, number[]>();
  for (const instance of record.instances) {
    if (instance.type.kind !== "class" || !isModule(instance)) continue;
    const count = constantValue(parameterCount(instance));
    const name = instance.type.name;
    if (count !== undefined) parameters.set(name, [...(parameters.get(name) ?? []), count]);
  }
  return parameters;
}
