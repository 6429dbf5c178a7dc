/** Losses that compare every prediction with every target, because (N, 1) and (N,) broadcast to (N, N). */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { shortName } from "../../ops/define";
import { broadcastingLosses, outgrown } from "../../ops/silentBroadcast";
import { type TensorValue } from "../../ops/value";
import type { Expression } from "../../python/syntax";
import { constantValue } from "../../shape/dim";
import { printShape } from "../../shape/notation";
import { type Shape, isRest } from "../../shape/shape";
import { argumentExpression, callAt } from "../reading/calls";
import { type Finding, type Rule } from "../define";

function* check({ record, source, facts }: Inference): Iterable<Finding> {
  const reported = new Set<number>();
  for (const call of record.calls) {
    if (!broadcastingLosses.has(call.operation) || call.origin.path !== source.path) continue;
    const [input, target] = ["input", "target"].map((name) => call.values.get(name));
    if (input?.kind !== "tensor" || target?.kind !== "tensor" || reported.has(call.origin.span.start)) continue;
    const grown = outgrown(input, target, facts);
    if (!grown) continue;
    reported.add(call.origin.span.start);
    const [left, right, both] = [input.shape, target.shape, grown.shape].map((shape) =>
      printShape(facts.resolveShape(shape)),
    );
    const fix = squeezed(call, [facts.resolveShape(input.shape), facts.resolveShape(target.shape)], source);
    yield {
      span: call.origin.span,
      message:
        `${shortName(call.operation)} gets ${left!} and ${right!}, which broadcast to ${both!}: ` +
        "every prediction is compared with every target, and the best fit is the targets' mean.",
      ...(fix && { fix }),
    };
  }
}

/** Takes the last dimension of 1 off the argument that has one dimension more. */
function squeezed(
  { origin, values }: CallRecord,
  shapes: readonly Shape[],
  source: Inference["source"],
): Finding["fix"] | undefined {
  const call = callAt(origin.span);
  const longer = shapes[0]!.length === shapes[1]!.length + 1 ? 0 : shapes[1]!.length === shapes[0]!.length + 1 ? 1 : -1;
  const last = shapes[longer]?.at(-1);
  if (!call || !last || isRest(last) || constantValue(last) !== 1) return undefined;
  const argument = argumentExpression(call, longer === 0 ? "input" : "target", longer);
  const value = values.get(longer === 0 ? "input" : "target") as TensorValue | undefined;
  if (!argument || value?.kind !== "tensor" || !canTakeMethod(argument)) return undefined;
  const text = `${source.slice(argument)}.squeeze(-1)`;
  return { title: "Take off the last dimension", edits: [{ span: argument, text }] };
}

function canTakeMethod({ kind }: Expression): boolean {
  return kind === "Name" || kind === "Attribute" || kind === "Call" || kind === "Subscript";
}

export const lossBroadcasts: Rule = {
  id: "loss-broadcasts",
  summary: "The loss broadcasts predictions and targets against each other.",
  category: "loss",
  severity: "warning",
  confidence: "certain",
  preset: "recommended",
  needs: "shapes",
  fix: "suggested",
  check,
};
