/** What a program minimises: the tensors on which it calls `backward`, and what is in them. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Value } from "../../infer/values/value";
import { type TensorValue } from "../../ops/value";
import { knownItems } from "../../infer/collections/lists";
import { knownEntries } from "../../infer/values/value";
import { stepsOf } from "./training";
import { type Term, termsOf } from "./terms";

export interface Objective {
  /** The call of `backward`, in this file or in one that it uses. */
  readonly call: CallRecord;
  readonly loss: TensorValue;
  readonly terms: readonly Term[];
}

const known = new WeakMap<Inference, readonly Objective[]>();

/** In the order of the run; a line that is run again counts again. */
export function objectivesOf(inference: Inference): readonly Objective[] {
  const found = known.get(inference) ?? find(inference);
  known.set(inference, found);
  return found;
}

function find(inference: Inference): Objective[] {
  return stepsOf(inference).flatMap(({ kind, call, object }) =>
    kind === "backward" && object?.kind === "tensor" ? [{ call, loss: object, terms: termsOf(object) }] : [],
  );
}

/** The parameters that optimizers hold, by their ids; undefined where one of them holds something that is not known. */
export function optimised(inference: Inference): ReadonlySet<number> | undefined {
  const held = new Set<number>();
  for (const { kind, call } of stepsOf(inference)) {
    if (kind !== "build-optimizer") continue;
    const given = call.positional[0] ?? call.keywords.get("params");
    if (!given || !collect(given, held)) return undefined;
  }
  return held;
}

function collect(value: Value, into: Set<number>, depth = 0): boolean {
  if (value.kind === "tensor") {
    if (value.stored) into.add(value.stored.id);
    return value.stored !== undefined;
  }
  if (depth > 3) return false;
  if (value.kind === "dict") {
    const params = knownEntries(value)?.find(({ key }) => key.kind === "str" && key.value === "params");
    return params !== undefined && collect(params.value, into, depth + 1);
  }
  const items = knownItems(value);
  return items?.every((item) => collect(item, into, depth + 1)) ?? false;
}
