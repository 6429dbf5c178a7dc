/** `try`: whether what it tries fails for certain, or certainly does not. */
import type { ExceptHandler, Statement, Try } from "../python/syntax";
import { type AnyNode, isKind, walk } from "../python/visit";
import { nameOutcome } from "./boundNames";
import { type Machine } from "./machine";
import { Raised, errorNames, handlerOf } from "./raising";
import { type Completion, type Scope, ends } from "./scope";

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
  const named = handlers.length === 1 && catchesOnly(handlers[0]!, "NameError") && nameOutcome(machine, body, scope);
  if (named === "fails") return handle(handlers);
  if (named) return behind(record.asGuarded(() => machine.execute(body, scope)));
  let isSure = false as boolean;
  let error: string | undefined;
  const tried = (): Completion => {
    const { unknowns, refusals, hazards } = record;
    const outcome = record.attempting(
      (name) => handlerOf(name, handlers) !== undefined,
      () => record.asGuarded(() => machine.execute(body, scope)),
    );
    isSure = outcome instanceof Raised;
    if (outcome instanceof Raised) {
      error = outcome.error;
      return ends.normally;
    }
    const isKnown = record.unknowns === unknowns && record.refusals === refusals;
    const isPlain = record.hazards === hazards;
    isSure = isKnown && (isPlain ? isForLookups(handlers) || body.every(isLookup) : isForUnknowns(handlers));
    return behind(outcome);
  };
  // What surely fails leaves what it has done by then, and goes on in its handler; what surely succeeds needs none.
  const left = machine.either(scope, tried, () => (isSure ? ends.byRaise : handle(handlers)));
  if (error !== undefined) return handle([handlerOf(error, handlers)!]);
  return isSure ? left & ~ends.byRaise : left;
}

const catchesOnly = ({ type }: ExceptHandler, error: string): boolean => type?.kind === "Name" && type.id === error;

const areOnlyFor =
  (...errors: readonly string[]) =>
  (handlers: readonly ExceptHandler[]): boolean =>
    handlers.every(
      ({ type }) => type !== undefined && errorNames(type)?.every((name) => errors.includes(name)) === true,
    );

/** Errors that do not come up where all values are known, whatever is called. */
const ofUnknowns = ["AttributeError", "KeyError", "NameError", "TypeError"];
const isForUnknowns = areOnlyFor(...ofUnknowns);
/** Those that only lookups and readers of texts come with, as long as nothing else is called. */
const isForLookups = areOnlyFor(
  ...ofUnknowns,
  "IndexError",
  "LookupError",
  "StopIteration",
  "SyntaxError",
  "ValueError",
);

/** Nothing is called there that may fail for a reason of its own. */
function isLookup(statement: Statement): boolean {
  if (statement.kind !== "Assign" && statement.kind !== "Return" && statement.kind !== "ExpressionStatement")
    return false;
  let isPlain = true as boolean;
  const isOther = (node: AnyNode): boolean =>
    isKind(node, "Call") || isKind(node, "BinaryOperation") || isKind(node, "Comprehension") || isKind(node, "Await");
  walk(statement, (node) => {
    if (isOther(node)) isPlain = false;
    return undefined;
  });
  return isPlain;
}
