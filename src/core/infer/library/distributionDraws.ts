/** What a distribution draws, and how its parameters fit together (https://pytorch.org/docs/stable/distributions.html). */
import { isRefusal } from "../../ops/call";
import { type DType } from "../../ops/dtype";
import { combine } from "../../ops/elementwise";
import { type TensorValue, tensor } from "../../ops/value";
import { type Shape } from "../../shape/shape";
import { type Machine, type Site } from "../machine";
import { toOpValue } from "../tensors/opValues";
import { type Value } from "../values/value";
import { type Builtin, type Functions, numberIn } from "./given";

/** What a draw of the distribution looks like, under this name among the attributes of the object. */
export const draw = "?draw";

/** Where a distribution that is made of another one keeps what it was made of. */
export const inner = "base_dist";

/** One number for each draw: one-hot draws are vectors. */
export function perDraw({ events }: Drawn, shape: Shape): Shape {
  return events > 0 ? shape.slice(0, -events) : shape;
}

export interface Drawn {
  /** What the object draws. */
  readonly sample: TensorValue;
  /** The type of logarithmic probabilities: that of the parameters. */
  readonly dtype: DType | undefined;
  readonly family: string;
  /** What it is made of in the end draws vectors. */
  readonly isOfVectors: boolean;
  /** How many of its last dimensions are one draw. */
  readonly events: number;
}

export function drawnBy(receiver: Value | undefined): Drawn | undefined {
  const object = receiver?.kind === "instance" ? receiver : undefined;
  const sample = object?.attributes.get(draw);
  if (!object || sample?.kind !== "tensor") return undefined;
  const scores = object.attributes.get("logits");
  const base = object.attributes.get(inner);
  if (base?.kind === "instance") {
    const within = drawnBy(base);
    const more = numberIn(object.attributes.get("reinterpreted_batch_ndims")) ?? 0;
    const family = object.type.name === ofIndependent ? within?.family : object.type.name;
    return within && family !== undefined ? { ...within, sample, events: within.events + more, family } : undefined;
  }
  const events = ofVectors.test(object.type.name) ? 1 : 0;
  return {
    events,
    isOfVectors: events > 0,
    sample,
    dtype: scores?.kind === "tensor" ? scores.dtype : sample.dtype,
    family: object.type.name,
  };
}

export const ofIndependent = "torch.distributions.Independent";

/** Families each of whose draws is a vector. */
const ofVectors = /\.((Relaxed)?OneHotCategorical(StraightThrough)?|MultivariateNormal|Dirichlet)$/;

export const isNumber = ({ kind }: Value): boolean => kind === "int" || kind === "float";

/** What comes of two values that are broadcast; where they do not fit together, that is reported of the call. */
export function broadcast(
  machine: Machine,
  name: string,
  [a, b]: readonly [Value, Value],
  site: Site,
): TensorValue | undefined {
  if (isNumber(a) && isNumber(b)) return tensor([], "float32");
  const result = combine(toOpValue(a), toOpValue(b), machine);
  if (isRefusal(result) && result.about !== "types") machine.record.refuse(name, result, site);
  return !isRefusal(result) && result.kind === "tensor" ? result : undefined;
}

/** Each family is found in the package and in a module of its own. */
export function named(type: string, make: Builtin): Functions {
  const module = type.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
  return [
    [`torch.distributions.${type}`, make],
    [`torch.distributions.${module}.${type}`, make],
  ];
}
