/** What a class gives when one of its attributes is asked for on the class itself: `Net.forward`, `Net.__name__`. */
import { str, unknown } from "../../ops/value";
import { classAttribute, hasUnknownBase, linearised, metaclassName } from "./classes";
import { type AnyClass } from "./absence";
import { isOwnGradient } from "../library/autograd";
import { fieldsOfNamedTuple } from "../library/collections";
import { type Scope, moduleScope } from "../memory/scope";
import { type ClassValue, type Value, external } from "../values/value";

export function ofClass(value: ClassValue, name: string): Value {
  const found = classAttribute(linearised(value), name);
  if (found?.kind === "function" && found.decorator === "class")
    return { kind: "method", receiver: value, callee: found };
  if (found) return found;
  if (name === "__name__" || name === "__qualname__") return { kind: "str", value: value.name };
  if (name === "__module__") return moduleOfClass(value);
  const isPlain = !hasUnknownBase(value);
  if (name === "__bases__")
    return value.bases.length === 0 && !isPlain
      ? unknown("its bases are not known")
      : { kind: "tuple", items: value.bases.length > 0 ? value.bases : [external("builtins.object")] };
  if (name === "__mro__" && isPlain) return { kind: "tuple", items: withObject(linearised(value)) };
  const fields = name === "_fields" ? fieldsOfNamedTuple(value) : undefined;
  if (fields) return fields;
  if (isOwnGradient(value, name))
    return { kind: "method", receiver: value, callee: external("torch.autograd.Function.apply") };
  const ofMeta = metaclassAttribute(value, name);
  if (ofMeta) return ofMeta;
  const base = linearised(value).find(
    (type) => type.kind === "external" && !/^(builtins\.object|abc\.ABC)$/.test(type.name),
  );
  if (base?.kind === "external") return external(`${base.name}.${name}`);
  return ofEveryObject.has(name) && !hasUnknownBase(value)
    ? external(`builtins.object.${name}`)
    : unknown(`${value.name} has no ${name} that is known`);
}

/** Every class derives from `object` in the end. */
function withObject(order: readonly AnyClass[]): readonly AnyClass[] {
  const object = external("builtins.object");
  return order.some((type) => type.kind === "external" && type.name === object.name) ? order : [...order, object];
}

/** What the metaclass gives to its classes: its methods are called on them. */
function metaclassAttribute(value: ClassValue, name: string): Value | undefined {
  const metaclass = classAttribute(linearised(value), metaclassName);
  const found = metaclass?.kind === "class" ? classAttribute(linearised(metaclass), name) : undefined;
  if (found?.kind !== "function") return found;
  return found.decorator ? undefined : { kind: "method", receiver: value, callee: found };
}

/** A class knows its module by its methods. */
function moduleOfClass({ attributes }: ClassValue): Value {
  const method = attributes.values().find((value) => value.kind === "function");
  return (method && moduleName(method.scope)) ?? str(undefined);
}

/** What the module of a scope is called. */
export function moduleName(scope: Scope): Value | undefined {
  return moduleScope(scope).names.get("__name__");
}

/** Methods that a class has of no other one. */
export const ofEveryObject = new Set([
  "__init__",
  "__setattr__",
  "__getattribute__",
  "__delattr__",
  "__init_subclass__",
]);

/** What makes an object without anything in it; the class is told. */
export const objectMaker = "builtins.object.__new__";
