/** Layers in a plain list or dict: `parameters()`, `to()` and `state_dict()` do not see them. */
import { isTrainable } from "../../infer/modules/moduleMethods";
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { namedModules } from "../../infer/modules/modules";
import { namedTensors } from "../../infer/modules/moduleState";
import { eachIn, knownItems } from "../../infer/collections/lists";
import { type InstanceValue, type Value } from "../../infer/values/value";
import type { Assign, Attribute, Expression } from "../../python/syntax";
import { type AnyNode, isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { type ModelClass, isUsedLater, methodOf, modelClasses } from "../reading/classes";
import { nameOfLibrary } from "../reading/edits";
import { parentOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const model of modelClasses(inference)) {
    // A class that says itself what its parameters are knows of the list.
    if (["parameters", "named_parameters", "_apply"].some((name) => methodOf(model, name))) continue;
    const objects = model.objects.filter(({ attributes }) => !attributes.has("?"));
    const names = new Set([
      ...objects.flatMap((object) => hiddenLists(object, inference)),
      ...objects.flatMap((object) => filledLists(object, model, inference)),
    ]);
    for (const name of names) {
      const write = model.uses.find((use) => use.name === name && use.written)?.written;
      if (!write || !isUsedLater(model, name) || hidesOnPurpose(write.value, model)) continue;
      yield describe(name, write, inference);
    }
  }
}

/** The attributes that hold layers with parameters to train which the object does not know of. */
function hiddenLists(object: InstanceValue, { machine }: Inference): string[] {
  const isTrained = (layer: InstanceValue): boolean =>
    namedTensors(layer, "parameter").some(([, value]) => isTrainable(machine, value) !== false);
  const below = namedModules(object);
  const seen = new Set<unknown>(below.map(({ module }) => module.attributes));
  // What a container holds is not always known: then the layers may be in there.
  if (below.some(({ module }) => module.attributes.has("?") && module.type.kind === "external")) return [];
  return object.attributes.items().flatMap(([name, value]) => {
    const layers = layersIn(value);
    const isHidden = layers.some(isTrained) && layers.every((layer) => !seen.has(layer.attributes));
    return isHidden && !name.startsWith("?") ? [name] : [];
  });
}

/**
 * Lists that `append` fills with layers an unknown number of times, so that what is in them is not known. They must be read
 * by loops and indices only: whoever gets the list as a whole may register what is in it.
 */
function filledLists({ attributes }: InstanceValue, model: ModelClass, inference: Inference): string[] {
  return attributes.items().flatMap(([name, value]) => {
    if (value.kind !== "list" || knownItems(value) || eachIn(value)) return [];
    const uses = model.uses.filter((use) => use.name === name && !use.written);
    const appended = uses.flatMap(({ node }) => appendedTo(node, inference));
    // What the later rounds of such a loop build is not kept.
    const isFilled = appended.every(isModule) && appended.some((one) => isModule(one) && hasWeights(one));
    return isFilled && !uses.some(({ node }) => isHandedOver(node, inference)) ? [name] : [];
  });
}

/** The values of `item` in `self.layers.append(item)`. */
function appendedTo(list: Attribute, inference: Inference): Value[] {
  const method = parentOf(inference, list);
  const call =
    method && isKind(method, "Attribute") && method.attribute.name === "append"
      ? parentOf(inference, method)
      : undefined;
  const item = call && isKind(call, "Call") ? call.args[0] : undefined;
  return (item && inference.record.seenAt(item)?.map(({ value }) => value)) ?? [];
}

function isHandedOver(list: Attribute, inference: Inference): boolean {
  const parent = parentOf(inference, list);
  if (!parent || isKind(parent, "For") || isKind(parent, "Subscript")) return false;
  return (
    !(isKind(parent, "Attribute") && parent.attribute.name === "append") &&
    !isCallOfLength(parent) &&
    !("iterable" in parent)
  );
}

function isCallOfLength(node: AnyNode): boolean {
  return isKind(node, "Call") && node.callee.kind === "Name" && /^(len|enumerate|zip|reversed)$/.test(node.callee.id);
}

function layersIn(value: Value): readonly InstanceValue[] {
  const items =
    value.kind === "dict"
      ? value.entries.values().map((entry) => entry.value)
      : (knownItems(value) ?? [eachIn(value) ?? []].flat());
  const isContainer = value.kind === "list" || value.kind === "dict" || value.kind === "tuple";
  return isContainer && items.every(isModule) ? items : [];
}

function hasWeights(layer: InstanceValue): boolean {
  return namedTensors(layer, "parameter").length > 0;
}

/** `self.teacher = [teacher]` keeps a model that came from outside out of the parameters: an old trick. */
function hidesOnPurpose(value: Expression, model: ModelClass): boolean {
  if (value.kind !== "List" && value.kind !== "Tuple") return false;
  const given = new Set(methodOf(model, "__init__")?.parameters.map(({ name }) => name.name));
  return value.elements.length > 0 && value.elements.every((one) => one.kind === "Name" && given.has(one.id));
}

function describe(name: string, { value, start, end }: Assign, inference: Inference): Finding {
  const isDict = value.kind === "Dict" || (value.kind === "Comprehension" && value.form === "dict");
  const container = isDict ? "ModuleDict" : "ModuleList";
  const library = nameOfLibrary(inference, "torch.nn");
  const isDisplay = ["List", "Dict", "Tuple", "Comprehension"].includes(value.kind);
  const edit = { span: value, text: `${library ?? ""}.${container}(${inference.source.slice(value)})` };
  return {
    span: { start, end },
    message: `PyTorch does not look into plain ${isDict ? "dicts" : "lists"}: parameters(), to() and state_dict() leave out the layers in self.${name}, so no optimizer trains them. Put them into nn.${container}.`,
    ...(library !== undefined && isDisplay && { fix: { title: `Use nn.${container}`, edits: [edit] } }),
  };
}

export const modulesInPythonList: Rule = {
  id: "modules-in-python-list",
  summary: "Layers stand in a plain list or dict, where the model does not see their parameters.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
