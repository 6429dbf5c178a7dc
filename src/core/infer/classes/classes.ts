/** Classes and their objects: the order of bases, where attributes are found, an object before anything is in it. */
import { bareObject } from "./bareObjects";
import { type Operation } from "../../ops/define";
import { findOperation } from "../../ops/registry";
import { type TensorValue, unknown } from "../../ops/value";
import { type Machine, type Site } from "../machine";
import { prepareDict } from "./dictObjects";
import { childCount, eachChild } from "../collections/iterators";
import { type ClassValue, type ExternalValue, type InstanceValue, type Value } from "../values/value";

type AnyClass = ClassValue | ExternalValue;

/** What shares a parameter's memory, such as its `data`, was computed from it and is none itself. */
export function typeOfTensor({ stored, producer }: TensorValue): Value {
  if (stored?.kind === "perhaps") return unknown("it may be a parameter");
  const isParameter = stored?.kind === "parameter" && !producer;
  return { kind: "external", name: isParameter ? "torch.nn.Parameter" : "torch.Tensor" };
}

const orders = new WeakMap<ClassValue, readonly AnyClass[]>();

/** The class and its bases in Python's order of looking attributes up. Bases that are not known are left out. */
export function linearised(type: AnyClass): readonly AnyClass[] {
  if (type.kind === "external") return [type];
  let order = orders.get(type);
  if (!order) {
    orders.set(type, [type]);
    const bases = type.bases.filter((base) => base.kind === "class" || base.kind === "external");
    order = [type, ...merged([...bases.map(linearised), bases])];
    orders.set(type, order);
  }
  return order;
}

/** The C3 order: of the first classes of the lists, always the one that stands behind no other (https://docs.python.org/3/howto/mro.html). */
function merged(lists: readonly (readonly AnyClass[])[]): AnyClass[] {
  const order: AnyClass[] = [];
  let open = lists.filter((list) => list.length > 0);
  while (open.length > 0) {
    const heads = open.map((list) => list[0]!);
    const next = heads.find((head) => !open.some((list) => list.slice(1).some((other) => sameClass(other, head))));
    const chosen = next ?? heads[0]!;
    order.push(chosen);
    open = open.map((list) => list.filter((other) => !sameClass(other, chosen))).filter((list) => list.length > 0);
  }
  return order;
}

export function sameClass(a: AnyClass, b: AnyClass): boolean {
  return a === b || (a.kind === "external" && b.kind === "external" && a.name === b.name);
}

/** Bases outside the program that add nothing to an object. */
const plainBases = new RegExp(
  "^(builtins\\.(object|dict)|collections\\.OrderedDict|abc\\.ABC|typing\\.\\w+|enum\\.\\w+|torch\\.nn\\.(modules\\.(module\\.)?)?Module|" +
    "types\\.SimpleNamespace|argparse\\.Namespace|torch\\.jit\\.ScriptModule|torch\\.utils\\.data\\.(dataset\\.)?(Iterable)?Dataset|(pytorch_)?lightning(\\.\\w+)*\\.LightningModule|" +
    "huggingface_hub\\.PyTorchModelHubMixin)$",
);

/** The callee of what `collections.namedtuple` makes. */
export const namedTupleMaker = "collections.<named tuple>";

/** Whether a base of the class is not known, so that attributes may come from anywhere. */
export function hasUnknownBase(type: ClassValue): boolean {
  return type.bases.some((base) => {
    if (base.kind === "class") return hasUnknownBase(base);
    if (base.kind === "partial" && base.callee.kind === "external") return base.callee.name !== namedTupleMaker;
    return base.kind !== "external" || !(plainBases.test(base.name) || findOperation(base.name)?.kind === "module");
  });
}

const moduleClasses = new RegExp(
  "^(torch\\.(nn\\.(modules\\.(\\w+\\.)?)?\\w+|jit\\.ScriptModule|optim\\.swa_utils\\.AveragedModel)|einops\\.layers\\.torch\\.\\w+|" +
    "(pytorch_)?lightning(\\.\\w+)*\\.LightningModule|torch\\.nn\\.utils\\.parametrize\\.ParametrizationList|" +
    "torch\\.(ao\\.)?(quantization\\.(De)?QuantStub|nn\\.quantized\\.FloatFunctional))$",
);

/** Whether objects of the class are modules of PyTorch. */
export function isModuleClass(type: AnyClass): boolean {
  return linearised(type).some(
    (base) => base.kind === "external" && moduleClasses.test(base.name) && base.name !== "torch.nn.Parameter",
  );
}

export function isModule(value: Value): value is InstanceValue {
  return value.kind === "instance" && isModuleClass(value.type);
}

/** An attribute of the class or of its bases of this program. */
export function classAttribute(types: readonly AnyClass[], name: string): Value | undefined {
  for (const type of types) {
    const value = type.kind === "class" ? type.attributes.get(name) : undefined;
    if (value) return value;
  }
  return undefined;
}

/** PyTorch's own layer among the bases: what `super().__init__(…)` builds and what a call without `forward` runs. */
export function layerOperation(type: AnyClass): Operation | undefined {
  for (const base of linearised(type)) {
    const operation = base.kind === "external" ? findOperation(base.name) : undefined;
    if (operation?.kind === "module") return operation;
  }
  return undefined;
}

/** Something about an object's parts is not known, so that nothing can be counted in it. */
export function loseTrack(instance: InstanceValue, reason: string): void {
  instance.attributes.set("?", unknown(reason));
  instance.attributes.delete(eachChild);
  instance.attributes.delete(childCount);
}

/** Something unknown may have changed the object: nothing is known of what it holds. */
export function forgetObject(instance: InstanceValue): void {
  const changed = unknown("something that is not modelled may have changed the object");
  for (const name of instance.attributes.keys()) instance.attributes.set(name, changed);
  instance.attributes.set("?", changed);
  instance.attributes.set(forgotten, changed);
}

/** Under this name a module has another one that it has not registered. */
export const beside = (name: string): string => `?beside.${name}`;

/** What marks an object of which nothing is known any more. */
export const forgotten = "?forgotten";

export function newInstance(machine: Machine, type: AnyClass, site: Site): InstanceValue {
  const instance = bareObject(machine, type, { path: site.scope.frame.path, span: site.node });
  prepareDict(machine, instance, linearised(type));
  machine.record.part.instances.push(instance);
  return instance;
}

/** What marks a class with a decorator that is not known. */
export const decoratedUnknown = "?decorated";

/** Under this name a class has its metaclass, where the program has written it. */
export const metaclassName = "?metaclass";

/** What marks a class whose attributes are the members of an enumeration. */
export const membersName = "?members";
