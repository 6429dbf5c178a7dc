/** Runs what may or may not happen: both sides of a test, and loops that run an unknown number of times. */
import { unknown } from "../ops/value";
import { join, same } from "./join";
import { type Machine } from "./machine";
import { type Completion, type Exit, type Scope, ends } from "./scope";
import { type Change, Places } from "./table";
import { type Value } from "./value";

/** Runs both sides from the same state and leaves what is common to those that go on. */
export function either(machine: Machine, scope: Scope, first: () => Completion, second: () => Completion): Completion {
  machine.record.uncertainty++;
  const one = runBranch(machine, first);
  const other = runBranch(machine, second);
  machine.record.uncertainty--;
  const going = [one, other].filter((branch) => branch.completion & ends.normally);
  for (const branch of [one, other]) noteExit(machine, scope, branch);
  if (going.length === 1) apply(going[0]!.changes);
  else if (going.length === 2) joinChanges(one.changes, other.changes);
  return one.completion | other.completion;
}

interface Branch {
  readonly completion: Completion;
  readonly changes: readonly Change[];
}

function runBranch(machine: Machine, run: () => Completion): Branch {
  let completion = 0;
  const changes = machine.trail.branch(() => {
    completion = run();
  });
  return { completion, changes };
}

/** A branch that surely leaves the loop or call takes its changes along; they are joined where it arrives. */
function noteExit(machine: Machine, scope: Scope, { completion, changes }: Branch): void {
  const how = completion & (ends.byBreak | ends.byContinue | ends.byReturn);
  if (how && !(completion & ends.normally)) scope.frame.exits.push({ how, changes, mark: machine.trail.mark });
}

function apply(changes: readonly Change[]): void {
  for (const { table, key, value } of changes) {
    if (value === undefined) table.delete(key);
    else table.set(key, value);
  }
}

function joinChanges(one: readonly Change[], other: readonly Change[]): void {
  const places = new Places();
  for (const change of other) places.put(change);
  for (const change of one) {
    const opposite = places.get(change.table, change.key);
    put(change, change.value, opposite ? opposite.value : change.table.get(change.key));
  }
  const done = new Places();
  for (const change of one) done.put(change);
  for (const change of other)
    if (!done.has(change.table, change.key)) put(change, change.value, change.table.get(change.key));
}

/** Writes the join of two values of a place; a place that only one of them has is not known to be there. */
function put({ table, key }: Change, a: unknown, b: unknown): void {
  if (a === b) {
    if (a !== undefined) table.set(key, a);
    return;
  }
  if (a === undefined || b === undefined) {
    const only = a ?? b;
    if (isValue(only)) table.set(key, only);
    else table.delete(key);
    return;
  }
  table.set(key, isValue(a) && isValue(b) ? join(a, b) : joinOther(a, b));
}

function isValue(value: unknown): value is Value {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string";
}

/** Contents of lists and dict entries; undefined (not known) where they differ. */
function joinOther(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.map((item: unknown, i) => (isValue(item) && isValue(b[i]) ? join(item, b[i]) : item));
  }
  return undefined;
}

const mostRounds = 4;

/** Runs a body that may run any number of times, until what it leaves does not change any more. */
export function runUntilStable(machine: Machine, body: () => Completion): Completion {
  let left = 0;
  for (let round = 0; round < mostRounds; round++) {
    const { completion, changes } = runBranch(machine, body);
    left |= completion & (ends.byReturn | ends.byRaise);
    const grown = changes.filter(({ table, key, value }) => isNews(table.get(key), value));
    if (grown.length === 0) break;
    for (const change of grown) {
      const before = change.table.get(change.key);
      const last = round === mostRounds - 1;
      put(change, last && isValue(change.value) ? unknown("it changes from round to round") : change.value, before);
    }
  }
  return left | ends.normally;
}

function isNews(before: unknown, after: unknown): boolean {
  if (before === after) return false;
  if (isValue(before) && isValue(after)) return !same(before, join(before, after));
  return true;
}

/** At a round's end: joins what the branches left that went on to the next round. */
export function endRound(machine: Machine, scope: Scope, firstExit: number): void {
  const { exits } = scope.frame;
  for (const exit of exits.splice(firstExit)) {
    if (exit.how === ends.byContinue) joinExit(machine, exit);
    else exits.push(exit);
  }
}

/** At a loop's end: joins what the branches left that broke out of it. */
export function leaveLoop(machine: Machine, scope: Scope, firstExit: number): void {
  const { exits } = scope.frame;
  const own: Exit[] = exits.splice(firstExit);
  for (const exit of own) {
    if (exit.how & ends.byReturn) exits.push(exit);
    else joinExit(machine, exit);
  }
}

/** Joins the state of a branch that left earlier into the present one. */
export function joinExit(machine: Machine, exit: Exit, only: (change: Change) => boolean = () => true): void {
  const places = new Places();
  for (const change of machine.trail.valuesAt(exit.mark)) places.put(change);
  for (const change of exit.changes) places.put(change);
  for (const change of places.all()) if (only(change)) put(change, change.value, change.table.get(change.key));
}
