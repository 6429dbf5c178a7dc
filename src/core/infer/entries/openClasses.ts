/** What a class leaves to those that derive from it: another file may have such a class. */
import { unknown } from "../../ops/value";
import type { Expression, FunctionDef, Statement } from "../../python/syntax";
import { classAttribute, linearised } from "../classes/classes";
import { knownItems } from "../collections/lists";
import { asNumber } from "../values/truth";
import { type ClassValue, type InstanceValue, type Value } from "../values/value";

/**
 * Nothing is known any more of what a class has only for others to replace, and of what a class of the file has in its place.
 * Of a class of which nobody makes objects itself, its numbers and methods are all of that kind.
 */
export function openClass(type: ClassValue, others: readonly Value[]): void {
  const replaced = new Set(heirsOf(type, others).flatMap(({ attributes }) => attributes.keys()));
  const isAbstract = isTemplate(type);
  for (const { attributes } of linearised(type).filter((base) => base.kind === "class"))
    for (const [name, value] of attributes.items())
      if (!/^__\w+__$/.test(name) && name !== "forward" && (replaced.has(name) || isPlaceholder(value, isAbstract)))
        attributes.set(name, { ...unknown(`a class that derives from this one may have another ${name}`), name });
}

/** The classes among others that derive from one. */
export function heirsOf(type: InstanceValue["type"], others: readonly Value[]): readonly ClassValue[] {
  return others.filter((one) => one.kind === "class").filter((one) => one !== type && linearised(one).includes(type));
}

/** Whether nobody makes an object of the class itself: one of its methods only says that it is missing. */
function isTemplate(type: ClassValue): boolean {
  const order = linearised(type);
  const names = new Set(order.flatMap((base) => (base.kind === "class" ? base.attributes.keys() : [])));
  const isMissing = (value: Value | undefined): boolean =>
    value?.kind === "function" &&
    value.node.kind === "FunctionDef" &&
    statementsOf(value.node.body)[0]?.kind === "Raise";
  const isMarked = type.bases.some((base) => base.kind === "external" && base.name === "abc.ABC");
  return isMarked || [...names].some((name) => isMissing(classAttribute(order, name)));
}

const plain = new Set<Value["kind"]>(["int", "float", "bool", "str", "none", "tuple", "list", "dict", "tensor"]);

function isPlaceholder(value: Value, isAbstract: boolean): boolean {
  if (value.kind === "function") return isAbstract || (value.node.kind === "FunctionDef" && isTrivial(value.node));
  return plain.has(value.kind) && (isAbstract || isNothing(value));
}

/** `None`, 0, an empty text or tuple. */
function isNothing(value: Value): boolean {
  if (value.kind === "none" || asNumber(value) === 0) return true;
  return value.kind === "str" ? value.value === "" : knownItems(value)?.length === 0;
}

/** Whether all that a function does is to give one of its arguments or nothing, or to say that it is missing. */
function isTrivial({ body, parameters }: FunctionDef): boolean {
  const given = new Set(parameters.slice(1).map(({ name }) => name.name));
  const last = body.at(-1);
  const isPlain =
    last?.kind === "Return" && (!last.value || isEmptyExpression(last.value) || isOneOf(last.value, given));
  const before = isPlain || last?.kind === "Raise" ? body.slice(0, -1) : body;
  return statementsOf(before).every((statement) => isMessage(statement) || statement.kind === "Pass");
}

const isOneOf = (node: Expression, names: ReadonlySet<string>): boolean => node.kind === "Name" && names.has(node.id);

/** `None`, `0`, `()`, `nn.Identity()`, `torch.empty(0)`. */
function isEmptyExpression(node: Expression): boolean {
  if (node.kind === "Constant") return node.type === "none" || ("value" in node && !node.value);
  if (node.kind === "Tuple" || node.kind === "List") return node.elements.length === 0;
  if (node.kind === "Dict") return node.entries.length === 0;
  return node.kind === "Call" && node.args.every(isEmptyExpression);
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
