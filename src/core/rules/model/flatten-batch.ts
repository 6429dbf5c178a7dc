/** A flattening that takes the batch along: all examples become one long vector in front of a linear layer. */
import { type Inference } from "../../infer/analysis";
import { type Producer } from "../../ops/value";
import type { Call } from "../../python/syntax";
import { constantValue } from "../../shape/dim";
import { isRest, knownDims } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { modelClasses } from "../reading/classes";
import { activationOf, behind, flowOf, isDropout } from "../reading/layers";
import { enclosing } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  const models = modelClasses(inference).map(({ node }) => node);
  for (const linear of flowOf(inference).producers) {
    if (linear.operation !== "torch.nn.Linear") continue;
    const flatten = behind(linear.inputs[0], isDropout, (one) => activationOf(one) !== undefined);
    const call = flatten && isWhole(flatten) ? callAt(flatten.origin.span) : undefined;
    if (!flatten || !call || flatten.origin.path !== inference.source.path || isOneExample(flatten, inference))
      continue;
    const isInModel = models.some(({ start, end }) => start <= call.start && call.end <= end);
    if (!isInModel || enclosing(inference, call, "FunctionDef")?.name.name !== "forward") continue;
    const text = inference.source.slice(call);
    yield {
      span: call,
      message: `${text} makes one vector of the whole batch: the linear layer after it fits only a batch of one example. Keep the first axis: flatten(1).`,
      ...mend(call, flatten, inference),
    };
  }
}

/** What gives a single axis, of a tensor that has more. */
function isWhole({ operation, inputs, values }: Producer): boolean {
  const isFlatten = operation.endsWith(".flatten") && valueOf(values?.get("start_dim")) === 0;
  const sizes = values?.get("shape") ?? values?.get("size");
  const isView =
    /\.(view|reshape)$/.test(operation) &&
    (valueOf(sizes) === -1 || (sizes?.kind === "tuple" && sizes.items.length === 1 && valueOf(sizes.items[0]) === -1));
  const rank = inputs[0]?.shape.some(isRest) ? undefined : inputs[0]?.shape.length;
  return (isFlatten || isView) && rank !== 1 && rank !== 0;
}

function valueOf(value: { readonly kind: string } | undefined): number | undefined {
  const integer = value as { kind: "int"; value: Parameters<typeof constantValue>[0] } | undefined;
  return integer?.kind === "int" ? constantValue(integer.value) : undefined;
}

/** Of known size, and the layer behind takes all of it: there is no batch. A picture with four axes has one, be it of 1. */
function isOneExample({ inputs }: Producer, { facts }: Inference): boolean {
  const dims = inputs[0] && knownDims(facts.resolveShape(inputs[0].shape));
  return dims !== undefined && dims.length !== 4 && dims.every((dim) => constantValue(dim) !== undefined);
}

/** `x.view(-1)`, `x.flatten()` and `torch.flatten(x)` all become `….flatten(1)` of what they flatten. */
function mend(call: Call, { operation }: Producer, { source }: Inference): Pick<Finding, "fix"> {
  const flattened =
    operation.startsWith("Tensor.") && call.callee.kind === "Attribute" ? call.callee.value : call.args[0];
  const isPlain = flattened?.kind === "Name" || flattened?.kind === "Call" || flattened?.kind === "Attribute";
  return isPlain
    ? { fix: { title: "Keep the first axis", edits: [{ span: call, text: `${source.slice(flattened)}.flatten(1)` }] } }
    : {};
}

export const flattenBatch: Rule = {
  id: "flatten-batch",
  summary: "A flattening in forward takes the batch along.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
