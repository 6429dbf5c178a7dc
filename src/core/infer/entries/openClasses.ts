/** What a class leaves to those that derive from it: another file may have such a class. */
import { unknown } from "../../ops/value";
import type { FunctionDef, Statement } from "../../python/syntax";
import { type AnyNode, isKind, walk } from "../../python/visit";
import { linearised } from "../classes/classes";
import { type ClassValue, type ExternalValue, type Value } from "../values/value";

/**
 * Nothing is known any more of the numbers and texts of a class and of its bases, of methods that only stand there to be
 * replaced, and of what a class of the file has in their place.
 */
export function openClass(type: ClassValue, others: readonly Value[]): void {
  const heirs = others.filter((one) => one.kind === "class" && one !== type && linearised(one).includes(type));
  const replaced = new Set(heirs.flatMap((heir) => (heir.kind === "class" ? heir.attributes.keys() : [])));
  const order = linearised(type);
  const isAbstract = order.some(isTemplate);
  for (const { attributes } of order.filter((base) => base.kind === "class"))
    for (const [name, value] of attributes.items())
      if (!/^__\w+__$/.test(name) && name !== "forward" && (replaced.has(name) || isPlaceholder(value, isAbstract)))
        attributes.set(name, { ...unknown(`a class that derives from this one may have another ${name}`), name });
}

/** Whether nobody makes an object of the class itself: a method of it only says that it is missing. */
function isTemplate(type: ClassValue | ExternalValue): boolean {
  if (type.kind === "external") return type.name === "abc.ABC";
  return type.attributes.values().some((value) => {
    const body = value.kind === "function" && value.node.kind === "FunctionDef" ? value.node.body : [];
    return statementsOf(body)[0]?.kind === "Raise";
  });
}

const plain = new Set<Value["kind"]>(["int", "float", "bool", "str", "none", "tuple", "list", "dict", "tensor"]);

function isPlaceholder(value: Value, isAbstract: boolean): boolean {
  if (value.kind !== "function") return plain.has(value.kind);
  return isAbstract || (value.node.kind === "FunctionDef" && isTrivial(value.node));
}

/**
 * Whether all that a function does is to give one of its arguments or something that hangs on none of them, or to say that it
 * is missing.
 */
function isTrivial({ body, parameters }: FunctionDef): boolean {
  const given = new Set(parameters.map(({ name }) => name.name));
  const last = body.at(-1);
  const isIdentity =
    last?.kind === "Return" && last.value?.kind === "Name" && last.value.id !== parameters[0]?.name.name;
  const before = isIdentity || last?.kind === "Raise" ? body.slice(0, -1) : body;
  return statementsOf(before).every(
    (statement) => isMessage(statement) || !namesIn(statement).some((name) => given.has(name)),
  );
}

/** `print(x)`, `warnings.warn(…)`, `logger.info(…)`. */
function isMessage(statement: Statement): boolean {
  const call =
    statement.kind === "ExpressionStatement" && statement.value.kind === "Call" ? statement.value : undefined;
  const name = call?.callee.kind === "Attribute" ? call.callee.attribute.name : "";
  return (
    /^(warn|info|debug|log|error|warning)$/.test(name) || (call?.callee.kind === "Name" && call.callee.id === "print")
  );
}

/** Without its docstring, or the dots in place of a body. */
const statementsOf = (body: readonly Statement[]): readonly Statement[] =>
  body.filter((one) => !(one.kind === "ExpressionStatement" && one.value.kind === "Constant"));

function namesIn(node: AnyNode): string[] {
  const names: string[] = [];
  walk(node, (part) => {
    if (isKind(part, "Name")) names.push(part.id);
    return undefined;
  });
  return names;
}
