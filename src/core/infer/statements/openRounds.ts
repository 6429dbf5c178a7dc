/** Bodies that run any number of times: round after round until what they leave does not change any more. */
import { int, unknown } from "../../ops/value";
import { type Dim, unknownSize } from "../../shape/dim";
import { childCount, eachChild } from "../collections/iterators";
import { type Machine } from "../machine";
import { isEntry, isValue, saysNothingNew } from "../memory/places";
import { type Completion, type Scope, ends } from "../memory/scope";
import { type Change, Places } from "../memory/changes";
import { areBuiltAlike } from "../values/alike";
import { leaveNames } from "./behindLoops";
import { oneAmong } from "../values/candidates";
import { alternativesOf, onOneSide } from "../values/choices";
import { type Branch, put, runBranch, write, writtenBy } from "./branches";
import { Growth, addsPart } from "./growth";
import { losesNumbers } from "../tensors/tensorNumbers";
import { asNumber } from "../values/truth";
import { type Value } from "../values/value";

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
