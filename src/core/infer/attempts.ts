/** `try`: whether what it tries fails for certain, or certainly does not. */
import type { ExceptHandler, Expression, Statement, Try } from "../python/syntax";
import { nameOutcome } from "./boundNames";
import { classAttribute, linearised } from "./classes";
import { dictIn } from "./dictObjects";
import { type Machine } from "./machine";
import { lookup, type Scope } from "./scope";
import { dictKey } from "./texts";
import { type Value, knownEntries } from "./value";

type Outcome = "fails" | "succeeds" | undefined;

/**
 * Decided for names that may not be bound, and for one lookup by index under a name, `skip = skip[:, :, 3:]` or `return table["mean"]`, which is what is tried
 * in place of a test: a number has no items, a known dict has the key or not.
 */
export function outcomeOf(machine: Machine, { body, handlers }: Try, scope: Scope): Outcome {
  if (handlers.length === 1 && catchesOnly(handlers[0]!, "NameError")) return nameOutcome(machine, body, scope);
  const [tried, ...others] = body;
  const lookedUp = tried && others.length === 0 ? valueOf(tried) : undefined;
  const [handler] = handlers;
  if (lookedUp?.kind !== "Subscript" || lookedUp.value.kind !== "Name" || handlers.length !== 1) return undefined;
  const owner = lookup(scope, lookedUp.value.id);
  if (!owner) return undefined;
  const catches = (error: string): boolean =>
    !handler!.type || namesIn(handler!.type).some((name) => [error, "Exception"].includes(name));
  const catchesKeys = catches("KeyError") || catches("LookupError");
  if (["int", "float", "bool", "none"].includes(owner.kind)) return catches("TypeError") ? "fails" : undefined;
  if (owner.kind === "tensor")
    return catchesOnly(handler!, "TypeError") && isSlices(lookedUp.index) ? "succeeds" : undefined;
  const entries = hasOwnLookup(owner) ? undefined : dictIn(owner);
  if (!entries || !knownEntries(entries) || !isPlain(lookedUp.index)) return undefined;
  const key = dictKey(machine.evaluate(lookedUp.index, scope));
  if (key === undefined) return undefined;
  return entries.entries.has(key) ? "succeeds" : catchesKeys ? "fails" : undefined;
}

const catchesOnly = ({ type }: ExceptHandler, error: string): boolean => type?.kind === "Name" && type.id === error;

const hasOwnLookup = (owner: Value): boolean =>
  owner.kind === "instance" && classAttribute(linearised(owner.type), "__getitem__") !== undefined;

function valueOf(statement: Statement): Expression | undefined {
  if (statement.kind === "Assign")
    return statement.targets.every(({ kind }) => kind === "Name") ? statement.value : undefined;
  return statement.kind === "Return" ? statement.value : undefined;
}

function namesIn(type: Expression): string[] {
  if (type.kind === "Name") return [type.id];
  return type.kind === "Tuple" ? type.elements.flatMap(namesIn) : [];
}

const isPlain = ({ kind }: Expression): boolean => kind === "Name" || kind === "Constant";

/** Slices never fail for the type of a tensor; too few dimensions are an error of another kind. */
function isSlices(index: Expression): boolean {
  return index.kind === "Slice" || (index.kind === "Tuple" && index.elements.every(isSlices));
}
