/** A model of its own that the loss depends on, and whose parameters nobody gave to an optimizer. */
import { type Inference } from "../../infer/analysis";
import { namedModules } from "../../infer/modules/modules";
import { type InstanceValue } from "../../infer/values/value";
import type { Assign, Expression, Tuple } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { argumentExpression, callAt } from "../reading/calls";
import { assignedTo } from "../reading/names";
import { isSame } from "../reading/optimizers";
import { nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";
import { type Unoptimised, isPartlyHeld, unoptimisedLayers } from "../reading/unoptimised";

function* check(inference: Inference): Iterable<Finding> {
  yield* wholeModels(inference);
  yield* partsOfModels(inference);
}

function* wholeModels(inference: Inference): Iterable<Finding> {
  for (const { root, optimizers } of unoptimisedLayers(inference)) {
    if (root.origin.path !== inference.source.path || optimizers.some((one) => isPartlyHeld(root, one))) continue;
    if (isInPlainList(inference, root)) continue;
    const name = nameOf(inference, root);
    if (isMeantToStay(inference, root, name) || isTrainedByHand(inference, name)) continue;
    yield {
      span: root.origin.span,
      message: `The loss depends on ${name ? `${name} (${kindOf(root)})` : `this ${kindOf(root)}`}, but no optimizer holds its parameters: it keeps the random weights that it began with.`,
      related: [
        { span: optimizers[0]!.call.origin.span, message: "The optimizer takes the parameters of other modules only." },
      ],
    };
  }
}

/** Where only some layers are trained on purpose, others have been trained before, or are meant to stay random. */
const trainedBefore =
  /pretrain|load_state_dict|torch\.load|from_pretrained|weights=|checkpoint|freeze|frozen|finetun|fine_tun/i;
/** What is trained alone on top of fixed features. */
const onTop = /head|classif|fc|adapter|lora|prompt|probe|readout|project|last|final|out/i;

/** An optimizer that was given a part of a model by name, and nobody the rest that the loss depends on. */
function* partsOfModels(inference: Inference): Iterable<Finding> {
  const parts = unoptimisedLayers(inference).filter(
    ({ root, layer, optimizers }) =>
      root.type.kind === "class" && optimizers.some((one) => isPartlyHeld(root, one)) && layer !== root,
  );
  const [first] = parts;
  if (!first || trainedBefore.test(inference.source.text)) return;
  const { root, optimizers } = first;
  const holders = optimizers.filter((one) => isPartlyHeld(root, one));
  const [holder] = holders;
  if (holders.length !== 1 || holder?.call.origin.path !== inference.source.path) return;
  const node = callAt(holder.call.origin.span);
  const given = node && argumentExpression(node, "params", 0);
  const [held, ...others] = given ? partsNamed(given, inference) : [];
  const all = held === undefined ? [] : [held, ...others];
  if (!given || held === undefined || all.every((one) => onTop.test(one))) return;
  const names = namedModules(root)
    .slice(1)
    .flatMap(({ name, module }) =>
      !name.includes(".") && parts.some(({ layer }) => isWithin(module, layer)) ? [name] : [],
    );
  // Where several parts are named, one is forgotten; where most are left out, that is meant.
  if (all.length > 1 && names.length >= all.length) return;
  if (names.length === 0 || names.some((name) => fixedNames.test(name) || /backbone|embed|base|features/i.test(name)))
    return;
  if (isTakenCareOf(inference, root, parts)) return;
  yield {
    span: given,
    severity: "warning",
    message: `The optimizer gets the parameters of ${all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : held} alone; the loss also depends on ${names.join(", ")}, which ${names.length > 1 ? "keep" : "keeps"} the random weights that it began with. Hand over the parameters of the whole model.`,
  };
}

/** The parts in an expression, in groups and lists too; none where something else is in it. */
function partsNamed(given: Expression, inference: Inference, depth = 0): string[] {
  const part = partNamed(given);
  if (part) return [part];
  const inner = depth > 4 ? undefined : givenIn(given, inference);
  const parts = inner?.map((one) => partsNamed(one, inference, depth + 1)) ?? [];
  return parts.length > 0 && parts.every((one) => one.length > 0) ? parts.flat() : [];
}

/** What a list, a group of parameters, `list(…)`, `chain(…)` or a sum of lists is made of. */
function givenIn(given: Expression, inference: Inference): readonly Expression[] | undefined {
  switch (given.kind) {
    case "Name": {
      const written = assignedTo(given, inference);
      return written && [written];
    }
    case "List":
    case "Tuple":
      return given.elements;
    case "Starred":
      return [given.value];
    case "BinaryOperation":
      return given.operator === "+" ? [given.left, given.right] : undefined;
    case "Call":
      return /(^|\.)(list|chain)$/.test(pathOf(given.callee)) ? given.args : undefined;
    case "Dict":
      return given.entries.flatMap(({ key, value }) =>
        key?.kind === "Constant" && key.type === "str" && key.value === "params" ? [value] : [],
      );
    default:
      return undefined;
  }
}

/** `model.encoder` of `model.encoder.parameters()`. */
function partNamed(given: Expression): string | undefined {
  if (given.kind !== "Call" || given.callee.kind !== "Attribute" || given.callee.attribute.name !== "parameters")
    return undefined;
  const path = pathOf(given.callee.value);
  return path.includes(".") && !/^(self|cls)\.\w+$/.test(path) ? path : undefined;
}

/** Somebody asks for the weights of one of these layers, or of what it is a part of inside of the model. */
function isTakenCareOf({ record }: Inference, root: InstanceValue, parts: readonly Unoptimised[]): boolean {
  return record.calls.some(
    ({ operation, receiver }) =>
      /^Module\.((named_)?parameters|load_state_dict|requires_grad_|state_dict)$/.test(operation) &&
      receiver?.kind === "instance" &&
      !isSame(receiver, root) &&
      parts.some(({ layer }) => isWithin(receiver, layer)),
  );
}

function isWithin(module: InstanceValue, layer: InstanceValue): boolean {
  return namedModules(module).some((inner) => isSame(inner.module, layer));
}

const fixedNames = /teacher|target|frozen|fixed|pretrain|vgg|lpips|feature|perceptual|critic|clip|ema|old|ref|random/i;

/** Modules that were loaded, switched to evaluation or asked for their parameters: somebody takes care of them. */
function isMeantToStay({ record }: Inference, root: InstanceValue, name: string): boolean {
  if (
    fixedNames.test(name) ||
    fixedNames.test(kindOf(root)) ||
    (root.attributes.get("training")?.kind === "bool" && isOff(root))
  )
    return true;
  return record.calls.some(
    ({ operation, receiver, positional }) =>
      (/^Module\.(named_)?(parameters|load_state_dict|eval|requires_grad_|state_dict|modules|children)$/.test(
        operation,
      ) &&
        receiver !== undefined &&
        isSame(receiver, root)) ||
      (!/^(torch|Module|builtins)\./.test(operation) && positional.some((value) => isSame(value, root))),
  );
}

/** Somebody uses its parameters by name: `net.weight.data -= rate * net.weight.grad`. To give them other values is no training. */
function isTrainedByHand(inference: Inference, name: string): boolean {
  const given = nodesOf(inference, "Call").filter(({ callee }) => /(^|\.)init(\.|_)/.test(pathOf(callee)));
  const isInitialised = ({ start, end }: Expression): boolean =>
    given.some((call) => call.start <= start && end <= call.end);
  return nodesOf(inference, "Attribute").some(
    (node) =>
      /^(weight|bias|grad)$/.test(node.attribute.name) &&
      name !== "" &&
      `${pathOf(node.value)}.`.startsWith(`${name}.`) &&
      !isInitialised(node),
  );
}

function isOff({ attributes }: InstanceValue): boolean {
  const training = attributes.get("training");
  return training?.kind === "bool" && training.value === false;
}

function kindOf({ type }: InstanceValue): string {
  return type.name.split(".").at(-1)!;
}

function assignmentOf(inference: Inference, { origin }: InstanceValue): Assign | undefined {
  return nodesOf(inference, "Assign").find(
    ({ value }) => value.start <= origin.span.start && value.end >= origin.span.end,
  );
}

/** Layers in a plain list of a model are another mistake: the model does not know of them. */
function isInPlainList(inference: Inference, root: InstanceValue): boolean {
  const found = assignmentOf(inference, root);
  return found?.targets[0]?.kind === "Attribute" && /^(List|Comprehension|Dict)$/.test(found.value.kind);
}

/** `first, second = nn.Linear(3, 2), nn.Linear(3, 2)`: the target that stands where the value does. */
function inPlaceOf({ origin: { span } }: InstanceValue, targets: Tuple, value: Expression): Expression | undefined {
  const values = value.kind === "Tuple" ? value.elements : [];
  return targets.elements[values.findIndex(({ start, end }) => start <= span.start && span.end <= end)];
}

/** What the program calls a module. */
function nameOf(inference: Inference, root: InstanceValue): string {
  const assignment = assignmentOf(inference, root);
  const [first] = assignment?.targets ?? [];
  const target = first?.kind === "Tuple" ? inPlaceOf(root, first, assignment!.value) : first;
  return target?.kind === "Name" ? target.id : target?.kind === "Attribute" ? target.attribute.name : "";
}

export const parametersInNoOptimizer: Rule = {
  id: "parameters-in-no-optimizer",
  summary: "A module that the loss depends on is in no optimizer.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
