/** `nn.Parameter(…).to(device)`: the copy on the device is an ordinary tensor, and the parameter itself is lost. */
import { type Inference } from "../../infer/analysis";
import { isKind } from "../../python/visit";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { callAt } from "../reading/calls";
import { modelClasses } from "../reading/classes";
import { parentOf } from "../reading/syntax";

const copying =
  /^Tensor\.(to|cuda|xpu|float|double|half|bfloat16|type|contiguous|t|transpose|view|reshape|clone)$|^torch\.(mul|div|add|sub)$/;

function* check(inference: Inference): Iterable<Finding> {
  for (const model of modelClasses(inference)) {
    for (const { attributes } of model.objects) {
      for (const [name, value] of attributes.items()) {
        const producer = value.kind === "tensor" && !value.stored ? value.producer : undefined;
        const parameter = producer?.inputs.find(({ stored }) => stored?.kind === "parameter");
        if (!producer || !parameter || !copying.test(producer.operation)) continue;
        if (producer.origin.path !== inference.source.path) continue;
        const isKept = model.objects.some((one) =>
          one.attributes.values().some((kept) => kept.kind === "tensor" && kept.stored === parameter.stored),
        );
        if (!isKept) yield describe(name, producer.origin.span, inference);
      }
    }
  }
}

function describe(name: string, span: Span, inference: Inference): Finding {
  const call = callAt(span);
  const moved = call?.callee.kind === "Attribute" ? call.callee : undefined;
  const inner = moved?.value.kind === "Call" ? moved.value : undefined;
  const isParameter =
    inner &&
    inner.args.length === 1 &&
    inner.keywords.length === 0 &&
    inference.source.slice(inner.callee).endsWith("Parameter");
  const operation = moved ? `.${moved.attribute.name}(…)` : "The operation";
  const parent = call && parentOf(inference, call);
  const edits = call &&
    isParameter &&
    parent &&
    isKind(parent, "Assign") && [
      {
        span: { start: inner.args[0]!.end, end: call.end },
        text: `${inference.source.slice({ start: inner.end, end: call.end })})`,
      },
    ];
  return {
    span,
    message: `${operation} behind nn.Parameter gives an ordinary tensor computed from the parameter: self.${name} is not registered, and no optimizer trains it. Do that inside of nn.Parameter(…), or move the whole model.`,
    ...(edits && { fix: { title: "Do it inside of nn.Parameter", edits } }),
  };
}

export const parameterToDevice: Rule = {
  id: "parameter-to-device",
  summary: "What stands behind nn.Parameter makes an ordinary tensor of it, which is not trained.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
