/** The model classes of a file: their methods, their objects, and where they read and write attributes of `self`. */
import { isModuleClass } from "../../infer/classes/classes";
import { type Inference } from "../../infer/analysis";
import { type ClassValue, type InstanceValue } from "../../infer/values/value";
import type { Assign, Attribute, ClassDef, Expression, FunctionDef } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { ancestorsOf, nodesOf, parentOf } from "./syntax";

export interface ModelClass {
  readonly node: ClassDef;
  readonly type: ClassValue;
  /** Those that the run has built, copies of them too. */
  readonly objects: readonly InstanceValue[];
  /** `self.name` in its methods, in the order of the text. */
  readonly uses: readonly SelfUse[];
}

/** `self.name` in a method. */
export interface SelfUse {
  readonly name: string;
  readonly node: Attribute;
  readonly method: FunctionDef;
  /** The assignment that writes it, where it is one of its targets. */
  readonly written: Assign | undefined;
  /** What it is given there, also in `self.a, self.b = one, other`. */
  readonly given: Expression | undefined;
}

const known = new WeakMap<Inference, readonly ModelClass[]>();

/** The classes of the file that derive from `nn.Module`. */
export function modelClasses(inference: Inference): readonly ModelClass[] {
  const found = known.get(inference) ?? findClasses(inference);
  known.set(inference, found);
  return found;
}

function findClasses(inference: Inference): ModelClass[] {
  const types = new Map<ClassDef, ClassValue>();
  const objects = new Map<ClassDef, InstanceValue[]>();
  for (const value of inference.scope.names.values()) if (value.kind === "class") types.set(value.node, value);
  for (const instance of inference.record.instances) {
    if (instance.type.kind !== "class") continue;
    const { node } = instance.type;
    types.set(node, instance.type);
    const same = objects.get(node);
    if (same) same.push(instance);
    else objects.set(node, [instance]);
  }
  const uses = usesByClass(inference);
  return nodesOf(inference, "ClassDef").flatMap((node) => {
    const type = types.get(node);
    return type && isModuleClass(type)
      ? [{ node, type, objects: objects.get(node) ?? [], uses: uses.get(node) ?? [] }]
      : [];
  });
}

function usesByClass(inference: Inference): ReadonlyMap<ClassDef, SelfUse[]> {
  const byClass = new Map<ClassDef, SelfUse[]>();
  for (const node of nodesOf(inference, "Attribute")) {
    if (node.value.kind !== "Name") continue;
    const method = methodAround(inference, node);
    if (!method || method.parameters[0]?.name.name !== node.value.id) continue;
    const owner = parentOf(inference, method) as ClassDef;
    const parent = parentOf(inference, node);
    const written = parent && isKind(parent, "Assign") && parent.targets.includes(node) ? parent : undefined;
    const use = {
      name: node.attribute.name,
      node,
      method,
      written,
      given: written?.value ?? givenInPair(inference, node),
    };
    const same = byClass.get(owner);
    if (same) same.push(use);
    else byClass.set(owner, [use]);
  }
  return byClass;
}

/** The value that a target among several gets from as many values. */
function givenInPair(inference: Inference, node: Attribute): Expression | undefined {
  const targets = parentOf(inference, node);
  const parent = targets && isKind(targets, "Tuple") ? parentOf(inference, targets) : undefined;
  if (!targets || !isKind(targets, "Tuple") || !parent || !isKind(parent, "Assign") || parent.targets[0] !== targets)
    return undefined;
  const values = parent.value.kind === "Tuple" ? parent.value.elements : [];
  const isPaired = values.length === targets.elements.length && !values.some(({ kind }) => kind === "Starred");
  return isPaired ? values[targets.elements.indexOf(node)] : undefined;
}

/** The method that a node stands in, also inside of its lambdas and inner functions. */
export function methodAround(inference: Inference, node: Parameters<typeof parentOf>[1]): FunctionDef | undefined {
  for (const outer of ancestorsOf(inference, node)) {
    const above = isKind(outer, "FunctionDef") && parentOf(inference, outer);
    if (above && isKind(above, "ClassDef")) return outer;
  }
  return undefined;
}

export function methodOf({ node }: ModelClass, name: string): FunctionDef | undefined {
  return node.body.find((one): one is FunctionDef => one.kind === "FunctionDef" && one.name.name === name);
}

/** Whether an attribute is read in a method other than `__init__`. */
export function isUsedLater({ uses }: ModelClass, name: string): boolean {
  return uses.some((use) => use.name === name && !use.written && use.method.name.name !== "__init__");
}
