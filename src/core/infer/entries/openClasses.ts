/** What a class leaves to those that derive from it: another file may have such a class. */
import { unknown } from "../../ops/value";
import type { FunctionDef, Statement } from "../../python/syntax";
import { type AnyNode, isKind, walk } from "../../python/visit";
import { linearised } from "../classes/classes";
import { type ClassValue, type Value } from "../values/value";

/**
 * Nothing is known any more of the numbers and texts of a class and of its bases, of methods that only stand there to be
 * replaced, and of what a class of the file has in their place.
 */
export function openClass(type: ClassValue, others: readonly Value[]): void {
  const heirs = others.filter((one) => one.kind === "class" && one !== type && linearised(one).includes(type));
  const replaced = new Set(heirs.flatMap((heir) => (heir.kind === "class" ? heir.attributes.keys() : [])));
  for (const { attributes } of linearised(type).filter((base) => base.kind === "class"))
    for (const [name, value] of attributes.items())
      if (!/^__\w+__$/.test(name) && name !== "forward" && (replaced.has(name) || isPlaceholder(value)))
        attributes.set(name, { ...unknown(`a class that derives from this one may have another ${name}`), name });
}

const plain = new Set<Value["kind"]>(["int", "float", "bool", "str", "none", "tuple", "list", "dict", "tensor"]);

function isPlaceholder(value: Value): boolean {
  return value.kind === "function" && value.node.kind === "FunctionDef" ? isTrivial(value.node) : plain.has(value.kind);
}

/** Whether all that a function does is to give something that hangs on none of its arguments, or to say that it is missing. */
function isTrivial({ body, parameters }: FunctionDef): boolean {
  const [only, ...more] = body.filter((statement) => !isText(statement));
  if (!only) return true;
  if (more.length > 0) return false;
  if (only.kind === "Pass" || only.kind === "Raise") return true;
  const own = new Set(parameters.map(({ name }) => name.name));
  return only.kind === "Return" && !(only.value && namesIn(only.value).some((name) => own.has(name)));
}

/** A docstring, or dots in place of a body. */
const isText = (statement: Statement): boolean =>
  statement.kind === "ExpressionStatement" && statement.value.kind === "Constant";

function namesIn(node: AnyNode): string[] {
  const names: string[] = [];
  walk(node, (part) => {
    if (isKind(part, "Name")) names.push(part.id);
    return undefined;
  });
  return names;
}
