/** Anomaly detection, which checks every gradient for NaN, in a program that trains. */
import { type Inference } from "../../infer/analysis";
import { regionsAround } from "../../infer/record/trace";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { callStatement, removeLines } from "../reading/statements";
import { trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  if (trainingLoops(inference).length === 0) return;
  for (const call of callsOf(
    inference,
    "torch.autograd.set_detect_anomaly",
    "torch.autograd.anomaly_mode.set_detect_anomaly",
    "torch.autograd.detect_anomaly",
  )) {
    const mode = call.positional[0] ?? call.keywords.get("mode");
    const isOn = call.operation.endsWith(".detect_anomaly") || (mode?.kind === "bool" && mode.value === true);
    const isForDebugging = [...regionsAround(call.region)].some(({ kind }) => kind === "branch");
    if (!isOn || isForDebugging) continue;
    const line = callStatement(inference, call.origin.span);
    yield {
      span: call.origin.span,
      message:
        "Anomaly detection is for finding a NaN: it records where each operation stands and checks every gradient, which makes training several times slower. Take it out when the bug is found.",
      ...(line && { fix: { title: "Remove it", edits: [removeLines(inference, line)] } }),
    };
  }
}

export const anomalyDetectionLeftOn: Rule = {
  id: "anomaly-detection-left-on",
  summary: "Anomaly detection slows training down.",
  category: "optimisation",
  severity: "information",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "suggested",
  check,
};
