/** `dropout=` of a recurrent network with one layer, where there is no place for it. */
import { type Inference } from "../../infer/analysis";
import { type Finding, type Rule } from "../define";
import { callAt, numberOf } from "../reading/calls";
import { removeKeyword } from "../reading/edits";
import { settingOf, wholeNumber } from "../reading/layers";

function* check(inference: Inference): Iterable<Finding> {
  for (const layer of inference.record.instances) {
    const { path, span } = layer.origin;
    const name = /^torch\.nn\.(RNN|LSTM|GRU)$/.exec(layer.type.name)?.[1];
    if (path !== inference.source.path || layer.type.kind !== "external" || name === undefined) continue;
    const rate = numberOf(settingOf(layer, "dropout"));
    if (!rate || wholeNumber(settingOf(layer, "num_layers")) !== 1) continue;
    const call = callAt(span);
    const written = call?.keywords.find((keyword) => keyword.name?.name === "dropout");
    const count = call?.keywords.find((keyword) => keyword.name?.name === "num_layers")?.value ?? call?.args[2];
    // A number of layers that comes from elsewhere may be another one in the next run.
    if (!call || !written || (count && count.kind !== "Constant")) continue;
    yield {
      span: written,
      message: `dropout=${rate} does nothing here: ${name} drops values between its layers, and this one has a single layer. Add an nn.Dropout after it, or layers.`,
      fix: { title: "Remove dropout", edits: [removeKeyword(call, written)] },
    };
  }
}

export const rnnDropoutOneLayer: Rule = {
  id: "rnn-dropout-one-layer",
  summary: "A recurrent network of one layer has a dropout rate, which does nothing.",
  category: "model",
  severity: "warning",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
