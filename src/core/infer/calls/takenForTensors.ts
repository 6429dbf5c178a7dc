/** What is no tensor and is taken for one: the tuple that an LSTM gives, a list of tensors, a `forward` without `return`. */
import { refuse } from "../../ops/call";
import type { Attribute, BinaryOperator } from "../../python/syntax";
import { type Machine, type Site } from "../machine";
import { knownItems } from "../collections/lists";
import { isTensorName, kindHas } from "../values/kindNames";
import { isDoubtful } from "../values/doubts";
import { type Value } from "../values/value";

/** What functions give that come to their end without a `return`. */
const unreturned = new WeakSet<Value>();

export function withoutReturn(): Value {
  const value: Value = { kind: "none" };
  unreturned.add(value);
  return value;
}

/** Where it was said of a value that it is of another kind than its user takes it for: one cause is told once. */
const told = new WeakMap<Value, Site["node"]>();

/** False where it was told elsewhere, and where nobody calls the method: others may have set what it finds in an attribute. */
export function isToTell(value: Value, { node, scope }: Site): boolean {
  const { value: owner } = node as Partial<Attribute>;
  if (scope.frame.entered && owner?.kind === "Attribute") return false;
  const before = told.get(value) ?? node;
  told.set(value, before);
  return before === node;
}

/** How a value is called that lacks an attribute which a tensor would have; undefined for any other. */
export function askedAsTensor(value: Value, name: string): string | undefined {
  if (!isTensorName(name)) return undefined;
  const names = value.kind === "tuple" ? value.names : undefined;
  const isNoField = names && !names.includes(name) && !/^(_.*|count|index)$/.test(name);
  return isNoField || kindHas(value, name) === false ? kindInWords(value) : undefined;
}

const doing: Partial<Record<BinaryOperator, string>> = {
  "+": "adding",
  "-": "subtracting",
  "/": "dividing",
  "@": "a matrix product",
};

/** Likewise in arithmetic with a tensor: `x + attention(x, x, x)`. */
export function refuseOperand(machine: Machine, operator: BinaryOperator, a: Value, b: Value, site: Site): void {
  const [sure, other] = a.kind === "tensor" ? [a, b] : [b, a];
  const name = doing[operator];
  if (name === undefined || isDoubtful(sure) || machine.record.uncertainty > 0) return;
  const kind = kindInWords(other);
  if (kind !== undefined && isToTell(other, site))
    machine.record.refuse(name, refuse("expects tensors or numbers", kind.replace(/^A/, "a")), site);
}

function kindInWords(value: Value): string | undefined {
  if (value.kind === "none") return unreturned.has(value) ? "None" : undefined;
  const count = knownItems(value)?.length;
  // What is empty stands there until something else takes its place.
  if (count === 0) return undefined;
  const items = count === undefined ? "" : ` of ${count} ${count === 1 ? "item" : "items"}`;
  if (value.kind === "tuple") return value.type ? undefined : `A tuple${items}`;
  return value.kind === "list" && !value.reading && !value.type ? `A list${items}` : undefined;
}
