/** PyTorch Lightning's modules: the arguments of their constructor, kept under `hparams`. */
import { bool, none, str, unknown } from "../../ops/value";
import type { Parameter } from "../../python/syntax";
import { linearised } from "../classes/classes";
import { attributeDict, dictIn, namespaces } from "../classes/dictObjects";
import { elementsOf } from "../collections/elements";
import { type Machine, type Site, args } from "../machine";
import { type Frame, type Scope, lookup } from "../memory/scope";
import { type DictEntry, type InstanceValue, type Value, external, knownEntries } from "../values/value";
import { type Builtin, type Functions, textIn } from "./given";

const lightningModule = /^(pytorch_)?lightning(\.\w+)*\.Lightning(Data)?Module$/;

/** What it keeps for a log, or sets aside: of a model nothing changes. */
const withoutEffect = "log log_dict print toggle_optimizer untoggle_optimizer clip_gradients";

const saveName = "save_hyperparameters";
const methodNames = new Set([saveName, "freeze", "unfreeze", ...withoutEffect.split(" ")]);

/** A method that a module has from Lightning. */
export function lightningMethod(receiver: InstanceValue, name: string): Value | undefined {
  const isOne =
    methodNames.has(name) &&
    linearised(receiver.type).some((base) => base.kind === "external" && lightningModule.test(base.name));
  return isOne ? { kind: "method", receiver, callee: external(`LightningModule.${name}`) } : undefined;
}

/**
 * `self.save_hyperparameters()` in a constructor: all of its arguments, or those that are named, or what is in a namespace
 * (https://lightning.ai/docs/pytorch/stable/common/hyperparameters.html).
 */
const saveHyperparameters: Builtin = (machine, { positional: [self, ...chosen], keywords }, site) => {
  if (self?.kind !== "instance") return unknown("the module is not known");
  const kept = heldBy(machine, self, site);
  const saved = savedOf(machine, chosen, keywords.get("ignore"), self, site);
  if (!saved) {
    self.attributes.set("hparams", unknown("the hyperparameters are not known"));
    return none;
  }
  for (const [name, value] of saved) kept.set(`s${name}`, { key: str(name), value });
  return none;
};

/** The entries of the module's `hparams`, which are there from the first time on. */
function heldBy(machine: Machine, self: InstanceValue, site: Site): { set(name: string, entry: DictEntry): void } {
  const known = dictIn(self.attributes.get("hparams"));
  if (known) return known.entries;
  const made = attributeDict(machine, external("lightning.AttributeDict"), site);
  self.attributes.set("hparams", made);
  return dictIn(made)!.entries;
}

function savedOf(
  machine: Machine,
  chosen: readonly Value[],
  ignored: Value | undefined,
  self: InstanceValue,
  site: Site,
): ReadonlyMap<string, Value> | undefined {
  const [first] = chosen;
  if (first && first.kind !== "str") return chosen.length === 1 ? knownNames(first) : undefined;
  const given = argumentsOfConstructors(site.scope, self);
  const left = namesAmong(machine, ignored);
  const names = chosen.length > 0 ? chosen.map(textIn) : [...(given?.keys() ?? [])];
  if (!given || !left || names.some((name) => name === undefined || !given.has(name))) return undefined;
  return new Map((names as string[]).filter((name) => !left.includes(name)).map((name) => [name, given.get(name)!]));
}

/** `ignore="backbone"`, `ignore=["backbone", "loss"]`. */
function namesAmong(machine: Machine, ignored: Value | undefined): readonly string[] | undefined {
  if (!ignored || ignored.kind === "none") return [];
  const names = ignored.kind === "str" ? [textIn(ignored)] : elementsOf(machine, ignored)?.map(textIn);
  return names?.includes(undefined) ? undefined : (names as readonly string[] | undefined);
}

/** What a dict or a namespace holds, by name. */
function knownNames(value: Value): ReadonlyMap<string, Value> | undefined {
  const dict = dictIn(value);
  const entries = dict && knownEntries(dict)?.map(({ key, value: held }) => [textIn(key) ?? "", held] as const);
  if (dict) return entries && new Map(entries);
  const isNamespace = value.kind === "instance" && value.type.kind === "external" && !value.attributes.has("?");
  return isNamespace && namespaces.has(value.type.name) ? new Map(value.attributes.items()) : undefined;
}

/** The arguments of the constructor that runs. Those of the constructors of derived classes that have called it win. */
function argumentsOfConstructors(scope: Scope, self: InstanceValue): ReadonlyMap<string, Value> | undefined {
  if (!isConstructorOf(scope.frame, self)) return undefined;
  const all = new Map<string, Value>();
  for (const { name, kind } of argumentsOf(scope.frame)) {
    const value = lookup(scope, name.name);
    const more = kind === "keywords" ? value && knownNames(value) : undefined;
    if (!value || (kind === "keywords" && !more)) return undefined;
    if (more) for (const [own, held] of more) all.set(own, held);
    else if (kind !== "variadic") all.set(name.name, value);
  }
  for (let { caller } = scope.frame; caller && isConstructorOf(caller, self); { caller } = caller)
    for (const { name, kind } of argumentsOf(caller)) {
      if (kind === "keywords") return undefined;
      if (kind !== "variadic") all.set(name.name, unknown("what the derived class was given is not followed"));
    }
  return all;
}

function isConstructorOf({ node, method }: Frame, self: InstanceValue): boolean {
  const { receiver } = method ?? {};
  const isOfSelf = receiver?.kind === "instance" && receiver.attributes === self.attributes;
  return isOfSelf && node?.kind === "FunctionDef" && node.name.name === "__init__";
}

const argumentsOf = ({ node }: Frame): readonly Parameter[] => node?.parameters.slice(1) ?? [];

/** `freeze()` and its opposite: all parameters at once. */
const settingGradients =
  (flag: boolean): Builtin =>
  (machine, { positional: [self] }, site) => {
    const callee = external("Module.requires_grad_");
    if (self?.kind === "instance") machine.call({ kind: "method", receiver: self, callee }, args(bool(flag)), site);
    return none;
  };

export const lightningFunctions: Functions = [
  [`LightningModule.${saveName}`, saveHyperparameters],
  ["LightningModule.freeze", settingGradients(false)],
  ["LightningModule.unfreeze", settingGradients(true)],
  ...withoutEffect.split(" ").map((name) => [`LightningModule.${name}`, (): Value => none] as const),
];
