/** A search for NaN gradients that slows down every step. */
import { type Inference } from "../../infer/analysis";
import { truth } from "../reading/data";
import { type Finding, type Rule } from "../define";
import { argumentOf, callsOf } from "../reading/calls";
import { trainingLoops } from "../reading/training";
import { type Value } from "../../infer/value";

function* check(inference: Inference): Iterable<Finding> {
  const calls = callsOf(
    inference,
    ...["torch.autograd.", "torch.autograd.anomaly_mode."].flatMap((place) => [
      `${place}set_detect_anomaly`,
      `${place}detect_anomaly`,
    ]),
  );
  if (calls.length === 0 || trainingLoops(inference).length === 0) return;
  for (const call of calls) {
    const mode = argumentOf(call, "mode", 0) as Value | undefined;
    const isOn = call.operation.endsWith("set_detect_anomaly")
      ? truth(mode) === true
      : mode === undefined || truth(mode) === true;
    if (!isOn) continue;
    yield {
      span: call.origin.span,
      message:
        "Anomaly detection keeps a traceback for every operation and checks every gradient, which makes each step several times slower. It is for the search of a bug.",
    };
  }
}

export const anomalyDetectionLeftOn: Rule = {
  id: "anomaly-detection-left-on",
  summary: "Anomaly detection is on while the model is trained.",
  category: "data",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "dataflow",
  fix: "none",
  check,
};
