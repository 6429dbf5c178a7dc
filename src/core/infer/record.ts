/** What an analysis leaves behind: values by place, calls, and problems. Everything that reads code reads this. */
import { type Refusal } from "../ops/call";
import { type OpValue, type Origin } from "../ops/value";
import { type Dim, onlyAtom } from "../shape/dim";
import type { Node } from "../python/syntax";
import type { Span } from "../text/source";
import { joinSeen } from "./join";
import { type Site } from "./machine";
import { type Frame } from "./scope";
import { type GradMode, type Region, type RegionKind, gradModeIn, regionIn } from "./trace";
import { type InstanceValue, type Value } from "./value";

/** A value that a node had once. */
export interface Sighting {
  readonly value: Value;
  /** The qualified name of the function that it stands in. */
  readonly scope: string;
  /** The running call that it belongs to. */
  readonly call: Frame;
}

const mostSightings = 16;

/** A call of a known operation (or of any other thing outside the program), in the order of the run. */
export interface CallRecord {
  /**
   * Its qualified name: `torch.nn.functional.relu`, `Tensor.normal_`, `torch.optim.Adam`, `Module.eval`, `Optimizer.step`.
   * `?.step` is a method of something unknown, `?` a function that is not known, `Tensor.grad=` writes an attribute.
   */
  readonly operation: string;
  readonly values: ReadonlyMap<string, OpValue>;
  /** As they were given, where the operation's signature is not known. */
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly receiver: Value | undefined;
  readonly result: Value;
  readonly origin: Origin;
  readonly region: Region | undefined;
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
  /** The calls that led there, the innermost first. */
  readonly calls: readonly Origin[];
  readonly layer: InstanceValue | undefined;
  /** It happens on one side of a test whose outcome is not known. */
  readonly uncertain: boolean;
  /** It happens with the default arguments of something that nobody calls; other arguments may do. */
  readonly byDefault: boolean;
}

/** The path of expressions that are evaluated in a file's namespace from outside. */
export const outsidePath = "<expression>";

export class Recorder {
  private readonly sightings = new Map<Node | Span, Sighting[]>();
  readonly calls: CallRecord[] = [];
  readonly moduleCalls: ModuleCall[] = [];
  problems: Problem[] = [];
  readonly instances: InstanceValue[] = [];
  /** The functions of the program that were called. */
  readonly called = new Set<Node>();
  /** The classes of modules whose `forward` the program calls by its name, with arguments of which something is known. */
  readonly forwarded = new Set<Value>();
  /** Multiply-adds, each under the innermost module that was running; undefined where they are not known. */
  readonly work: { readonly module: InstanceValue | undefined; readonly macs: Dim | undefined }[] = [];
  /** The modules whose `forward` is running, the innermost last. */
  readonly running: InstanceValue[] = [];
  /** Calls of functions from inside of themselves. */
  readonly recursions = new Map<Node, number>();
  /** Where in the run the program is. */
  region: Region | undefined = undefined;
  /** Whether operations build a graph there. */
  grad: GradMode = true;
  /** How many calls the file's own statements make; those behind them are of what nobody calls, run by itself. */
  ownCalls = Infinity;
  /** How many functions those statements call; `called` has them first. */
  ownFunctions = Infinity;
  /** How many calls were refused, recorded or not. */
  refusals = 0;
  /** How many lookups failed that Python surely ends a program for, whatever PyTorch says. */
  failures = 0;
  /** Above 0 where what happens is not to be recorded. */
  muted = 0;
  /** Loops around this place that run an unknown number of times. */
  openLoops = 0;
  /** Above 0 where nothing but problems is recorded. */
  onlyProblems = 0;
  /** Above 0 inside a branch that may not run. */
  uncertainty = 0;
  /** Above 0 inside a `try`, where an error is expected. */
  guarded = 0;

  /** Whether values and calls leave no trace. */
  get isSilent(): boolean {
    return this.muted > 0 || this.onlyProblems > 0;
  }

  see(node: Node | Span, value: Value, call: Frame): void {
    if (this.isSilent) return;
    const sighting = { value, scope: call.name, call };
    const known = this.sightings.get(node);
    if (!known) this.sightings.set(node, [sighting]);
    else if (known.length < mostSightings) known.push(sighting);
    // A place that is seen often: the last sighting of the same call stands for the rest of it, or the last of all.
    else {
      const last = known.findLastIndex((other) => other.call === call);
      const at = last < 0 ? mostSightings - 1 : last;
      const before = known[at]!;
      // Nothing can be added to what is not known.
      if (before.value.kind !== "unknown" || before.value.name !== undefined)
        known[at] = { ...before, value: joinSeen(before.value, value, haveOneName(before.call, call)) };
    }
  }

  /**
   * What was seen of a node, in those calls in which it was known throughout: a call with known arguments says more than
   * one without. Undefined where there is no such call.
   */
  seenAt(node: Node | Span): readonly Sighting[] | undefined {
    const all = this.sightings.get(node) ?? [];
    const doubtful = new Set(all.filter(({ value }) => value.kind === "unknown").map(({ call }) => call));
    const known = all.filter(({ call }) => !doubtful.has(call));
    return known.length > 0 ? known : undefined;
  }

  /** Runs something in a region of its own. */
  within<T>(kind: RegionKind, path: string, run: () => T): T {
    const { region, grad } = this;
    this.region = regionIn(kind, region, path);
    if (kind.kind === "context") this.grad = gradModeIn(this.region);
    try {
      return run();
    } finally {
      this.region = region;
      this.grad = grad;
    }
  }

  /** Runs something as a part of a region that is open further out. */
  at<T>(region: Region | undefined, run: () => T): T {
    const { region: here } = this;
    this.region = region;
    try {
      return run();
    } finally {
      this.region = here;
    }
  }

  /** Runs something that does not depend on the branch in which it happens to be asked for. */
  apart<T>(run: () => T): T {
    const { uncertainty, guarded } = this;
    this.uncertainty = 0;
    this.guarded = 0;
    try {
      return run();
    } finally {
      this.uncertainty = uncertainty;
      this.guarded = guarded;
    }
  }

  /** A round of a loop that runs an unknown number of times. */
  looping<T>(run: () => T): T {
    this.openLoops++;
    try {
      return run();
    } finally {
      this.openLoops--;
    }
  }

  noteFailure(): void {
    if (this.guarded === 0 && this.uncertainty === 0) this.failures++;
  }

  count(macs: Dim | undefined): void {
    if (!this.isSilent) this.work.push({ module: this.running.at(-1), macs });
  }

  /** A layer that is called from outside the program is reported where it was built; a text that is run, where it is. */
  refuse(operation: string, refusal: Refusal, at: Site, layer?: InstanceValue): void {
    if (this.guarded > 0) return;
    this.refusals++;
    if (this.muted > 0) return;
    const { frame } = at.scope;
    const isOutside = frame.path === outsidePath;
    const own = { path: frame.path, span: at.node };
    const origin = isOutside ? (frame.calledAt ?? layer?.origin ?? own) : own;
    const uncertain = this.uncertainty > 0;
    this.problems.push({ operation, refusal, origin, calls: callsTo(frame), layer, uncertain, byDefault: false });
  }

  /** The problems of a run, of which they are all that is recorded. */
  problemsOf(run: () => void): Problem[] {
    const { problems, muted } = this;
    this.problems = [];
    this.onlyProblems++;
    this.muted = 0;
    try {
      run();
      return this.problems;
    } finally {
      this.problems = problems;
      this.onlyProblems--;
      this.muted = muted;
    }
  }
}

/** Sizes that are the same, or that their author calls the same in both calls: each has a `T` of its own. */
function haveOneName(first: Frame, second: Frame): (a: Dim, b: Dim) => boolean {
  const nameOf = (dim: Dim, { sizeNames }: Frame): string | undefined => {
    const atom = onlyAtom(dim);
    return atom?.kind === "symbol" ? sizeNames?.get(atom.id) : undefined;
  };
  return (a, b) => {
    const name = a.key === b.key ? undefined : nameOf(a, first);
    return a.key === b.key || (name !== undefined && name === nameOf(b, second));
  };
}

function callsTo(frame: Frame): Origin[] {
  const calls: Origin[] = [];
  for (let at: Frame | undefined = frame; at; at = at.caller) if (at.calledAt) calls.push(at.calledAt);
  return calls;
}
