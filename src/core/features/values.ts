/** Layers and the values that they give, in the words that hover, summaries and the terminal share. */
import { type Inference } from "../infer/analysis";
import { type ModuleCall } from "../infer/record/part";
import { alternativesOf } from "../infer/values/choices";
import { isModule, isModuleClass } from "../infer/classes/classes";
import { dictIn } from "../infer/classes/dictObjects";
import { isParametrized } from "../infer/library/parametrize";
import { knownItems } from "../infer/collections/lists";
import { namedModules } from "../infer/modules/modules";
import { namedTensors } from "../infer/modules/moduleState";
import { mayCoincide } from "../infer/modules/stored";
import { type InstanceValue, type Value } from "../infer/values/value";
import { type TensorValue } from "../ops/value";
import { type Dim, add, constant, constantValue, isUnknown, product, unknownSize } from "../shape/dim";
import { printDim, printShape } from "../shape/notation";
import { knownDims } from "../shape/shape";

/** Numbers of elements of the parameters of a module, those below it included, each shared one once. */
export function parameterCount(module: InstanceValue): Dim {
  return storedCount(module, "parameter");
}

export function bufferCount(module: InstanceValue): Dim {
  return storedCount(module, "buffer");
}

/** Not known where an attribute is not known: it may be a layer. */
function storedCount(module: InstanceValue, kind: "parameter" | "buffer"): Dim {
  const isOpen = namedModules(module).some(({ module: part }) => part.attributes.values().some(mayHoldTensors));
  const tensors = namedTensors(module, kind).map(([, value]) => value);
  return isOpen || mayCoincide(tensors) ? unknownSize() : countOf(tensors);
}

/** Something unknown may; one of several layers does not where none of them does, such as an activation. */
function mayHoldTensors(value: Value): boolean {
  if (value.kind !== "unknown" || value.isData) return false;
  const all = alternativesOf(value);
  return !all?.every((one) => isModule(one.value) && isBare(one.value));
}

function isBare(module: InstanceValue): boolean {
  const tensors = [...namedTensors(module, "parameter"), ...namedTensors(module, "buffer")];
  return (
    tensors.length === 0 && namedModules(module).every((part) => !part.module.attributes.values().some(mayHoldTensors))
  );
}

/** The number of elements of some tensors. */
export function countOf(tensors: readonly TensorValue[]): Dim {
  return tensors.reduce((total, { shape }) => {
    const dims = knownDims(shape);
    return add(total, dims ? product(dims) : unknownSize());
  }, constant(0));
}

/** `1,707,274`: by hand, since a locale's tables take longer to load than a model to read. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1,707,274`, or an expression. */
export function printCount(count: Dim): string {
  const value = constantValue(count);
  return value === undefined ? (isUnknown(count) ? "an unknown number of" : printDim(count)) : grouped(value);
}

/** The calls of a module, in the order of the run. */
export function callsOf(module: InstanceValue, { record }: Inference): ModuleCall[] {
  return record.moduleCalls.filter((call) => call.module.attributes === module.attributes);
}

/** `(B, 400) → (B, 120)` for a call of a module. */
export function printCall(call: ModuleCall, { facts }: Inference): string {
  const side = (values: readonly Value[]): string =>
    values.map((value) => (value.kind === "tensor" ? printShape(facts.resolveShape(value.shape)) : "?")).join(", ");
  const inputs = call.inputs.filter((value) => value.kind === "tensor");
  return `${side(inputs)} → ${side(outputsOf(call.output))}`;
}

/** The tensors that a call returns, nested tuples and dicts flattened in order. */
export function outputsOf(value: Value): Value[] {
  if (value.kind === "tuple") return value.items.flatMap(outputsOf);
  // How many a list of unknown length has, nobody knows: it stands for itself.
  if (value.kind === "list") return knownItems(value)?.flatMap(outputsOf) ?? [value];
  const dict = dictIn(value);
  if (dict) return dict.entries.values().flatMap((entry) => outputsOf(entry.value));
  return fieldsOf(value)?.flatMap(outputsOf) ?? [value];
}

/** What a plain object of the program holds, such as one of a data class. */
function fieldsOf(value: Value): readonly Value[] | undefined {
  if (value.kind !== "instance" || value.type.kind !== "class" || isModuleClass(value.type)) return undefined;
  const plain = ["none", "bool", "int", "float", "str"];
  return value.attributes.has("?") ? undefined : value.attributes.values().filter(({ kind }) => !plain.includes(kind));
}

/** The class of a module as its author wrote it; a lazy layer has become another one when it has been called. */
export function typeName(module: InstanceValue): string {
  const layer = module.layer.get("layer");
  const qualified = module.type.kind === "external" && layer ? layer.operation.qualifiedName : module.type.name;
  return `${isParametrized(module) ? "Parametrized" : ""}${qualified.split(".").at(-1)!}`;
}
