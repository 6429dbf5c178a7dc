/** An embedding with a padding index whose weights are drawn anew: the row of the padding is not 0 any more. */
import { type Inference } from "../../infer/analysis";
import { type StoredTensor } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { settingOf } from "../reading/layers";
import { nodesOf } from "../reading/syntax";
import { constantWritten, lastWrites } from "../reading/weights";

function* check(inference: Inference): Iterable<Finding> {
  const padded = new Map<StoredTensor, string>();
  for (const layer of inference.record.instances) {
    const index =
      layer.type.kind === "external" && layer.type.name.endsWith(".Embedding")
        ? settingOf(layer, "padding_idx")
        : undefined;
    const weight = layer.attributes.get("weight");
    if (index?.kind === "int" && weight?.kind === "tensor" && weight.stored) padded.set(weight.stored, index.value.key);
  }
  if (padded.size === 0 || clearsRow(inference)) return;
  for (const [stored, call] of lastWrites(inference)) {
    const index = padded.get(stored);
    if (index === undefined || call.origin.path !== inference.source.path || constantWritten(call) === 0) continue;
    if (!/^torch\.nn\.init\.|^Tensor\.(normal|uniform)_$/.test(call.operation)) continue;
    yield {
      span: call.origin.span,
      message: `This draws the padding's row too, which nn.Embedding had set to 0 for padding_idx=${index}. That row gets no gradient, so padding stays a random vector. Set it to 0 again.`,
    };
  }
}

/** `weight[padding_idx] = 0`, or the row filled by a method. */
function clearsRow(inference: Inference): boolean {
  return nodesOf(inference, "Subscript").some(
    ({ value }) => value.kind === "Attribute" && /^(weight|data)$/.test(value.attribute.name),
  );
}

export const paddingRowOverwritten: Rule = {
  id: "padding-row-overwritten",
  summary: "Drawing an embedding's weights overwrites the zeros of its padding row.",
  category: "initialisation",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "none",
  check,
};
