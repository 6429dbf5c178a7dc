/** Runs what may or may not happen: both sides of a test, and loops that run an unknown number of times. */
import { int, unknown } from "../../ops/value";
import { type Dim, unknownSize } from "../../shape/dim";
import { type Written } from "../../shape/uniting";
import type { Node } from "../../python/syntax";
import { childCount, eachChild } from "../collections/iterators";
import { type Machine } from "../machine";
import { isEntry, isValue, joinPlace, saysNothingNew } from "../memory/places";
import { type Completion, type Exit, type Scope, ends } from "../memory/scope";
import { type Change, Places } from "../memory/changes";
import { areBuiltAlike } from "../values/alike";
import { leaveNames } from "./behindLoops";
import { oneAmong } from "../values/candidates";
import { alternativesOf, onOneSide } from "../values/choices";
import { type Sides, turned } from "./conditions";
import { Growth, addsPart } from "./growth";
import { losesNumbers } from "../tensors/tensorNumbers";
import { asNumber } from "../values/truth";
import { type Value } from "../values/value";

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

interface Branch {
  readonly completion: Completion;
  readonly changes: readonly Change[];
  /** How many tables there were when it began. */
  readonly since: number;
}

function runBranch(machine: Machine, scope: Scope, run: () => Completion): Branch {
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
  for (const { table, key, value } of changes) write({ table, key }, value);
}

function write({ table, key }: Pick<Change, "table" | "key">, value: unknown): void {
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
  const isHeld = (change: Change): boolean => !isLearnt(change);
  // What has been learnt comes first: values are compared by it.
  const [learnt, otherwise] = [one.filter(isLearnt), other.filter(isLearnt)];
  joinPlaces(machine, learnt, otherwise, since);
  facts.unite(writtenBy(learnt), writtenBy(otherwise));
  joinPlaces(machine, one.filter(isHeld), other.filter(isHeld), since, sides);
}

const writtenBy = (changes: readonly Change[]): Written => new Map(changes.map(({ key, value }) => [key, value]));

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
  }
  const done = new Places();
  for (const change of one) done.put(change);
  for (const change of other)
    if (!done.has(change.table, change.key))
      put(machine, change, change.value, change.table.get(change.key), since, sides && turned(sides));
}

/**
 * Runs something of which nobody knows whether it has happened yet, though it surely fits: what it writes to what was there
 * before may be written or not, and is given back.
 */
export function perhapsWritten(machine: Machine, scope: Scope, run: () => void): readonly Change[] {
  const { facts } = machine;
  const { made } = machine.trail;
  const { changes, since } = runBranch(machine, scope, () => {
    run();
    return ends.normally;
  });
  const isOwn = ({ table }: Change): boolean => table.isMadeBehind(made) || facts.keepsIn(table);
  apply(changes.filter(isOwn));
  const others = changes.filter((change) => !isOwn(change));
  joinPlaces(machine, others, [], since);
  return others;
}

/** Writes what two branches leave of a place; the other one cannot know of a table that was made in the first. */
function put(machine: Machine, place: Change, a: unknown, b: unknown, since: number, sides?: Sides): void {
  write(place, place.table.born >= since ? (a ?? b) : joinPlace(place.table, a, b, machine.facts, sides));
}

/** After so many rounds, values that still change are given up; after so many more, everything that the body writes. */
const patience = { values: 3, everything: 7 };
/** Inside of another such loop each round costs as many again. */
const patienceInside = { values: 1, everything: 4 };

/**
 * Runs a body that may run any number of times, until what it leaves does not change any more. `rounds` is that number,
 * for what can be told by it.
 */
export function runUntilStable(
  machine: Machine,
  scope: Scope,
  body: (round: number) => Completion,
  rounds: Dim = unknownSize(),
): Completion {
  const { facts } = machine;
  const loosened = new Places();
  const growth = new Growth();
  let isWhole = true;
  const { values, everything } = machine.record.openLoops > 0 ? patienceInside : patience;
  let left = 0;
  for (let round = 0; ; round++) {
    const { completion, changes, since, forgets, mayDiffer } = runWatched(machine, scope, () => body(round));
    left |= completion & (ends.byReturn | ends.byRaise);
    isWhole &&= !(completion & ends.byBreak);
    growth.note(changes);
    // What was made in the round stays readable, also where nothing but the record of the run knows of it.
    for (const change of changes.filter(({ table }) => table.born >= since)) write(change, change.value);
    if (!(completion & ~(ends.byReturn | ends.byRaise))) return left | ends.normally;
    // How many dimensions an input has that the first round describes: without any round nobody asks.
    if (round === 0) facts.keepDescriptions(writtenBy(changes.filter(({ table }) => facts.keepsIn(table))));
    const news = changes.filter((change) => change.table.born < since && !saysNothingNew(change, loosened, facts));
    // The next round would be the same as this one where it does not read what is new: a name that each round sets anew.
    const isLast = !forgets && !news.some(mayDiffer);
    if (round === everything && !isLast) {
      for (const change of changes) giveUp(change);
      return left | ends.normally;
    }
    for (const change of news) {
      if (addsPart(change)) {
        losePartsOf(change, loosened);
        continue;
      }
      const before = change.table.get(change.key);
      const value = round >= values && isValue(change.value) ? changed(change.value) : change.value;
      if (round === 0 && isFilled(before, value)) write(change, value);
      else put(machine, change, value, before, since);
      // Another round may make another one.
      const after = change.table.get(change.key);
      if (isValue(after) && alternativesOf(after)) write(change, changed(after));
      loosened.put(change);
    }
    if (isLast) break;
  }
  leaveNames(scope, loosened);
  if (isWhole) growth.settle(rounds);
  return left | ends.normally;
}

/**
 * Whether the first round has put a tensor where there was nothing: a sum that begins with 0, a state with `None`. The
 * others begin with a tensor, and behind the loop nobody wants it who does not take for granted that there was a round.
 */
function isFilled(before: unknown, value: unknown): boolean {
  if (!isValue(before) || !isValue(value)) return false;
  const isZero = (before.kind === "int" || before.kind === "float") && asNumber(before) === 0;
  return before.kind === "none" ? value.kind === "tensor" || value.kind === "tuple" : isZero && value.kind === "tensor";
}

interface WatchedBranch extends Branch {
  /** Numbers of tensors are not known any more that were when it began. */
  readonly forgets: boolean;
  /** Whether the branch might run otherwise if a place held at its beginning what it has left there. */
  readonly mayDiffer: (change: Change) => boolean;
}

function runWatched(machine: Machine, scope: Scope, body: () => Completion): WatchedBranch {
  let branch: Branch | undefined;
  let forgets = false as boolean;
  const round = machine.trail.inRound(() => {
    forgets = losesNumbers(() => {
      branch = machine.record.looping(() => runBranch(machine, scope, body));
    });
  });
  return { ...branch!, forgets, mayDiffer: ({ table, key, value }) => table.isReadIn(round, key, value) };
}

/**
 * A container that a round adds a layer to has as many of them as there are rounds: each round would add one more. If it was
 * empty, it is known what each of them is like, as long as they are alike.
 */
function losePartsOf({ table, value: added }: Change, loosened: Places): void {
  const isFirst = !table.has("?") && !table.keys().some((name) => /^\d+$/.test(name));
  const known = isFirst ? added : table.get(eachChild);
  const each = isValue(added) && isValue(known) ? alike(known, added) : undefined;
  for (const change of [
    { table, key: "?", value: unknown("how many layers the loop adds is not known") },
    { table, key: eachChild, value: each },
    { table, key: childCount, value: each && int(unknownSize()) },
  ]) {
    write(change, change.value);
    loosened.put(change);
  }
}

function alike(known: Value, added: Value): Value | undefined {
  const isSame = known.kind === "instance" && added.kind === "instance" && areBuiltAlike(known, added);
  return isSame ? known : undefined;
}

/** What rounds change in ways that nobody follows: it may be there or not, and be what it was in one of them. */
function changed(value: Value): Value {
  const either = (alternativesOf(value) ?? []).map((one) => one.value);
  const mayLack = value.kind === "unknown" && value.reason === onOneSide;
  return oneAmong(unknown(mayLack ? onOneSide : "it changes from round to round"), [value, ...either]);
}

function giveUp(change: Change): void {
  const { value } = change;
  if (isValue(value)) write(change, changed(value));
  else if (isEntry(value)) write(change, { key: value.key, value: changed(value.value), maybe: true });
  else write(change, undefined);
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
