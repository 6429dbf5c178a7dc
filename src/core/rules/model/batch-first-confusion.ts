/** The last time step taken along the wrong axis: `out[:, -1]` without `batch_first=True`, or `out[-1]` with it. */
import { type Inference } from "../../infer/analysis";
import { namedModules } from "../../infer/modules/modules";
import { knownItems } from "../../infer/collections/lists";
import { type InstanceValue } from "../../infer/values/value";
import { type Producer, type TensorValue } from "../../ops/value";
import type { Expression } from "../../python/syntax";
import { isRest } from "../../shape/shape";
import { type Finding, type Rule } from "../define";
import { settingOf } from "../reading/layers";
import { nodesOf } from "../reading/syntax";

interface Sequence {
  readonly name: string;
  readonly batchFirst: boolean;
}

function* check(inference: Inference): Iterable<Finding> {
  const sequences = sequencesOf(inference);
  if (sequences.size === 0) return;
  for (const node of nodesOf(inference, "Subscript")) {
    const axis = axisOfLast(node.index);
    if (axis === undefined) continue;
    const seen = inference.record.seenAt(node.value) ?? [];
    const from = seen.map(({ value }) =>
      value.kind === "tensor" && value.producer ? sequences.get(value.producer) : undefined,
    );
    const [sequence] = from;
    if (!sequence || from.some((one) => one?.batchFirst !== sequence.batchFirst)) continue;
    if (sequence.batchFirst !== (axis === 0)) continue;
    const text = inference.source.slice(node);
    yield {
      span: node,
      message: sequence.batchFirst
        ? `With batch_first=True the ${sequence.name} gives (batch, time, features): ${text} takes the last example of the batch, with all its time steps. The last time step is [:, -1].`
        : `Without batch_first=True the ${sequence.name} reads and gives (time, batch, features): ${text} takes the last example of the batch, not the last time step. Build it with batch_first=True if the data is (batch, time, features).`,
    };
  }
}

/** What recurrent networks and transformer encoders give for a batch, by what computed it. */
function sequencesOf({ record, facts }: Inference): ReadonlyMap<Producer, Sequence> {
  const found = new Map<Producer, Sequence>();
  for (const { module, inputs, output } of record.moduleCalls) {
    const name = /^torch\.nn\.(RNN|LSTM|GRU|TransformerEncoder)$/.exec(module.type.name)?.[1];
    const batchFirst = name === undefined ? undefined : isBatchFirst(module);
    const [input] = inputs;
    const first = output.kind === "tensor" ? output : knownItems(output)?.[0];
    if (name === undefined || batchFirst === undefined || first?.kind !== "tensor" || input?.kind !== "tensor")
      continue;
    if (first.producer && !isSingle(input, facts)) found.set(first.producer, { name, batchFirst });
  }
  return found;
}

function isBatchFirst(module: InstanceValue): boolean | undefined {
  for (const one of namedModules(module)) {
    const setting = settingOf(one.module, "batch_first");
    if (setting?.kind === "bool") return setting.value;
  }
  return undefined;
}

/** A sequence without a batch has two axes. */
function isSingle({ shape }: TensorValue, facts: Inference["facts"]): boolean {
  const axes = facts.resolveShape(shape);
  return axes.length === 2 && !axes.some(isRest);
}

/** The axis of which `-1` takes the last entry, all others whole: 1 of `[:, -1]` and `[:, -1, :]`, 0 of `[-1]`. */
function axisOfLast(index: Expression): number | undefined {
  const parts = index.kind === "Tuple" ? index.elements : [index];
  const at = parts.findIndex(isMinusOne);
  const isWhole = (one: Expression | undefined): boolean =>
    one?.kind === "Slice" && !one.lower && !one.upper && !one.step;
  return at >= 0 && at <= 1 && parts.slice(0, at).every(isWhole) && !isMinusOne(parts[at + 1]) ? at : undefined;
}

function isMinusOne(one: Expression | undefined): boolean {
  if (one?.kind !== "UnaryOperation" || one.operator !== "-") return false;
  return one.operand.kind === "Constant" && one.operand.type === "int" && one.operand.value === 1;
}

export const batchFirstConfusion: Rule = {
  id: "batch-first-confusion",
  summary: "The last time step of a sequence is taken along the axis of the batch.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
