/** BatchNorm in DistributedDataParallel: every GPU normalises with its own small part of the batch. */
import { type Inference } from "../../infer/analysis";
import { isModule } from "../../infer/classes/classes";
import { namedModules } from "../../infer/modules/modules";
import { type Finding, type Rule } from "../define";
import { argumentOf, callAt, callsOf } from "../reading/calls";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  const calls = callsOf(inference, "torch.nn.parallel.DistributedDataParallel");
  if (
    calls.length === 0 ||
    nodesOf(inference, "Attribute").some(({ attribute }) => /convert_sync|SyncBatch/.test(attribute.name))
  )
    return;
  for (const call of calls) {
    const model = argumentOf(call, "module", 0);
    if (model?.kind !== "instance" || !isModule(model)) continue;
    const count = namedModules(model).filter(({ module }) => /\.BatchNorm\dd$/.test(module.type.name)).length;
    if (count === 0) continue;
    const node = callAt(call.origin.span);
    const written = node?.args[0];
    const text = written && `torch.nn.SyncBatchNorm.convert_sync_batchnorm(${inference.source.slice(written)})`;
    yield {
      span: call.origin.span,
      message: `The model has ${count} BatchNorm layer${count > 1 ? "s" : ""}, and each process normalises with its own part of the batch only. With few examples on each GPU the statistics are noisy and differ: convert the model with nn.SyncBatchNorm.convert_sync_batchnorm first.`,
      ...(written && text && { fix: { title: "Convert its BatchNorm layers", edits: [{ span: written, text }] } }),
    };
  }
}

export const batchNormUnsynchronised: Rule = {
  id: "batch-norm-unsynchronised",
  summary: "A model with BatchNorm runs on several GPUs that do not share their statistics.",
  category: "model",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
