/** What an analysis leaves behind: values by place, calls, and problems. Everything that reads code reads this. */
import { type Refusal } from "../ops/call";
import { type OpValue, type Origin } from "../ops/value";
import { type Dim } from "../shape/dim";
import type { Node } from "../python/syntax";
import type { Span } from "../text/source";
import { type InstanceValue, type Value } from "./value";

/** A value that a node had once; `scope` is the qualified name of the function that it stands in. */
export interface Sighting {
  readonly value: Value;
  readonly scope: string;
}

/** A call of a known operation (or of any other thing outside the program), in the order of the run. */
export interface CallRecord {
  /** Its qualified name: `torch.nn.functional.relu`, `Tensor.normal_`, `torch.optim.Adam`. */
  readonly operation: string;
  readonly values: ReadonlyMap<string, OpValue>;
  /** As they were given, where the operation's signature is not known. */
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly receiver: Value | undefined;
  readonly result: Value;
  readonly origin: Origin;
}

/** A call of a layer or model object. */
export interface ModuleCall {
  readonly module: InstanceValue;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly origin: Origin;
}

/** Why PyTorch would refuse a call. */
export interface Problem {
  readonly operation: string;
  readonly refusal: Refusal;
  readonly origin: Origin;
  readonly layer: InstanceValue | undefined;
  /** It happens on one side of a test whose outcome is not known. */
  readonly uncertain: boolean;
}

export class Recorder {
  readonly sightings = new Map<Node | Span, Sighting[]>();
  readonly calls: CallRecord[] = [];
  readonly moduleCalls: ModuleCall[] = [];
  readonly problems: Problem[] = [];
  readonly instances: InstanceValue[] = [];
  /** The functions of the program that were called. */
  readonly called = new Set<Node>();
  /** Multiply-adds, each under the innermost module that was running; undefined where they are not known. */
  readonly work: { readonly module: InstanceValue | undefined; readonly macs: Dim | undefined }[] = [];
  /** The modules whose `forward` is running, the innermost last. */
  readonly running: InstanceValue[] = [];
  /** Above 0 inside a branch that may not run. */
  uncertainty = 0;
  /** Above 0 inside a `try`, where an error is expected. */
  guarded = 0;

  see(node: Node | Span, value: Value, scope: string): void {
    const known = this.sightings.get(node);
    if (!known) this.sightings.set(node, [{ value, scope }]);
    else if (known.length < 16) known.push({ value, scope });
  }

  count(macs: Dim | undefined): void {
    this.work.push({ module: this.running.at(-1), macs });
  }

  refuse(operation: string, refusal: Refusal, origin: Origin, layer?: InstanceValue): void {
    if (this.guarded > 0) return;
    this.problems.push({ operation, refusal, origin, layer, uncertain: this.uncertainty > 0 });
  }
}
