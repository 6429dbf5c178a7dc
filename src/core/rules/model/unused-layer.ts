/** A layer that a model builds and never uses: forgotten in `forward`, or written under another name. */
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { namedTensors } from "../../infer/modules/moduleState";
import type { Expression } from "../../python/syntax";
import { isKind } from "../../python/visit";
import type { Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { type ModelClass, methodOf, modelClasses } from "../reading/classes";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  const models = modelClasses(inference);
  if (models.length === 0) return;
  const names = namesRead(inference);
  const walks = walksOverParts(inference);
  const walksItself = ({ node }: ModelClass): boolean =>
    walks.some(({ start, end }) => node.start <= start && end <= node.end);
  for (const model of models) {
    if (!standsAlone(model, models) || walksItself(model)) continue;
    for (const { name, node, written, given: value, method } of model.uses) {
      if (!value || method.name.name !== "__init__" || names.has(name)) continue;
      const seen = inference.record.seenAt(value);
      const hasWeights = seen?.every((one) => isModule(one.value) && namedTensors(one.value, "parameter").length > 0);
      if (!hasWeights || (written && written.targets.length > 1) || isCopy(value, inference)) continue;
      if (isReadBeside(value, method, inference) || isRegistration(value)) continue;
      yield {
        span: written ?? node,
        message: `self.${name} is built and then never used: nothing in this file reads it. Its weights get no gradient, and DistributedDataParallel stops at such parameters.`,
      };
    }
  }
}

/** `self.shared = shared`, and `shared` goes into other layers too. */
function isReadBeside(value: Expression, method: Span, inference: Inference): boolean {
  if (value.kind !== "Name") return false;
  const reads = nodesOf(inference, "Name").filter(
    ({ id, start, end }) => id === value.id && method.start <= start && end <= method.end,
  );
  return reads.length > 1;
}

/** `self.registered = nn.ModuleList(self.layers)`: what is in it stands under another name, too. */
function isRegistration(value: Expression): boolean {
  const given = value.kind === "Call" && value.args.length === 1 ? value.args[0]! : undefined;
  const source = given?.kind === "Starred" ? given.value : given;
  return source?.kind === "Attribute" && source.value.kind === "Name";
}

/** A copy of another layer is often made for users outside, as for a moving average. */
function isCopy(value: Expression, { source }: Inference): boolean {
  return value.kind === "Call" && source.slice(value.callee).endsWith("copy");
}

/** Its `forward` is its own, and no other class of the file shares its attributes. */
function standsAlone(model: ModelClass, models: readonly ModelClass[]): boolean {
  const isBase = models.some(({ type }) => type.bases.includes(model.type));
  const isDerived = model.type.bases.some((base) => base.kind !== "external" || !base.name.endsWith(".Module"));
  return !isBase && !isDerived && methodOf(model, "forward") !== undefined && model.objects.length > 0;
}

/** All attributes that are read somewhere in the file, on whatever object, and all texts, which may be names of them. */
function namesRead(inference: Inference): ReadonlySet<string> {
  const names = new Set<string>();
  const writes = new Set(
    modelClasses(inference).flatMap(({ uses }) => uses.flatMap((use) => (use.given ? [use.node] : []))),
  );
  for (const node of nodesOf(inference, "Attribute")) if (!writes.has(node)) names.add(node.attribute.name);
  for (const node of nodesOf(inference, "Constant"))
    if (node.type === "str") for (const part of node.value.split(".")) names.add(part);
  return names;
}

const byName =
  /^(getattr|children|modules|named_children|named_modules|_modules|__dict__|get_submodule|create_feature_extractor|vars|script|eval|exec)$/;

/** Where a program walks over layers without naming them. */
function walksOverParts(inference: Inference): readonly Span[] {
  return [
    ...nodesOf(inference, "Attribute").filter(({ attribute }) => byName.test(attribute.name)),
    ...nodesOf(inference, "Call").filter(({ callee }) => isKind(callee, "Name") && byName.test(callee.id)),
  ];
}

export const unusedLayer: Rule = {
  id: "unused-layer",
  summary: "A model builds a layer with weights and never uses it.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
