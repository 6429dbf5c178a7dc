/** Lists that nobody but one call of a function can have changed: all that happens to them stands in its body. */
import type { Expression } from "../../python/syntax";
import { type AnyNode, isKind, walk } from "../../python/visit";
import { type Scope } from "../memory/scope";

/** What changes nothing in a list that it is called on, or changes it as it is followed. */
const followedMethods = new Set(["append", "extend", "insert", "pop", "reverse", "index", "count", "copy"]);
/** What only reads the lists that it is given. */
const readers = new Set(["len", "list", "tuple", "zip", "enumerate", "reversed", "sum", "cat", "stack", "concat"]);

/** Whether an expression names a list of the running call that no other call and no inner function can reach. */
export function isOwnList(list: Expression, { kind, names, frame }: Scope): boolean {
  if (list.kind !== "Name" || kind !== "function" || !names.has(list.id) || frame.node?.kind !== "FunctionDef")
    return false;
  const { node } = frame;
  if (node.parameters.some(({ name }) => name.name === list.id)) return false;
  let isOwn = true as boolean;
  let inner = -1;
  walk(node, (part, parent) => {
    const isFunction = isKind(part, "FunctionDef") || isKind(part, "Lambda") || isKind(part, "ClassDef");
    if (isFunction && part !== node) inner = Math.max(inner, part.end);
    if (isKind(part, "Global") || isKind(part, "Nonlocal")) isOwn &&= !part.names.some(({ name }) => name === list.id);
    if (isKind(part, "Name") && part.id === list.id) isOwn &&= part.start >= inner && isFollowed(part, parent);
    return undefined;
  });
  return isOwn;
}

/** Whether it is followed what becomes of a list where it is named. */
function isFollowed(name: AnyNode, parent: AnyNode | undefined): boolean {
  if (!parent) return false;
  if (isKind(parent, "Attribute")) return followedMethods.has(parent.attribute.name);
  if (isKind(parent, "Subscript")) return parent.value === name;
  if (isKind(parent, "Call")) return parent.callee !== name && readers.has(calledName(parent.callee));
  if (isKind(parent, "Assign")) return parent.targets.some((target) => target === name);
  if (isKind(parent, "For")) return parent.iterable === name;
  return isKind(parent, "Return");
}

function calledName(callee: Expression): string {
  return callee.kind === "Name" ? callee.id : callee.kind === "Attribute" ? callee.attribute.name : "";
}
