/** Classes: the order of their bases, finding attributes, building objects and PyTorch's layers. */
import { construct } from "../ops/apply";
import { isRefusal } from "../ops/call";
import { type Operation } from "../ops/define";
import { findOperation } from "../ops/registry";
import { bind } from "../ops/signature";
import { type TensorValue, unknown } from "../ops/value";
import { type Arguments, type Machine, type Site } from "./machine";
import { elementsOf } from "./sequences";
import { type ClassValue, type ExternalValue, type InstanceValue, type Value, toOpValue } from "./value";

/** The class and its bases, nearest first. Bases that are not known are left out. */
export function linearised(type: ClassValue | ExternalValue, seen = new Set<Value>()): (ClassValue | ExternalValue)[] {
  if (seen.has(type)) return [];
  seen.add(type);
  if (type.kind === "external") return [type];
  const bases = type.bases.filter((base) => base.kind === "class" || base.kind === "external");
  return [type, ...bases.flatMap((base) => linearised(base, seen))];
}

/** Whether a base of the class is not known, so that attributes may come from anywhere. */
export function hasUnknownBase(type: ClassValue): boolean {
  return type.bases.some((base) => (base.kind === "class" ? hasUnknownBase(base) : base.kind !== "external"));
}

const moduleClasses = /^torch\.nn\.(modules\.\w+\.)?(Module|\w+)$/;

/** Whether objects of the class are modules of PyTorch. */
export function isModuleClass(type: ClassValue | ExternalValue): boolean {
  return linearised(type).some(
    (base) => base.kind === "external" && moduleClasses.test(base.name) && base.name !== "torch.nn.Parameter",
  );
}

export function isModule(value: Value): value is InstanceValue {
  return value.kind === "instance" && isModuleClass(value.type);
}

/** An attribute of the class or of its bases of this program. */
export function classAttribute(types: readonly (ClassValue | ExternalValue)[], name: string): Value | undefined {
  for (const type of types) {
    const value = type.kind === "class" ? type.attributes.get(name) : undefined;
    if (value) return value;
  }
  return undefined;
}

/** PyTorch's own layer among the bases: what `super().__init__(…)` builds and what a call without `forward` runs. */
export function layerOperation(type: ClassValue | ExternalValue): Operation | undefined {
  for (const base of linearised(type)) {
    const operation = base.kind === "external" ? findOperation(base.name) : undefined;
    if (operation?.kind === "module") return operation;
  }
  return undefined;
}

export function newInstance(machine: Machine, type: ClassValue | ExternalValue, site: Site): InstanceValue {
  const instance: InstanceValue = {
    kind: "instance",
    type,
    attributes: machine.newTable(),
    layer: machine.newTable(),
    origin: { path: site.scope.frame.path, span: site.node },
  };
  machine.record.instances.push(instance);
  return instance;
}

/** Calls a class of the program: makes an object and runs `__init__`. */
export function instantiate(machine: Machine, type: ClassValue, args: Arguments, site: Site): Value {
  const unknownDecorator = type.node.decorators.length > 0;
  const initialise = classAttribute(linearised(type), "__init__");
  if (!initialise && (unknownDecorator || hasUnknownBase(type)))
    return unknown(`how ${type.name} is built is not known`);
  const instance = newInstance(machine, type, site);
  if (initialise?.kind === "function") {
    machine.call({ kind: "method", receiver: instance, callee: initialise }, args, site);
  } else {
    const operation = layerOperation(type);
    if (operation && !buildLayer(machine, instance, operation, args, site))
      return unknown(`${type.name} cannot be built`);
  }
  return instance;
}

/** Makes an object a layer of PyTorch: its arguments are bound, its parameters registered. False where it is refused. */
export function buildLayer(
  machine: Machine,
  instance: InstanceValue,
  operation: Operation,
  args: Arguments,
  site: Site,
): boolean {
  const keywords = new Map([...args.keywords].map(([name, value]) => [name, toOpValue(value)]));
  const bound = bind(operation.signature, args.positional.map(toOpValue), keywords);
  if (typeof bound === "string" || args.open) return false;
  const call = { name: operation.signature.name, ...bound, facts: machine.facts };
  const stored = construct(operation, call);
  if (isRefusal(stored)) {
    machine.record.refuse(operation.qualifiedName, stored, { path: site.scope.frame.path, span: site.node }, instance);
    return false;
  }
  instance.layer.set("layer", { operation, call: bound });
  for (const [name, value] of stored.parameters) instance.attributes.set(name, storedTensor(value, "parameter"));
  for (const [name, value] of stored.buffers) instance.attributes.set(name, storedTensor(value, "buffer"));
  fillContainer(machine, instance, operation, args);
  return true;
}

let storedCount = 0;

/** A new parameter or buffer of the given shape. */
export function storedTensor(value: TensorValue, kind: "parameter" | "buffer"): TensorValue {
  return { ...value, producer: undefined, stored: { kind, id: ++storedCount } };
}

/** The layers handed to a container become its children, by number or by name. */
function fillContainer(machine: Machine, instance: InstanceValue, operation: Operation, args: Arguments): void {
  const name = operation.signature.name;
  if (!["nn.Sequential", "nn.ModuleList", "nn.ModuleDict", "nn.ParameterList"].includes(name)) return;
  const [first] = args.positional;
  if (first?.kind === "dict") {
    for (const { key, value } of first.entries.values()) {
      if (key.kind === "str" && key.value !== undefined) instance.attributes.set(key.value, value);
    }
    return;
  }
  const children = name === "nn.Sequential" ? args.positional : first ? elementsOf(machine, first) : [];
  if (!children) instance.attributes.set("0", unknown("the layers of the container are not known"));
  children?.forEach((child, index) => {
    instance.attributes.set(String(index), child);
  });
}

/** Calls a class of PyTorch that is a layer. */
export function instantiateLayer(
  machine: Machine,
  type: ExternalValue,
  operation: Operation,
  args: Arguments,
  site: Site,
): Value {
  const instance = newInstance(machine, type, site);
  return buildLayer(machine, instance, operation, args, site)
    ? instance
    : unknown(`${operation.signature.name} cannot be built like this`);
}
