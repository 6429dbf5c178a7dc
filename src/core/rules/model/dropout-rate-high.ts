/** Dropout that drops most values, or all: `p` is the probability to drop, not to keep. */
import { type Inference } from "../../infer/analysis";
import { type Span } from "../../text/source";
import { type Finding, type Rule, type Thresholds } from "../define";
import { argumentExpression, callAt, callsOf, numberOf } from "../reading/calls";
import { settingOf } from "../reading/layers";

interface Rate {
  readonly rate: number;
  readonly span: Span;
}

/** Every dropout that the file builds or calls, with a rate that is known. */
export function* dropoutRates(inference: Inference): Iterable<Rate> {
  const { record, source } = inference;
  for (const layer of record.instances) {
    const isHere = layer.origin.path === source.path && layer.type.kind === "external";
    if (!isHere || !/^torch\.nn\.(Alpha|FeatureAlpha)?Dropout\dd?$|^torch\.nn\.(Alpha)?Dropout$/.test(layer.type.name))
      continue;
    const rate = numberOf(settingOf(layer, "p"));
    if (rate !== undefined) yield { rate, span: placeOfRate(layer.origin.span, 0) };
  }
  const functions = ["dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"];
  for (const call of callsOf(inference, ...functions.map((name) => `torch.nn.functional.${name}`))) {
    const rate = numberOf(call.values.get("p"));
    if (rate !== undefined) yield { rate, span: placeOfRate(call.origin.span, 1) };
  }
}

function placeOfRate(span: Span, position: number): Span {
  const call = callAt(span);
  return (call && argumentExpression(call, "p", position)) ?? span;
}

function* check(inference: Inference, { rate: most }: Thresholds): Iterable<Finding> {
  for (const { rate, span } of dropoutRates(inference)) {
    if (rate <= most! || rate >= 1) continue;
    yield {
      span,
      message: `A dropout rate of ${rate} drops ${percent(rate)} of the values and keeps only ${percent(1 - rate)}: p is the probability to drop, not to keep. Usual are rates up to 0.5.`,
    };
  }
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

export const dropoutRateHigh: Rule = {
  id: "dropout-rate-high",
  summary: "A dropout drops more values than it keeps.",
  category: "model",
  severity: "warning",
  confidence: "likely",
  preset: "strict",
  needs: "dataflow",
  fix: "none",
  thresholds: { rate: { default: 0.6, says: "The highest rate that is not reported." } },
  check,
};
