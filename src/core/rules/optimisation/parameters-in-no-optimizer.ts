/** A model of its own that the loss depends on, and whose parameters nobody gave to an optimizer. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/value";
import { type Finding, type Rule } from "../define";
import { isSame } from "../reading/optimizers";
import { nodesOf } from "../reading/syntax";
import { isPartlyHeld, unoptimisedLayers } from "../reading/unoptimised";

function* check(inference: Inference): Iterable<Finding> {
  for (const { root, optimizers } of unoptimisedLayers(inference)) {
    if (root.origin.path !== inference.source.path || optimizers.some((one) => isPartlyHeld(root, one))) continue;
    const name = nameOf(inference, root);
    if (isMeantToStay(inference, root, name)) continue;
    yield {
      span: root.origin.span,
      message: `The loss depends on ${name ? `${name} (${kindOf(root)})` : `this ${kindOf(root)}`}, but no optimizer holds its parameters: it keeps the random weights that it began with.`,
      related: [
        { span: optimizers[0]!.call.origin.span, message: "The optimizer takes the parameters of other modules only." },
      ],
    };
  }
}

const fixedNames = /teacher|target|frozen|fixed|pretrain|vgg|lpips|feature|perceptual|critic|clip|ema|old|ref|random/i;

/** Modules that were loaded, switched to evaluation or asked for their parameters: somebody takes care of them. */
function isMeantToStay({ record }: Inference, root: InstanceValue, name: string): boolean {
  if (
    fixedNames.test(name) ||
    fixedNames.test(kindOf(root)) ||
    (root.attributes.get("training")?.kind === "bool" && isOff(root))
  )
    return true;
  return record.calls.some(
    ({ operation, receiver, positional }) =>
      (/^Module\.(named_)?(parameters|load_state_dict|eval|requires_grad_|state_dict|modules|children)$/.test(
        operation,
      ) &&
        receiver !== undefined &&
        isSame(receiver, root)) ||
      (!/^(torch|Module)\./.test(operation) && positional.some((value) => isSame(value, root))),
  );
}

function isOff({ attributes }: InstanceValue): boolean {
  const training = attributes.get("training");
  return training?.kind === "bool" && training.value === false;
}

function kindOf({ type }: InstanceValue): string {
  return type.name.split(".").at(-1)!;
}

/** What the program calls a module. */
function nameOf(inference: Inference, { origin }: InstanceValue): string {
  const found = nodesOf(inference, "Assign").find(
    ({ value }) => value.start <= origin.span.start && value.end >= origin.span.end,
  );
  const [target] = found?.targets ?? [];
  return target?.kind === "Name" ? target.id : target?.kind === "Attribute" ? target.attribute.name : "";
}

export const parametersInNoOptimizer: Rule = {
  id: "parameters-in-no-optimizer",
  summary: "A module that the loss depends on is in no optimizer.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
