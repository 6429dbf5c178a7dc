/** `nn.Parameter(…).to(device)`: the copy on the device is an ordinary tensor, and the parameter itself is lost. */
import { type Inference } from "../../infer/analysis";
import type { Call } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Edit } from "../../text/diagnostic";
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
  const operation = moved ? `.${moved.attribute.name}(…)` : "The operation";
  const edit = call && inner && movedInside(call, inner, inference);
  return {
    span,
    message: `${operation} after nn.Parameter gives an ordinary tensor computed from the parameter: self.${name} is not registered, and no optimizer trains it. Do that inside of nn.Parameter(…), or move the whole model.`,
    ...(edit && { fix: { title: "Do it inside of nn.Parameter", edits: [edit] } }),
  };
}

/** `nn.Parameter(x).to(d)` becomes `nn.Parameter(x.to(d))`. */
function movedInside(call: Call, parameter: Call, inference: Inference): Edit | undefined {
  const [value, ...others] = [...parameter.args, ...parameter.keywords];
  const parent = parentOf(inference, call);
  const isAlone = parent && isKind(parent, "Assign") && others.length === 0;
  if (!value || !isAlone || !inference.source.slice(parameter.callee).endsWith("Parameter")) return undefined;
  const moving = inference.source.slice({ start: parameter.end, end: call.end });
  return { span: { start: value.end, end: call.end }, text: `${moving})` };
}

export const parameterToDevice: Rule = {
  id: "parameter-to-device",
  summary: "What is called on nn.Parameter makes an ordinary tensor of it, which is not trained.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
