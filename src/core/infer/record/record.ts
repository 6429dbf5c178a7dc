/** Writes down what happens in a run: where it is, what counts there, and what it leaves. */
import { type Refusal } from "../../ops/call";
import { type Origin } from "../../ops/value";
import { type Dim } from "../../shape/dim";
import type { Node } from "../../python/syntax";
import type { Span } from "../../text/source";
import { type Site } from "../machine";
import { Part, type Problem } from "./part";
import { type Attempt, Raised } from "../statements/raising";
import { type Frame } from "../memory/scope";
import { type GradMode, type Region, type RegionKind, gradModeIn, regionIn } from "./trace";
import { type InstanceValue, type Value } from "../values/value";

/** The path of expressions that are evaluated in a file's namespace from outside. */
export const outsidePath = "<expression>";

export class Recorder {
  /** Where what happens is written down. */
  part = new Part();
  /** What files leave that are run once and for all while an entry runs, by path. */
  readonly ofFiles = new Map<string, Part>();
  /** The modules whose `forward` is running, the innermost last. */
  readonly running: InstanceValue[] = [];
  /** Where in the run the program is. */
  region: Region | undefined = undefined;
  /** Whether operations build a graph there. */
  grad: GradMode = true;
  /** The statement with which the program has switched it, for who knows how long. */
  private switched: Span | undefined = undefined;
  /** The expression that is run as a statement: nobody keeps what it gives. */
  statement: Node | undefined = undefined;
  /** How many calls were refused, recorded or not. */
  refusals = 0;
  /** How many lookups failed that Python surely ends a program for, whatever PyTorch says. */
  failures = 0;
  /** Above 0 where what happens is not to be recorded. */
  muted = 0;
  /** Above 0 where inputs are assumed to be tensors, of which nothing else is known. */
  private assuming = 0;
  /** Loops around this place that run an unknown number of times. */
  openLoops = 0;
  /** Above 0 where nothing but problems is recorded. */
  onlyProblems = 0;
  /** Above 0 inside a branch that may not run. */
  uncertainty = 0;
  /** How many expressions were not known so far, recorded or not. */
  unknowns = 0;
  /** How many tests of unknown outcome there were so far. */
  doubts = 0;
  /** Above 0 where more runs before an error goes on, or later than it seems: a `with`, a `finally`, a generator. */
  held = 0;
  /** What is being tried, the innermost last. */
  private readonly attempts: Attempt[] = [];
  /** Above 0 inside a `try`, where an error is expected. */
  guarded = 0;

  /** Runs something that leaves its record apart. */
  into(part: Part, run: () => void): void {
    const before = this.part;
    this.part = part;
    try {
      run();
    } finally {
      this.part = before;
    }
  }

  get isGradSwitched(): boolean {
    return this.switched !== undefined;
  }

  see(node: Node | Span, value: Value, call: Frame): void {
    if (!this.isSilent) this.part.see(node, value, call);
  }

  /** Whether values and calls leave no trace. */
  get isSilent(): boolean {
    return this.muted > 0 || this.onlyProblems > 0;
  }

  /** Runs something in a region of its own. */
  within<T>(kind: RegionKind, path: string, run: () => T): T {
    const { region, grad, isGradSwitched } = this;
    this.region = regionIn(kind, region, path);
    if (kind.kind === "context") this.grad = gradModeIn(this.region);
    try {
      return run();
    } finally {
      const switched = isGradSwitched ? undefined : this.switched;
      this.region = region;
      this.grad = grad;
      // Whether it is switched there for good, or a context has switched it back, is not followed.
      if (switched) this.switchGradients("torch.set_grad_enabled", switched, path);
    }
  }

  /** From here on gradients are kept or not, as if all that follows stood in such a context. */
  switchGradients(name: string, node: Span, path: string): void {
    this.switched = node;
    this.region = regionIn({ kind: "context", node, name }, this.region, path);
    this.grad = gradModeIn(this.region);
  }

  /** Runs the `forward` of a module. */
  inModule<T>(module: InstanceValue, run: () => T): T {
    this.running.push(module);
    try {
      return run();
    } finally {
      this.running.pop();
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
    return this.counting("openLoops", run);
  }

  /** Runs something of which nothing is recorded. */
  silently<T>(run: () => T): T {
    return this.counting("muted", run);
  }

  /** Runs something on inputs that are assumed: nothing of it is recorded but which functions the program so calls. */
  assumedly<T>(run: () => T): T {
    return this.counting("assuming", () => this.silently(run));
  }

  noteCalled(node: Node): void {
    this.part.called.add(node);
    if (this.assuming > 0) this.part.assumed.add(node);
  }

  /** Runs something whose failure the program expects. */
  asGuarded<T>(run: () => T): T {
    return this.counting("guarded", run);
  }

  /** Runs what is tried; gives the error with which it surely ends, where it does. */
  attempting<T>(waitsFor: Attempt["waitsFor"], run: () => T): T | Raised {
    const attempt: Attempt = { waitsFor, certainty: this.certainty };
    this.attempts.push(attempt);
    try {
      return run();
    } catch (error) {
      if (error instanceof Raised && error.attempt === attempt) return error;
      throw error;
    } finally {
      this.attempts.pop();
    }
  }

  /** Ends what is being tried, where it is certain that the program comes here and that the error is handled there. */
  raise(error: string): void {
    if (this.waitsFor(error)) throw new Raised(this.attempts.at(-1)!, error);
  }

  /** Whether something is tried that such an error surely ends. */
  waitsFor(error: string): boolean {
    const attempt = this.attempts.at(-1);
    return attempt !== undefined && attempt.waitsFor(error) && attempt.certainty === this.certainty;
  }

  private get certainty(): string {
    return [this.uncertainty, this.openLoops, this.muted, this.onlyProblems, this.held, this.doubts].join();
  }

  /** Runs something whose errors do not go straight to who waits for them. */
  asHeld<T>(run: () => T): T {
    return this.counting("held", run);
  }

  private counting<T>(counter: "openLoops" | "muted" | "assuming" | "guarded" | "held", run: () => T): T {
    this[counter]++;
    try {
      return run();
    } finally {
      this[counter]--;
    }
  }

  /** The result of something that PyTorch does not refuse; what it refuses is not reported. */
  unlessRefused<T>(run: () => T): T | undefined {
    const { refusals } = this;
    const { problems } = this.part;
    const count = problems.length;
    const result = run();
    if (this.refusals === refusals) return result;
    problems.splice(count);
    return undefined;
  }

  noteFailure(): void {
    if (this.guarded === 0 && this.uncertainty === 0) this.failures++;
  }

  count(macs: Dim | undefined): void {
    if (!this.isSilent) this.part.work.push({ module: this.running.at(-1), macs });
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
    this.part.problems.push({ operation, refusal, origin, calls: callsTo(frame), layer, uncertain, byDefault: false });
  }

  /** Puts on record under its own name what another library refuses just as PyTorch does. */
  refusedAlike(name: string, run: () => void): void {
    if (this.muted > 0) return;
    for (const problem of this.problemsOf(run)) this.part.problems.push({ ...problem, operation: name });
  }

  /** The problems of a run, of which they are all that is recorded. */
  problemsOf(run: () => void): Problem[] {
    const { part, muted } = this;
    const { problems } = part;
    part.problems = [];
    this.onlyProblems++;
    this.muted = 0;
    try {
      run();
      return part.problems;
    } finally {
      part.problems = problems;
      this.onlyProblems--;
      this.muted = muted;
    }
  }
}

function callsTo(frame: Frame): Origin[] {
  const calls: Origin[] = [];
  for (let at: Frame | undefined = frame; at; at = at.caller) if (at.calledAt) calls.push(at.calledAt);
  return calls;
}
