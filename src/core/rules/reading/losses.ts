/** The calls of losses, as layers and as functions: which loss it is, what it is fed, how many classes there are. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { shortName } from "../../ops/define";
import { type OpValue, type TensorValue } from "../../ops/value";
import { constantValue } from "../../shape/dim";
import { isRest } from "../../shape/shape";
import { type Finding } from "../define";
import { writtenCall } from "./activations";
import { callsOf, callsOfRun } from "./calls";
import { renameCallee } from "./edits";
import { type Scale, scaleOf } from "./scales";

export type LossFamily = "cross-entropy" | "nll" | "bce" | "bce-with-logits" | "kl-div" | "regression";

const operations: Readonly<Record<LossFamily, readonly string[]>> = {
  "cross-entropy": ["torch.nn.CrossEntropyLoss", "torch.nn.functional.cross_entropy"],
  nll: ["torch.nn.NLLLoss", "torch.nn.functional.nll_loss"],
  bce: ["torch.nn.BCELoss", "torch.nn.functional.binary_cross_entropy"],
  "bce-with-logits": [
    "torch.nn.BCEWithLogitsLoss",
    "torch.nn.functional.binary_cross_entropy_with_logits",
    "torch.nn.MultiLabelSoftMarginLoss",
    "torch.nn.functional.multilabel_soft_margin_loss",
  ],
  "kl-div": ["torch.nn.KLDivLoss", "torch.nn.functional.kl_div"],
  regression: [
    "torch.nn.MSELoss",
    "torch.nn.functional.mse_loss",
    "torch.nn.L1Loss",
    "torch.nn.functional.l1_loss",
    "torch.nn.SmoothL1Loss",
    "torch.nn.functional.smooth_l1_loss",
    "torch.nn.HuberLoss",
    "torch.nn.functional.huber_loss",
  ],
};

const families = new Map(
  Object.entries(operations).flatMap(([family, names]) => names.map((name) => [name, family as LossFamily])),
);

/** One call of a loss; a layer's arguments are those that it was built with. */
export interface LossCall {
  readonly family: LossFamily;
  /** As the field writes it: `nn.CrossEntropyLoss`. */
  readonly name: string;
  readonly call: CallRecord;
  readonly input: OpValue | undefined;
  readonly target: OpValue | undefined;
}

/** The calls of losses of some families that stand in the file, in the order of the run. */
export function lossCalls(inference: Inference, ...wanted: readonly LossFamily[]): LossCall[] {
  return callsOf(inference, ...namesOf(wanted)).map(lossCall);
}

/** Likewise those in other files as well: what they are given may be made in this one. */
export function lossCallsOfRun(inference: Inference, ...wanted: readonly LossFamily[]): LossCall[] {
  return callsOfRun(inference, ...namesOf(wanted)).map(lossCall);
}

function namesOf(wanted: readonly LossFamily[]): string[] {
  return wanted.flatMap((family) => operations[family]);
}

function lossCall(call: CallRecord): LossCall {
  return {
    family: families.get(call.operation)!,
    name: shortName(call.operation),
    call,
    input: call.values.get("input"),
    target: call.values.get("target"),
  };
}

export function familyOf(operation: string): LossFamily | undefined {
  return families.get(operation);
}

/** What kind of numbers a loss is given as predictions. */
export function scaleOfInput({ input }: LossCall): Scale | undefined {
  return input?.kind === "tensor" ? scaleOf(input) : undefined;
}

/** The number of classes: the size of the second dimension; of an input whose rank is not known that of its last one. */
export function classCount(scores: TensorValue, { facts }: Inference): number | undefined {
  const shape = facts.resolveShape(scores.shape);
  const axis = shape.some(isRest) ? shape.at(-1) : shape[Math.min(1, shape.length - 1)];
  return axis && !isRest(axis) ? constantValue(axis) : undefined;
}

/** Another loss in its place: the name is changed where the layer is built, or the function called. */
export function renamedLoss(
  { call }: LossCall,
  to: { readonly layer: string; readonly function: string },
  inference: Inference,
): Pick<Finding, "fix"> {
  const producer = call.result.kind === "tensor" ? call.result.producer : undefined;
  const written = producer && writtenCall(producer, inference);
  const name = producer?.layer ? to.layer : to.function;
  const edit = written && renameCallee(written, name);
  return edit ? { fix: { title: `Use ${name}`, edits: [edit] } } : {};
}
