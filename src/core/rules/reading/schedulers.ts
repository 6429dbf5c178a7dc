/** Schedulers of the learning rate: how they were built, and what a program does with them. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Value } from "../../infer/values/value";
import { isSame } from "./optimizers";
import { type Step } from "./training";

export interface Scheduler {
  readonly object: Value;
  /** `StepLR`, `OneCycleLR`. */
  readonly kind: string;
  /** The call that made it. */
  readonly call: CallRecord;
}

const known = new WeakMap<Inference["record"], readonly Scheduler[]>();
const pattern = /^torch\.optim\.lr_scheduler\.([A-Z]\w+)$/;

/** The schedulers of a run in the order in which they were made. */
export function schedulersOf(inference: Inference): readonly Scheduler[] {
  const found =
    known.get(inference.record) ??
    inference.record.calls.flatMap((call) => {
      const kind = pattern.exec(call.operation)?.[1];
      return kind === undefined ? [] : [{ object: call.result, kind, call }];
    });
  known.set(inference.record, found);
  return found;
}

/** The scheduler that a step acts on. */
export function schedulerOf(inference: Inference, { object }: Step): Scheduler | undefined {
  return object && schedulersOf(inference).find((scheduler) => isSame(scheduler.object, object));
}
