/** Weights drawn with a standard deviation that saturates the activations, or blows the signal up. */
import { type Inference } from "../../infer/analysis";
import { type Span } from "../../text/source";
import { type Finding, type Rule, type Thresholds } from "../define";
import { argumentExpression, callAt } from "../reading/calls";
import { type Draw, type WeightLayer, chainTo, lastDraws } from "../reading/weights";

const bounded = /^(tanh|sigmoid|softsign|hardtanh)$/;

interface Excess {
  readonly draw: Draw;
  readonly layer: WeightLayer;
  /** The standard deviation of what the layer gives. */
  readonly size: number;
}

function* check(inference: Inference, { saturation, growth }: Thresholds): Iterable<Finding> {
  const draws = lastDraws(inference);
  if (draws.size === 0) return;
  const reported = new Set<Span>();
  for (const { output, module } of inference.record.moduleCalls) {
    if (module.type.kind !== "class" && !module.type.name.endsWith(".Sequential")) continue;
    const layers = output.kind === "tensor" ? chainTo(output, inference) : undefined;
    const found = layers && excessOf(layers, draws, saturation!, growth!);
    const span = found?.draw.call.origin.span;
    if (!found || !span || reported.has(span) || found.draw.call.origin.path !== inference.source.path) continue;
    reported.add(span);
    yield describe(found, span);
  }
}

/** Follows the size of a signal that starts at 1; layers that nobody touched draw theirs as PyTorch does. */
function excessOf(
  layers: readonly WeightLayer[],
  draws: ReadonlyMap<unknown, Draw | undefined>,
  saturation: number,
  growth: number,
): Excess | undefined {
  let size = 1;
  let first: { draw: Draw; layer: WeightLayer } | undefined;
  for (const layer of layers) {
    const { stored } = layer.weight;
    if (draws.has(stored) && !draws.get(stored)) return undefined;
    const draw = draws.get(stored);
    const std = draw?.std ?? 1 / Math.sqrt(3 * layer.fanIn);
    if (draw) first ??= { draw, layer };
    size *= std * Math.sqrt(layer.fanIn);
    const isBounded = layer.activation !== undefined && bounded.test(layer.activation);
    if (isBounded && draw && size > saturation) return { draw, layer, size };
    size = isBounded ? Math.min(size, 1) : size * layer.gain;
  }
  return first && layers.length > 1 && size > growth ? { ...first, size } : undefined;
}

function describe({ draw, layer, size }: Excess, span: Span): Finding {
  const call = callAt(span);
  const isMethod = draw.call.operation.startsWith("Tensor.");
  const isBounded = layer.activation !== undefined && bounded.test(layer.activation);
  const effect = isBounded
    ? `a layer with ${layer.fanIn} inputs hands values of a size of about ${rounded(size)} to its ${layer.activation}, which is flat there: hardly any gradient gets through`
    : `the signal grows about ${rounded(size)}-fold on its way to the output, and the first losses and gradients are huge`;
  const wanted = isBounded ? 1 / layer.fanIn : 2 / layer.fanIn;
  return {
    span: (call && argumentExpression(call, "std", isMethod ? 1 : 2)) ?? span,
    message: `A std of ${Number(draw.std.toPrecision(3))} is far too large: ${effect}. For ${layer.fanIn} inputs about ${Math.sqrt(wanted).toPrecision(2)} is right.`,
  };
}

function rounded(size: number): string {
  return size >= 1e6 ? size.toExponential(0) : String(Number(size.toPrecision(2)));
}

export const initStdTooLarge: Rule = {
  id: "init-std-too-large",
  summary: "The weights start so large that activations saturate or the signal explodes.",
  category: "initialisation",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  thresholds: {
    saturation: {
      default: 5,
      says: "The largest standard deviation in front of a tanh or sigmoid that is not reported.",
    },
    growth: { default: 100, says: "The largest growth of a signal from input to output that is not reported." },
  },
  check,
};
