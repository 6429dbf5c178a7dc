/** A call of an operation as its row sees it, and what can come of it. */
import { type Dim } from "../shape/dim";
import { type Facts } from "../shape/facts";
import { type OpValue, type TensorValue } from "./value";

/** A call of an operation with its arguments bound to its signature. */
export interface OperationCall {
  readonly name: string;
  readonly values: ReadonlyMap<string, OpValue>;
  /** Parameters that got a value from the call, not from their default. */
  readonly given: ReadonlySet<string>;
  readonly facts: Facts;
  /** How many elements of a tensor are not zero, where the program tells. */
  readonly trueOnes?: (mask: TensorValue) => Dim | undefined;
}

/** Why PyTorch would refuse a call. The reporter adds the operation's name and where the value came from. */
export interface Refusal {
  readonly kind: "refused";
  /** `expects 256 features`. */
  readonly expects: string;
  /** The size that it gets instead, or a description. */
  readonly gets: Dim | string;
  /** The tensor at fault, and the dimension of it. */
  readonly input?: TensorValue;
  readonly axis?: number;
  /** It is about what kind of numbers there are, where the shapes may fit, or about what Python refuses by itself. */
  readonly about?: "types" | "attributes" | "arguments";
  /** The name of the attribute that is missing. */
  readonly name?: string;
}

export type Outcome = OpValue | Refusal;

export function isRefusal(value: object): value is Refusal {
  return "kind" in value && value.kind === "refused";
}

export function refuse(expects: string, gets: Dim | string, input?: TensorValue, axis?: number): Refusal {
  return { kind: "refused", expects, gets, ...(input && { input }), ...(axis !== undefined && { axis }) };
}
