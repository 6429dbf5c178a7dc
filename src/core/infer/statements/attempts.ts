/** `try`: whether what it tries fails for certain, or certainly does not. */
import { findOperation } from "../../ops/registry";
import type { Assign, Call, ExceptHandler, Expression, Statement, Try } from "../../python/syntax";
import { type AnyNode, isKind, walk } from "../../python/visit";
import { nameOutcome } from "./boundNames";
import { classAttribute, layerOperation, linearised } from "../classes/classes";
import { type Machine } from "../machine";
import { isRepeatable } from "./ownChecks";
import { Raised, errorNames, handlerOf } from "./raising";
import { type Completion, type Scope, ends, lookup } from "../memory/scope";
import { type ClassValue } from "../values/value";

/** Runs what is tried or the handler that its error comes to; both as branches, where neither is certain. */
export function attempt(
  machine: Machine,
  node: Try,
  scope: Scope,
  handle: (handlers: readonly ExceptHandler[]) => Completion,
): Completion {
  const { record } = machine;
  const { body, handlers } = node;
  if (handlers.length === 0) return machine.execute(body, scope);
  const behind = (completion: Completion): Completion =>
    completion & ends.normally ? (completion & ~ends.normally) | machine.execute(node.orelse, scope) : completion;
  // Handlers that put the error into other words let the program end as well.
  if (handlers.every(raisesAgain)) return behind(machine.execute(body, scope));
  const named = handlers.length === 1 && catchesOnly(handlers[0]!, "NameError") && nameOutcome(machine, body, scope);
  if (named === "fails") return handle(handlers);
  if (named) return behind(record.asGuarded(() => machine.execute(body, scope)));
  const doubtsBefore = record.doubts;
  let isSure = false as boolean;
  let failing: readonly ExceptHandler[] | undefined;
  const tried = (): Completion => {
    const { unknowns, refusals, doubts } = record;
    const outcome = record.attempting(
      (name) => handlerOf(name, handlers) !== undefined,
      () => record.asGuarded(() => machine.execute(body, scope)),
    );
    if (outcome instanceof Raised || outcome === ends.byRaise) {
      isSure = true;
      failing = outcome instanceof Raised ? [handlerOf(outcome.error, handlers)!] : handlers;
      return ends.normally;
    }
    const isKnown = record.unknowns === unknowns && record.refusals === refusals && record.doubts === doubts;
    const isPlain = body.every(
      (statement) => isLookup(statement, handlers, scope) || isBuilding(machine, statement, handlers, scope),
    );
    isSure = isKnown && !(outcome & ends.byRaise) && isPlain;
    return behind(outcome);
  };
  // What surely fails leaves what it has done by then, and goes on in its handler; what surely succeeds needs none.
  const left = machine.either(scope, tried, () => (isSure ? ends.byRaise : handle(handlers)));
  if (isSure) record.doubts = doubtsBefore;
  if (failing) return handle(failing);
  return isSure ? left & ~ends.byRaise : left;
}

/** Whether a handler for whatever error surely ends with one. */
function raisesAgain({ type, body }: ExceptHandler): boolean {
  if (type && !errorNames(type)?.some((name) => !isNarrow(name))) return false;
  let leaves = body.at(-1)?.kind !== "Raise";
  for (const statement of body)
    walk(statement, (node) => {
      if (isKind(node, "Return") || isKind(node, "Break") || isKind(node, "Continue")) leaves = true;
      return isKind(node, "FunctionDef") ? "skip" : undefined;
    });
  return !leaves;
}

const catchesOnly = ({ type }: ExceptHandler, error: string): boolean => type?.kind === "Name" && type.id === error;

/** Nothing is done there but look up names, items and attributes, which gives what is known or fails. */
function isLookup(statement: Statement, handlers: readonly ExceptHandler[], scope: Scope): boolean {
  if (statement.kind !== "Assign" && statement.kind !== "Return" && statement.kind !== "ExpressionStatement")
    return false;
  if (statement.kind === "Assign" && statement.targets.some((target) => !isNames(target))) return false;
  let isPlain = true as boolean;
  walk(statement, (node) => {
    if (
      isKind(node, "Attribute")
        ? mayCatch("AttributeError", handlers)
        : !(isPlace(node, statement) || isConversion(node, scope))
    )
      isPlain = false;
    return undefined;
  });
  return isPlain;
}

/**
 * Whether all that is called there are layers and the program's own classes and functions. Where it is known what comes of
 * them they have taken their arguments, and there is no `TypeError`.
 */
function isBuilding(machine: Machine, statement: Statement, handlers: readonly ExceptHandler[], scope: Scope): boolean {
  const { kind } = statement;
  const isStep = kind === "Return" || kind === "ExpressionStatement" || (kind === "Assign" && isSelfOrName(statement));
  if (!isStep || !handlers.every((handler) => catchesOnly(handler, "TypeError"))) return false;
  let [calls, areOwn] = [0, true];
  walk(statement, (node) => {
    if (!isKind(node, "Call")) return undefined;
    calls++;
    areOwn &&= isOfSuper(node) || takesArguments(machine, node.callee, scope);
    return undefined;
  });
  const isFlag = kind === "Assign" && (statement.value.kind === "Constant" || statement.value.kind === "Name");
  return areOwn && (calls > 0 || isFlag);
}

/** What is kept goes to a name, or to a module as one of its parts. */
const isSelfOrName = ({ targets }: Assign): boolean =>
  targets.every((target) => isNames(target) || (target.kind === "Attribute" && target.value.kind === "Name"));

/** `super().__init__(…)`, and the `super()` in it. */
function isOfSuper({ callee }: Call): boolean {
  if (callee.kind === "Name") return callee.id === "super";
  return callee.kind === "Attribute" && callee.value.kind === "Call" && isOfSuper(callee.value);
}

/** Layers and what the program has written say by their signatures what they take. */
function takesArguments(machine: Machine, callee: Expression, scope: Scope): boolean {
  if (!isRepeatable(callee)) return false;
  let value = machine.evaluate(callee, scope);
  while (value.kind === "partial") value = value.callee;
  if (value.kind === "external") return findOperation(value.name)?.kind === "module";
  return value.kind === "function" || (value.kind === "class" && layerOrOwn(value));
}

const layerOrOwn = (type: ClassValue): boolean =>
  classAttribute(linearised(type), "__init__")?.kind === "function" || layerOperation(type) !== undefined;

const isNames = (target: Expression): boolean =>
  target.kind === "Name" || (target.kind === "Tuple" && target.elements.every(({ kind }) => kind === "Name"));

const mayCatch = (error: string, handlers: readonly ExceptHandler[]): boolean =>
  handlers.some(({ type }) => !type || (errorNames(type)?.some((name) => name === error || !isNarrow(name)) ?? true));

const isNarrow = (name: string): boolean => name !== "Exception" && name !== "BaseException";

const places = ["Name", "Constant", "Subscript", "Slice", "Tuple", "List", "Dict", "UnaryOperation"] as const;

const isPlace = (node: AnyNode, statement: Statement): boolean =>
  node === statement || places.some((kind) => isKind(node, kind)) || !("kind" in node) || asksForSize(node);

/** `x.size(1)`. */
const asksForSize = (node: AnyNode): boolean =>
  isKind(node, "Call") && isKind(node.callee, "Attribute") && node.callee.attribute.name === "size";

/** `list(map(int, sizes))`: these give what is known, or raise what is followed. */
function isConversion(node: AnyNode, scope: Scope): boolean {
  if (!isKind(node, "Call")) return false;
  const [callee, first] = [node.callee, node.args[0]].map((part) => part && builtinNamed(part, scope));
  return conversions.has((callee === "map" ? first : callee) ?? "");
}

const conversions = new Set(["list", "tuple", "int", "float", "bool", "len"]);

/** Python's own function of that name, or of another one that stands for it. */
function builtinNamed(callee: Expression, scope: Scope): string | undefined {
  if (callee.kind !== "Name") return undefined;
  const value = lookup(scope, callee.id);
  if (!value) return callee.id;
  return value.kind === "external" ? /^builtins\.(\w+)$/.exec(value.name)?.[1] : undefined;
}
