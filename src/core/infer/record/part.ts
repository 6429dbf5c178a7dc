/** What a stretch of a run leaves on record: values by place, calls, problems. */
import { type Refusal } from "../../ops/call";
import { type OpValue, type Origin } from "../../ops/value";
import { type Dim, symbolsOf } from "../../shape/dim";
import { isRest } from "../../shape/shape";
import type { Node } from "../../python/syntax";
import type { Span } from "../../text/source";
import { joinSeen } from "../values/join";
import { type Frame } from "../memory/scope";
import { type Region } from "./trace";
import { type InstanceValue, type Value } from "../values/value";

/** A value that a node had once. */
export interface Sighting {
  readonly value: Value;
  /** The qualified name of the function that it stands in. */
  readonly scope: string;
  /** The running call that it belongs to. */
  readonly call: Frame;
}

const mostSightings = 64;

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

/** A moment of a run: behind so many calls of a part. */
export interface Moment {
  readonly part: Part;
  readonly calls: number;
}

let parts = 0;

export class Part {
  /** The how many-th of all it is. */
  readonly count = ++parts;
  private readonly sightings = new Map<Node | Span, Sighting[]>();
  /** What a node of a method is where that method is run as its author wrote it, the most general run first. */
  readonly forms = new Map<Node | Span, (readonly Sighting[])[]>();
  readonly calls: CallRecord[] = [];
  readonly moduleCalls: ModuleCall[] = [];
  problems: Problem[] = [];
  readonly instances: InstanceValue[] = [];
  /** The functions of the program that were called. */
  readonly called = new Set<Node>();
  /** Those of them that the program also calls with something unknown, which leaves no other record. */
  readonly assumed = new Set<Node>();
  /** Those whose bodies were looked at, called or not. */
  readonly read = new Set<Node>();
  /** The classes of modules whose `forward` the program calls by its name, with arguments of which something is known. */
  readonly forwarded = new Set<Value>();
  /** Multiply-adds, each under the innermost module that was running; undefined where they are not known. */
  readonly work: { readonly module: InstanceValue | undefined; readonly macs: Dim | undefined }[] = [];
  /** What functions of plain numbers and texts gave, by what they were called with. */
  readonly results = new Map<Node, Map<string, Value>>();
  /** Calls of functions from inside of themselves. */
  readonly recursions = new Map<Node, number>();
  /** The files that it imports from. */
  readonly files = new Set<string>();
  /** How many calls there were when other parts were put behind them. */
  private readonly starts = new Map<Part, number>();
  /** How many calls the file's own statements make; those behind them are of what nobody calls, run by itself. */
  ownCalls = Infinity;
  /** How many functions those statements call; `called` has them first. */
  ownFunctions = Infinity;

  see(node: Node | Span, value: Value, call: Frame): void {
    const sighting = { value, scope: call.name, call };
    const known = this.sightings.get(node);
    if (known) takeIn(known, sighting);
    else this.sightings.set(node, [sighting]);
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

  /** Whether the program calls the function without anybody knowing what the node is in that call. */
  isOpenAt(node: Node | Span): boolean {
    return (this.sightings.get(node) ?? []).some(
      ({ value, call }) => !call.entered && (value.kind === "unknown" || (call.node && this.assumed.has(call.node))),
    );
  }

  formsAt(node: Node | Span): readonly (readonly Sighting[])[] {
    return this.forms.get(node) ?? [];
  }

  /** Keeps what was seen in the lines of some functions that were called from outside, of a stretch that is no part of the run. */
  takeForm(form: Part, functions: readonly Node[], path: string): void {
    for (const node of form.sightings.keys()) {
      const own = form
        .seenAt(node)
        ?.filter((sighting) => isCallOf(functions, path, sighting.call) && !isShadowed(sighting));
      if (own && own.length > 0) this.forms.set(node, [...this.formsAt(node), own]);
    }
    for (const node of form.read) this.read.add(node);
    for (const path of form.files) this.files.add(path);
  }

  get now(): Moment {
    return { part: this, calls: this.calls.length };
  }

  /** How many of the calls were before a moment. */
  callsBefore({ part, calls }: Moment): number {
    return (this.starts.get(part) ?? 0) + calls;
  }

  /** Puts what another stretch has left behind what is here. */
  add(other: Part): void {
    this.starts.set(other, this.calls.length);
    for (const [node, sightings] of other.sightings) {
      const known = this.sightings.get(node);
      this.sightings.set(node, known ? joined(known, sightings) : sightings);
    }
    for (const [node, forms] of other.forms) this.forms.set(node, [...this.formsAt(node), ...forms]);
    for (const call of other.calls) this.calls.push(call);
    for (const call of other.moduleCalls) this.moduleCalls.push(call);
    for (const problem of other.problems) this.problems.push(problem);
    for (const instance of other.instances) this.instances.push(instance);
    for (const node of other.called) this.called.add(node);
    for (const node of other.assumed) this.assumed.add(node);
    for (const type of other.forwarded) this.forwarded.add(type);
    for (const one of other.work) this.work.push(one);
    for (const path of other.files) this.files.add(path);
  }
}

/** Whether a call is one of some functions of a file, from outside or by way of others of them, but from inside of itself. */
function isCallOf(functions: readonly Node[], path: string, call: Frame): boolean {
  const met = new Set<Node>();
  for (let at = call; ; at = at.caller) {
    const { node } = at;
    if (!node || met.has(node)) return false;
    const isInside =
      node.kind === "Lambda" && functions.some(({ start, end }) => start <= node.start && node.end <= end);
    const isOwn = at.path === path && (isInside || functions.includes(node));
    if (!isOwn) return false;
    if (!at.caller?.entered) return true;
    met.add(node);
  }
}

/** Whether a size goes by a name that means something else inside of the `lambda` where it was seen. */
function isShadowed({ value, call }: Sighting): boolean {
  const names = call.node?.kind === "Lambda" ? call.node.parameters.map(({ name }) => name.name) : [];
  const sizes = value.kind === "tensor" ? value.shape : value.kind === "int" ? [value.value] : [];
  return sizes.some((size) => !isRest(size) && [...symbolsOf(size)].some(({ name }) => names.includes(name)));
}

/** Of a place that is seen often, the last sighting of the same call stands for the rest of it, or the last of all. */
function takeIn(known: Sighting[], sighting: Sighting): void {
  if (known.length < mostSightings) {
    known.push(sighting);
    return;
  }
  const { value, call } = sighting;
  const last = known.findLastIndex((other) => other.call === call);
  const at = last < 0 ? mostSightings - 1 : last;
  const before = known[at]!;
  // Nothing can be added to what is not known.
  if (before.value.kind !== "unknown" || before.value.name !== undefined)
    known[at] = { ...before, value: joinSeen(before.value, value, haveOneName(before.call, call)) };
}

function joined(first: readonly Sighting[], second: readonly Sighting[]): Sighting[] {
  const all = [...first];
  for (const sighting of second) takeIn(all, sighting);
  return all;
}

/** Sizes that are the same, or that their author calls the same in both calls: each has a `T` of its own. */
function haveOneName(first: Frame, second: Frame): (a: Dim, b: Dim) => boolean {
  const nameOf = (dim: Dim, { sizeNames }: Frame): string | undefined => sizeNames?.get(dim.key);
  return (a, b) => {
    const name = a.key === b.key ? undefined : nameOf(a, first);
    return a.key === b.key || (name !== undefined && name === nameOf(b, second));
  };
}
