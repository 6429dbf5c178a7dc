/** What kind of numbers a tensor holds, read off what it was computed by: logits, probabilities or their logarithms. */
import { type Producer, type TensorValue } from "../../ops/value";
import { numberOf } from "./calls";
import { functionName, handsOn } from "./flow";

export interface Scale {
  /** `activation`: behind a ReLU, Tanh or the like. */
  readonly kind: "logits" | "activation" | "probabilities" | "log-probabilities";
  /** What made them so: the softmax, the linear layer. */
  readonly producer: Producer;
  /** Probabilities of classes that exclude each other, or of yes against no. */
  readonly of?: "classes" | "yes";
}

const classes = { of: "classes" } as const;
const yes = { of: "yes" } as const;

const scales: Readonly<Record<string, Omit<Scale, "producer">>> = {
  softmax: { kind: "probabilities", ...classes },
  softmax2d: { kind: "probabilities", ...classes },
  gumbel_softmax: { kind: "probabilities", ...classes },
  sigmoid: { kind: "probabilities", ...yes },
  expit: { kind: "probabilities", ...yes },
  log_softmax: { kind: "log-probabilities", ...classes },
  log_sigmoid: { kind: "log-probabilities", ...yes },
  logsigmoid: { kind: "log-probabilities", ...yes },
};

const affine = /^(bi)?linear$|^(lazy_)?conv(_transpose)?_?\dd$/;
const activation =
  /^(re_lu6?|relu6?|(leaky|p|c?e|s)_?(re_)?lu|gelu|silu|si_lu|mish|soft(plus|sign)|(hard)?tanh|hardswish)$/;

/** Undefined where nothing certain can be said of them. */
export function scaleOf(tensor: TensorValue, depth = 0): Scale | undefined {
  const { producer } = tensor;
  if (!producer || depth > 30) return undefined;
  const name = functionName(producer.operation);
  const [input] = producer.inputs;
  const made = scales[name];
  if (made) return { ...made, producer };
  if (affine.test(name)) return { kind: "logits", producer };
  if (activation.test(name)) return { kind: "activation", producer };
  if (!input) return undefined;
  if (name === "cat" || name === "stack" || name === "concat") return common(producer.inputs, depth);
  const before = scaleOf(input, depth + 1);
  if (!before || handsOn(producer)) return before;
  if (name === "log" && before.kind === "probabilities") return { ...before, kind: "log-probabilities" };
  if (name === "exp" && before.kind === "log-probabilities") return { ...before, kind: "probabilities" };
  return before.kind === "probabilities" && keepsProbabilities(producer, name) ? before : undefined;
}

/** A small number that is added, and bounds, keep logarithms finite and change nothing else. */
function keepsProbabilities({ inputs, values }: Producer, name: string): boolean {
  if (/^(clamp|clip)(_min|_max)?$/.test(name)) return inputs.length === 1;
  if (name !== "add" || inputs.length !== 1) return false;
  const added = ["input", "other"].map((side) => numberOf(values?.get(side))).find((number) => number !== undefined);
  return added !== undefined && Math.abs(added) <= 1e-3;
}

function common(parts: readonly TensorValue[], depth: number): Scale | undefined {
  const [first, ...others] = parts.map((part) => scaleOf(part, depth + 1));
  return others.every((other) => other?.kind === first?.kind && other?.of === first?.of) ? first : undefined;
}
