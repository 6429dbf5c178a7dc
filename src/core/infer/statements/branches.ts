/** Runs what may or may not happen, both sides of a test, and joins what they leave. */
import { type Written } from "../../shape/uniting";
import type { Node } from "../../python/syntax";
import { unknown } from "../../ops/value";
import { type Machine } from "../machine";
import { isRegistered } from "../modules/stored";
import { type Value } from "../values/value";
import { isEntry, joinPlace } from "../memory/places";
import { type Completion, type Exit, type Scope, ends } from "../memory/scope";
import { type Change, Places } from "../memory/changes";
import { type Sides, turned } from "./conditions";

/** Runs both sides from the same state and leaves what is common to those that go on. */
export function either(
  machine: Machine,
  scope: Scope,
  first: () => Completion,
  second: () => Completion,
  test?: Node,
  sides?: Sides,
): Completion {
  const side = (index: number, run: () => Completion) => (): Completion =>
    machine.record.within({ kind: "branch", side: index, node: test }, scope.frame.path, run);
  machine.record.uncertainty++;
  machine.record.doubts++;
  const since = machine.trail.births;
  const one = runBranch(machine, scope, side(0, first));
  const other = runBranch(machine, scope, side(1, second));
  machine.record.uncertainty--;
  const going = [one, other].filter((branch) => branch.completion & ends.normally);
  for (const branch of [one, other]) noteExit(machine, scope, branch);
  if (going.length === 1) apply(going[0]!.changes);
  else if (going.length === 2) joinChanges(machine, one.changes, other.changes, since, sides);
  return one.completion | other.completion;
}

/** What a side of a test, or a round, has done. */
export interface Branch {
  readonly completion: Completion;
  readonly changes: readonly Change[];
  /** How many tables there were when it began. */
  readonly since: number;
}

/** Runs something from the present state, and takes back what it writes. */
export function runBranch(machine: Machine, scope: Scope, run: () => Completion): Branch {
  const { exits } = scope.frame;
  const firstExit = exits.length;
  const { mark, births: since } = machine.trail;
  let completion = 0;
  const changes = machine.trail.branch(() => {
    completion = run();
    for (let i = firstExit; i < exits.length; i++) exits[i] = seenFrom(machine, mark, since, exits[i]!);
  });
  return { completion, changes, since };
}

/** An exit inside a branch, told from where that branch began: what the branch had written by then belongs to it. */
function seenFrom(machine: Machine, mark: number, since: number, exit: Exit): Exit {
  const places = new Places();
  const later = new Places();
  for (const change of machine.trail.valuesAt(exit.mark)) later.put(change);
  for (const { table, key } of machine.trail.valuesAt(mark)) {
    const then = later.get(table, key);
    places.put({ table, key, value: then ? then.value : table.get(key) });
  }
  for (const change of exit.changes) places.put(change);
  return { how: exit.how, changes: places.all(), mark, since };
}

/** A branch that surely leaves the loop or call takes its changes along; they are joined where it arrives. */
function noteExit(machine: Machine, scope: Scope, { completion, changes, since }: Branch): void {
  const how = completion & (ends.byBreak | ends.byContinue | ends.byReturn);
  if (how && !(completion & ends.normally)) scope.frame.exits.push({ how, changes, mark: machine.trail.mark, since });
}

function apply(changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.isMoved) change.table.delete(change.key);
    write(change, change.value);
  }
}

export function write({ table, key }: Pick<Change, "table" | "key">, value: unknown): void {
  if (value === undefined) table.delete(key);
  else table.set(key, value);
}

function joinChanges(
  machine: Machine,
  one: readonly Change[],
  other: readonly Change[],
  since: number,
  sides?: Sides,
): void {
  const { facts } = machine;
  const isLearnt = ({ table }: Change): boolean => facts.keepsIn(table);
  const isMade = (change: Change): boolean => change.table.born >= since && !isLearnt(change);
  const isHeld = (change: Change): boolean => !isLearnt(change) && !isMade(change);
  // What the sides made and what has been learnt comes first: values are compared by it.
  joinPlaces(machine, one.filter(isMade), other.filter(isMade), since);
  const [learnt, otherwise] = [one.filter(isLearnt), other.filter(isLearnt)];
  joinPlaces(machine, learnt, otherwise, since);
  facts.unite(writtenBy(learnt), writtenBy(otherwise));
  joinPlaces(machine, one.filter(isHeld), other.filter(isHeld), since, sides);
}

export const writtenBy = (changes: readonly Change[]): Written =>
  new Map(changes.map(({ key, value }) => [key, value]));

function joinPlaces(
  machine: Machine,
  one: readonly Change[],
  other: readonly Change[],
  since: number,
  sides?: Sides,
): void {
  const places = new Places();
  for (const change of other) places.put(change);
  for (const change of one) {
    const opposite = places.get(change.table, change.key);
    put(machine, change, change.value, opposite ? opposite.value : change.table.get(change.key), since, sides);
    if (opposite?.isMoved) loseOrder(opposite);
  }
  const done = new Places();
  for (const change of one) done.put(change);
  for (const change of other)
    if (!done.has(change.table, change.key))
      put(machine, change, change.value, change.table.get(change.key), since, sides && turned(sides));
}

/**
 * Runs something of which nobody knows whether it has happened yet: what it writes to what was there before may be written or
 * not, and is given back. Of what surely fits when it happens, what it tells of sizes holds anyway.
 */
export function perhapsWritten(machine: Machine, scope: Scope, run: () => void, isSure = true): readonly Change[] {
  const { facts } = machine;
  const { made } = machine.trail;
  const { changes, since } = runBranch(machine, scope, () => {
    run();
    return ends.normally;
  });
  const isLearnt = ({ table }: Change): boolean => facts.keepsIn(table);
  const isOwn = (change: Change): boolean => change.table.isMadeBehind(made) && !isLearnt(change);
  apply(changes.filter((change) => isOwn(change) || (isSure && isLearnt(change))));
  const others = changes.filter((change) => !isOwn(change) && !isLearnt(change));
  joinPlaces(machine, others, [], since);
  return others;
}

/** Writes what two branches leave of a place; the other one cannot know of a table that was made in the first. */
export function put(machine: Machine, place: Change, a: unknown, b: unknown, since: number, sides?: Sides): void {
  write(place, place.table.born >= since ? (a ?? b) : joinPlace(place.table, a, b, machine.facts, sides));
  if (place.isMoved) loseOrder(place);
}

/**
 * An entry of a dict, or a part of a module, stands behind the others or in its old place: who asks for all of them does not
 * know their order.
 */
function loseOrder({ table, key }: Change): void {
  if (table.peekKeys().at(-1) === key) return;
  const entry = table.peek(key);
  if (isEntry(entry)) table.set(key, { ...entry, maybe: true });
  else if (table.use === "members" && isRegistered(entry as Value))
    table.set("?", unknown("the order of its parts is not known"));
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
    if (exit.how & ~ends.byReturn) joinExit(machine, exit);
  }
}

/** Joins the state of a branch that left earlier into the present one. */
export function joinExit(machine: Machine, exit: Exit, only: (change: Change) => boolean = () => true): void {
  const places = new Places();
  for (const change of machine.trail.valuesAt(exit.mark)) {
    // What it held when the branch left may be what it held when the round began.
    change.table.noteReadInRounds(change.key, true);
    places.put(change);
  }
  for (const change of exit.changes) places.put(change);
  for (const change of places.all())
    if (only(change)) put(machine, change, change.value, change.table.get(change.key), exit.since);
}
