/** A parameter changed in place while gradients are recorded: PyTorch refuses that. */
import { type Inference } from "../../infer/analysis";
import { isTrainable } from "../../infer/modules/moduleMethods";
import { gradModeIn } from "../../infer/record/trace";
import { type Producer, type TensorValue } from "../../ops/value";
import type { AugAssign } from "../../python/syntax";
import { type AnyNode, isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { isCut } from "../reading/graph";
import { assignedTo, libraryPath } from "../reading/names";
import { ancestorsOf, nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

const harmless = /^Tensor\.(requires_grad_|detach_|share_memory_|retain_grad|__\w+__)$/;

function* check(inference: Inference): Iterable<Finding> {
  const { record, source } = inference;
  for (const { operation, receiver, origin, region } of record.calls) {
    if (!/^Tensor\.\w+_$/.test(operation) || harmless.test(operation) || origin.path !== source.path) continue;
    if (receiver?.kind !== "tensor" || gradModeIn(region) !== true || !isLeaf(receiver, inference)) continue;
    yield { span: origin.span, message: messageFor("This tensor") };
  }
  for (const node of nodesOf(inference, "AugAssign")) {
    const values = (record.seenAt(node.target) ?? []).map(({ value }) => value);
    const isChanged = values.some((value) => {
      const producer = value.kind === "tensor" ? value.producer : undefined;
      const [before] = producer?.origin.span === node ? producer.inputs : [];
      return producer && !("grad" in producer) && before !== undefined && isLeaf(before, inference);
    });
    if (isChanged || isMadeAsLeaf(node, inference))
      yield { span: node, message: messageFor(pathOf(node.target) || "This tensor") };
  }
}

/** `w -= rate * w.grad`, where the gradient is not known and so neither is the result. */
function isMadeAsLeaf({ target }: AugAssign, inference: Inference): boolean {
  const made = target.kind === "Name" ? assignedTo(target, inference) : undefined;
  if (made?.kind !== "Call" || !libraryPath(made.callee, inference)?.startsWith("torch.")) return false;
  const flag = made.keywords.find(({ name }) => name?.name === "requires_grad")?.value;
  return flag?.kind === "Constant" && flag.type === "bool" && flag.value && !isUnderContext(target, inference);
}

/** In a `with`, or a function with decorators, that may switch gradients off. */
function isUnderContext(node: AnyNode, inference: Inference): boolean {
  for (const at of ancestorsOf(inference, node))
    if (isKind(at, "With") || isKind(at, "Lambda") || (isKind(at, "FunctionDef") && at.decorators.length > 0))
      return true;
  return false;
}

function messageFor(name: string): string {
  return `${name} is to get a gradient, and PyTorch refuses to change such a tensor in place while it records what is computed: this stops with an error. Do it under torch.no_grad().`;
}

/** A parameter, or a tensor made with `requires_grad=True`; not its `.data`. */
function isLeaf(tensor: TensorValue, { machine }: Inference): boolean {
  const { producer, stored } = tensor;
  // One that was frozen and is set free again may have been frozen here.
  if (stored?.kind === "parameter")
    return (
      isTrainable(machine, tensor) === true && !machine.frozenSince.has(String(stored.id)) && !isBehindCut(producer)
    );
  const flag = producer?.values?.get("requires_grad");
  const isTracked = flag?.kind === "bool" && flag.value === true;
  return isTracked && (producer?.inputs.length === 0 || producer?.operation === "Tensor.requires_grad_");
}

function isBehindCut(producer: Producer | undefined): boolean {
  for (let at = producer; at; at = at.inputs[0]?.producer) if (isCut(at)) return true;
  return false;
}

export const inPlaceOnParameter: Rule = {
  id: "in-place-on-parameter",
  summary: "A parameter is changed in place while gradients are recorded.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
