/** A bias in front of BatchNorm, which subtracts it again. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/values/value";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { flowOf, isBatchNorm, layerOf, settingOf } from "../reading/layers";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  const { before, others } = layersBefore(inference);
  for (const span of new Set([...before].map((layer) => layer.origin.span))) {
    // One place may build layers that stand in front of different things.
    const layer = [...before].find(({ origin }) => origin.span === span);
    if (!layer || [...others].some(({ origin }) => origin.span === span)) continue;
    const name = layer.type.name.split(".").at(-1)!;
    yield {
      span,
      message: `The bias of this ${name} has no effect: the BatchNorm after it subtracts the mean, and the bias with it, and adds a bias of its own. Write bias=False.`,
      ...mend(layer, inference),
    };
  }
}

/** Layers with a bias whose results go into a BatchNorm each time, and nowhere else. */
function layersBefore(inference: Inference): Record<"before" | "others", ReadonlySet<InstanceValue>> {
  const flow = flowOf(inference);
  const before = new Set<InstanceValue>();
  const others = new Set<InstanceValue>();
  for (const producer of flow.producers) {
    const layer = layerOf(producer);
    if (!layer || !/\.(Linear|Conv(Transpose)?\dd)$/.test(producer.operation)) continue;
    const { path } = layer.origin;
    const call = flow.callOf(producer);
    if (path !== inference.source.path || call?.result.kind !== "tensor") continue;
    const readers = flow.readersOf(call.result);
    const isBefore = readers.length > 0 && readers.every((one) => isBatchNorm(one) && usesBatch(layerOf(one)));
    const isPlain = !flow.isReturned(producer) && layer.attributes.get("bias")?.kind === "tensor";
    (isBefore && isPlain ? before : others).add(layer);
  }
  return { before, others };
}

/** With its own shift: `affine=False` leaves none to take the bias's part. */
function usesBatch(layer: InstanceValue | undefined): boolean {
  const affine = settingOf(layer, "affine");
  return affine?.kind !== "bool" || affine.value === true;
}

/** Nothing else in the file may ask for a bias, as code that initialises all of them does. */
function mend(layer: InstanceValue, inference: Inference): Pick<Finding, "fix"> {
  const call = callAt(layer.origin.span);
  const asksForBias = nodesOf(inference, "Attribute").some(({ attribute }) => attribute.name === "bias");
  if (
    !call ||
    asksForBias ||
    call.keywords.some(({ name }) => !name) ||
    call.args.some(({ kind }) => kind === "Starred")
  )
    return {};
  const given = call.keywords.find(({ name }) => name?.name === "bias");
  if (given && given.value.kind !== "Constant") return {};
  const last = [...call.args, ...call.keywords].reduce((a, b) => (a.end > b.end ? a : b), call.callee);
  const edit = given
    ? { span: given.value, text: "False" }
    : { span: { start: last.end, end: last.end }, text: ", bias=False" };
  return { fix: { title: "Leave the bias out", edits: [edit] } };
}

export const biasBeforeBatchnorm: Rule = {
  id: "bias-before-batchnorm",
  summary: "A layer in front of BatchNorm has a bias that BatchNorm subtracts again.",
  category: "model",
  severity: "information",
  confidence: "certain",
  preset: "teaching",
  needs: "dataflow",
  fix: "safe",
  check,
};
