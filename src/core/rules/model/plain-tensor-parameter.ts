/** A tensor with `requires_grad=True` as an attribute of a model, which only `nn.Parameter` would register. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { knownItems } from "../../infer/collections/lists";
import { type Value } from "../../infer/values/value";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { modelClasses } from "../reading/classes";
import { nameOfLibrary, removeKeyword } from "../reading/edits";
import { stepsOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  const requested = new Set<Span>(
    callsOf(inference, "Tensor.requires_grad_")
      .filter(({ values, positional }) => [values.get("requires_grad"), positional[1]].every(isNotFalse))
      .map(({ origin }) => origin.span),
  );
  for (const model of modelClasses(inference)) {
    for (const { attributes } of model.objects) {
      for (const [name, value] of attributes.items()) {
        const producer = value.kind === "tensor" && !value.stored ? value.producer : undefined;
        if (producer?.origin.path !== inference.source.path || /dummy/i.test(name)) continue;
        const write = model.uses.find(
          (use) => use.name === name && use.written?.value.start === producer.origin.span.start,
        );
        const wants = isTrue(producer.values?.get("requires_grad")) || requested.has(producer.origin.span);
        if (write && wants && isNew(producer) && !isGivenToOptimizer(value as TensorValue, inference))
          yield describe(name, producer.origin.span, inference);
      }
    }
  }
}

const isTrue = (value: { kind: string } | undefined): boolean =>
  value?.kind === "bool" && (value as { value?: boolean }).value === true;
const isNotFalse = (value: { kind: string } | undefined): boolean =>
  !(value?.kind === "bool" && (value as { value?: boolean }).value !== true);

/** Made of nothing but numbers: what is computed from parameters has its gradient from them. */
function isNew(producer: Producer): boolean {
  return producer.inputs.every((input) => !input.stored && (!input.producer || isNew(input.producer)));
}

/** `Adam([*model.parameters(), model.scale])` trains it all the same. */
function isGivenToOptimizer({ producer }: TensorValue, inference: Inference): boolean {
  const holds = (value: Value): boolean =>
    (value.kind === "tensor" && value.producer === producer) ||
    (value.kind === "dict"
      ? value.entries.values().some((entry) => holds(entry.value))
      : !!knownItems(value)?.some(holds));
  return stepsOf(inference).some(({ kind, call }) => kind === "build-optimizer" && call.positional.some(holds));
}

function describe(name: string, span: Span, inference: Inference): Finding {
  const call = callAt(span);
  const library = nameOfLibrary(inference, "torch.nn");
  const flag = call?.keywords.find((keyword) => keyword.name?.name === "requires_grad");
  const edits = call &&
    library !== undefined &&
    flag && [
      { span: { start: call.start, end: call.start }, text: `${library}.Parameter(` },
      removeKeyword(call, flag),
      { span: { start: call.end, end: call.end }, text: ")" },
    ];
  return {
    span,
    message: `self.${name} is a plain tensor, which the model does not register: parameters() leaves it out, so no optimizer trains it, and to() leaves it on the CPU. Wrap it in nn.Parameter.`,
    ...(edits && { fix: { title: "Make it an nn.Parameter", edits } }),
  };
}

export const plainTensorParameter: Rule = {
  id: "plain-tensor-parameter",
  summary: "A tensor that is to be trained is no nn.Parameter, so no optimizer gets it.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
