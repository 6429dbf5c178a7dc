/** Weights drawn with a standard deviation under which the signal dies out from layer to layer. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Span } from "../../text/source";
import { argumentExpression, callAt } from "../reading/calls";
import { type Finding, type Rule } from "../define";
import { nameOfLibrary } from "../reading/edits";
import { type WeightLayer, chainTo, lastDraws } from "../reading/weights";

/** How much of the signal may be lost over so many layers, and over more. */
const leastSignals: Readonly<Record<number, number>> = { 2: 0.001 };
const leastSignal = 0.1;

function* check(inference: Inference): Iterable<Finding> {
  const draws = lastDraws(inference);
  if (draws.size === 0) return;
  const reported = new Set<Span>();
  for (const { output, module } of inference.record.moduleCalls) {
    // A Sequential may be a part of something that makes up for it.
    if (module.type.kind !== "class" || output.kind !== "tensor") continue;
    const layers = chainTo(output, inference);
    const drawn = layers?.map((layer) => draws.get(layer.weight.stored));
    if (!layers || !drawn || layers.length < 2 || drawn.includes(undefined)) continue;
    const left = layers.reduce((signal, layer, i) => signal * drawn[i]!.std * Math.sqrt(layer.fanIn) * layer.gain, 1);
    const { call, std } = drawn[0]!;
    if (
      left >= (leastSignals[layers.length] ?? leastSignal) ||
      reported.has(call.origin.span) ||
      call.origin.path !== inference.source.path
    )
      continue;
    reported.add(call.origin.span);
    yield describe(call, std, left, layers, inference);
  }
}

function describe(
  call: CallRecord,
  std: number,
  left: number,
  layers: readonly WeightLayer[],
  inference: Inference,
): Finding {
  const node = callAt(call.origin.span);
  const { name, wanted } = properStds(layers);
  const percent = left * 100 >= 1 ? Math.round(left * 100).toString() : (left * 100).toPrecision(1);
  const shown = wanted.slice(0, 4).map((value) => value.toFixed(3));
  return {
    span: (node && argumentExpression(node, "std", isMethod(call) ? 1 : 2)) ?? call.origin.span,
    message: `A std of ${std} is far too small: over ${layers.length} layers only ${percent} % of the signal is left. ${name} would draw them with ${shown.join(", ")}${wanted.length > 4 ? ", …" : ""}.`,
    ...mend(call, name, inference),
  };
}

/** `p.normal_(…)`, in contrast to `nn.init.normal_(p, …)`. */
function isMethod(call: CallRecord): boolean {
  return call.operation.startsWith("Tensor.");
}

/** Kaiming's √(2 / fan_in) for ReLU and its kin, else Xavier's √(2 / (fan_in + fan_out)). */
function properStds(layers: readonly WeightLayer[]): { name: "Kaiming" | "Xavier"; wanted: number[] } {
  const isRelu = layers.slice(0, -1).every((layer) => layer.gain < 1);
  const wanted = layers.map(({ fanIn, fanOut }) => Math.sqrt(2 / (isRelu ? fanIn : fanIn + fanOut)));
  return { name: isRelu ? "Kaiming" : "Xavier", wanted };
}

/** `p.data.normal_(std=…)` becomes `nn.init.xavier_normal_(p)`. */
function mend(call: CallRecord, name: "Kaiming" | "Xavier", inference: Inference): Pick<Finding, "fix"> {
  const node = callAt(call.origin.span);
  const library = nameOfLibrary(inference, "torch.nn");
  if (!node || library === undefined) return {};
  const target = isMethod(call) && node.callee.kind === "Attribute" ? node.callee.value : node.args[0];
  if (!target) return {};
  const tensor = inference.source.slice(target).replace(/\.data$/, "");
  const text =
    name === "Xavier"
      ? `${library}.init.xavier_normal_(${tensor})`
      : `${library}.init.kaiming_normal_(${tensor}, nonlinearity="relu")`;
  return { fix: { title: `Draw the weights as ${name} does`, edits: [{ span: node, text }] } };
}

export const initStdTooSmall: Rule = {
  id: "init-std-too-small",
  summary: "The weights start so small that the signal dies out from layer to layer.",
  category: "initialisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "shapes",
  fix: "suggested",
  check,
};
