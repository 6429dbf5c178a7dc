/** The numbers that optimizers were given, in the call and in groups of parameters. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { knownItems } from "../../infer/collections/lists";
import { type Value } from "../../infer/values/value";
import { type OpValue, type Origin, type TensorValue } from "../../ops/value";
import { type Edit } from "../../text/diagnostic";
import { type Span } from "../../text/source";
import { argumentExpression, argumentOf, callAt, numberOf } from "./calls";
import { isSame } from "./optimizers";
import { schedulersOf } from "./schedulers";
import { nodesOf } from "./syntax";

/** A number that is known, where it is written, and where it comes from. */
export interface GivenNumber {
  readonly value: number;
  readonly span: Span;
  /** The parameters of the group in which it stands, where they are known. */
  readonly parameters?: readonly TensorValue[];
  /** The literal that it comes from, through variables and defaults, where that stands in the same file. */
  readonly literal: Span | undefined;
}

/** All values of an optimizer's setting that are known: the call's own, and those of its groups. */
export function settingsOf(call: CallRecord, name: string, position: number): readonly GivenNumber[] {
  const node = callAt(call.origin.span);
  const written = node && argumentExpression(node, name, position);
  const own = given(call, argumentOf(call, name, position), written ?? call.origin.span);
  const groups = argumentOf(call, "params", 0) as Value | undefined;
  const inGroups = (groups && knownItems(groups))?.flatMap((group) => {
    if (group.kind !== "dict") return [];
    const [entry, held] = [name, "params"].map((key) => group.entries.get(`s${key}`));
    const parameters = held && knownItems(held.value);
    const isKnown = parameters?.every((one) => one.kind === "tensor");
    const own = entry && !entry.maybe ? given(call, entry.value, undefined) : [];
    return own.map((number) => ({ ...number, ...(isKnown && { parameters }) }));
  });
  return [...own, ...(inGroups ?? [])];
}

function given(call: CallRecord, value: Value | OpValue | undefined, written: Span | undefined): GivenNumber[] {
  const number = numberOf(value);
  if (number === undefined) return [];
  const origin = originOf(value);
  const literal = origin?.path === call.origin.path ? origin.span : undefined;
  return [{ value: number, span: written ?? literal ?? call.origin.span, literal }];
}

function originOf(value: Value | OpValue | undefined): Origin | undefined {
  return value?.kind === "float" || value?.kind === "int" ? value.origin : undefined;
}

/** Changes the literal that a number comes from, and says where that is, if it is somewhere else. */
export function replaceNumber(
  call: CallRecord,
  { literal }: GivenNumber,
  title: string,
  text: string,
): {
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
} {
  if (!literal) return {};
  const { start, end } = call.origin.span;
  const isElsewhere = literal.start < start || literal.end > end;
  return {
    fix: { title, edits: [{ span: literal, text }] },
    ...(isElsewhere && { related: [{ span: literal, message: "The number is set here." }] }),
  };
}

/**
 * Plain tensors, such as the pixels of an image, a few that are listed one by one, or whatever somebody gives: their steps are
 * a matter of their scale, not of a network's weights.
 */
export function fitsNumbers(call: CallRecord): boolean {
  const parameters = argumentOf(call, "params", 0) as Value | undefined;
  const items = parameters && knownItems(parameters);
  if (items?.some((item) => item.kind === "tensor" && !item.stored)) return true;
  const node = callAt(call.origin.span);
  const written = node && argumentExpression(node, "params", 0);
  if (parameters?.kind === "unknown" && parameters.name !== undefined && written?.kind === "Name") return true;
  return written?.kind === "List" && written.elements.length > 0 && written.elements.every(isOneTensor);
}

/**
 * Whether a rate is that of a group which holds what classes of the program keep themselves and no layer: the scores of a CRF,
 * a temperature, class tokens.
 */
export function isOfOwnParameters({ parameters }: GivenNumber, { record }: Inference): boolean {
  if (!parameters?.length) return false;
  const ofLayers = record.instances.filter(({ type }) => type.kind === "external");
  const ids = new Set(ofLayers.flatMap((layer) => layer.attributes.values().flatMap(idOf)));
  return parameters.every((one) => one.stored && !ids.has(one.stored.id));
}

const idOf = (value: Value): readonly number[] => (value.kind === "tensor" && value.stored ? [value.stored.id] : []);

function isOneTensor({ kind }: { readonly kind: string }): boolean {
  return kind === "Name" || kind === "Attribute";
}

/** Whether the program sets rates itself while it trains, through `param_groups`. */
export function setsRates(inference: Inference): boolean {
  return nodesOf(inference, "Attribute").some(({ attribute }) => attribute.name === "param_groups");
}

/** Schedulers whose factors or rates may be anything; the others start at the optimizer's rate or end there. */
const free = /^(LambdaLR|MultiplicativeLR|OneCycleLR|CyclicLR|SequentialLR|ChainedScheduler)$/;

/** Whether the optimizer's own rate says little, since the program or a scheduler multiplies it by a number of its own. */
export function isRescaled(optimizer: CallRecord, inference: Inference): boolean {
  if (setsRates(inference) || hasOwnScheduler(inference)) return true;
  return schedulersOf(inference).some(({ kind, call }) => {
    const given = argumentOf(call, "optimizer", 0) as Value | undefined;
    return free.test(kind) && (given?.kind !== "instance" || isSame(given, optimizer.result));
  });
}

/** A class of the program that is a scheduler. */
function hasOwnScheduler(inference: Inference): boolean {
  return nodesOf(inference, "ClassDef").some(({ bases }) =>
    bases.some((base) => inference.source.slice(base).endsWith("LRScheduler")),
  );
}
