/** Loops: run round by round where it is known what they meet, else until nothing changes any more. */
import type { For, While } from "../../python/syntax";
import { unknown } from "../../ops/value";
import { type Dim, constant, unknownSize } from "../../shape/dim";
import { assignTo } from "./assignments";
import { anyItem, stepOf } from "./counters";
import { endRound, leaveLoop } from "./branches";
import { runUntilStable } from "./openRounds";
import { eachAnew, hasNoOrder } from "../collections/iterators";
import { isEndless, knownItems } from "../collections/lists";
import { forgetItems, isIterator, itemsAhead, take } from "../collections/taking";
import { type Machine } from "../machine";
import { type CallRecord } from "../record/part";
import { type Completion, type Scope, ends } from "../memory/scope";
import { elementsInAnyOrder, roundsOver } from "../collections/elements";
import { truthOf } from "../values/truth";
import { type ListValue, type Value } from "../values/value";

export function executeFor(machine: Machine, node: For, scope: Scope): Completion {
  const over = machine.evaluate(node.iterable, scope);
  return machine.record.within({ kind: "loop", node, over }, scope.frame.path, () =>
    runRounds(machine, node, over, scope),
  );
}

/** Loops over what is known are run item by item; over a set in several orders, of which any may be the one. */
function runRounds(machine: Machine, node: For, iterable: Value, scope: Scope): Completion {
  const isTaken = isIterator(iterable) && !isEndless(iterable);
  const items = isEndless(iterable)
    ? knownItems(iterable)
    : isTaken
      ? itemsAhead(iterable)
      : elementsInAnyOrder(machine, iterable);
  if (!items || !hasNoOrder(iterable)) return runOver(machine, node, iterable, items, scope);
  const run = (order: readonly Value[]) => (): Completion => runOver(machine, node, iterable, order, scope);
  const [first, ...others] = items;
  const turned = run([...others, first!]);
  const inTurn = items.length > 2 ? (): Completion => machine.either(scope, turned, run([...items].reverse())) : turned;
  return machine.either(scope, run(items), inTurn);
}

function runOver(
  machine: Machine,
  node: For,
  iterable: Value,
  items: readonly Value[] | undefined,
  scope: Scope,
): Completion {
  const exits = scope.frame.exits.length;
  let left = 0;
  // A list is met as it stands in each round, for rounds may change it; of an iterator what nobody has taken is left.
  const isTaken = isIterator(iterable);
  const anyRound = (element: () => Value, rounds: Dim): Completion => {
    const completion = runUntilStable(
      machine,
      scope,
      (index) => {
        assignTo(machine, node.target, element(), scope);
        const round = inRound(machine, node.body, scope, index, true);
        endRound(machine, scope, exits);
        return round;
      },
      rounds,
    );
    leaveLoop(machine, scope, exits);
    if (isTaken) leaveIterator(iterable, left | completion);
    return (completion & ~ends.byBreak) | runElse(machine, node.orelse, scope, left | completion);
  };
  if (!items) return anyRound(() => eachAnew(machine, iterable), roundsOver(machine, iterable));
  let exitRounds = 0;
  const began = machine.steps;
  const isTrained = trainingSeen(machine.record.part.calls);
  const isCounted = items.length < 2 || stepOf(items) !== undefined;
  const firstAlike = isCounted ? roundsOfTraining : items.length <= fewTrainings ? items.length : roundsOfTrainings;
  const isLive = iterable.kind === "list" && iterable.reading !== "unordered";
  const present = (): readonly Value[] | undefined => (isLive ? knownItems(iterable) : items);
  for (let index = 0; ; index++) {
    const there = present();
    const place = isTaken ? 0 : index;
    const item = there?.[place];
    if (!there || (!item && isEndless(iterable))) {
      const element = (): Value => (there ? unknown("the item is not known") : eachAnew(machine, iterable));
      return (left & ~ends.byBreak) | anyRound(element, unknownSize());
    }
    if (!item) break;
    const isAlike = index >= firstAlike && place + 1 < there.length && isTrained();
    const isLong = machine.steps - began > (there.length <= fewRounds ? mostStepsOfShortLoop : mostStepsOfLoop);
    if (isLong || exitRounds > mostExitRounds || isAlike) {
      const ahead = there.slice(place);
      // How long a list gets that its own rounds change, nobody knows.
      if (isLive && !isTaken && there.length !== items.length)
        return (left & ~ends.byBreak) | anyRound(() => eachAnew(machine, iterable), unknownSize());
      const each = anyItem(machine, ahead);
      return (left & ~ends.byBreak) | anyRound(each, constant(ahead.length));
    }
    if (isTaken) take(iterable, 1);
    machine.step();
    assignTo(machine, node.target, item, scope);
    let completion = 0;
    const round = (): void => {
      completion = inRound(machine, node.body, scope, index, false);
    };
    // If the rounds are those of a training, the open ones behind it ask what rounds read of what the last one wrote.
    if (index < roundsOfTrainings) machine.trail.inRound(round);
    else round();
    endRound(machine, scope, exits);
    left |= completion & (ends.byReturn | ends.byRaise | ends.byBreak);
    if (completion & (ends.byReturn | ends.byBreak)) exitRounds++;
    if (!(completion & (ends.normally | ends.byContinue))) {
      leaveLoop(machine, scope, exits);
      const leaves = left & ~ends.byBreak;
      return left & ends.byBreak ? leaves | ends.normally : leaves;
    }
  }
  leaveLoop(machine, scope, exits);
  if (isTaken) leaveIterator(iterable, left);
  return (left & ~ends.byBreak) | runElse(machine, node.orelse, scope, left);
}

/** A loop that no `break` has ended has taken all items. */
function leaveIterator(iterable: ListValue, left: Completion): void {
  if (left & ends.byBreak) forgetItems(iterable);
  else take(iterable);
}

/** The `else` of a loop is for one that no `break` has ended: where that is not known, it may be left out. */
function runElse(machine: Machine, body: For["orelse"], scope: Scope, left: Completion): Completion {
  const run = (): Completion => machine.execute(body, scope);
  return body.length > 0 && left & ends.byBreak ? machine.either(scope, run, () => ends.normally) : run();
}

function inRound(machine: Machine, body: For["body"], scope: Scope, index: number, open: boolean): Completion {
  return machine.record.within({ kind: "round", index, open }, scope.frame.path, () => machine.execute(body, scope));
}

/** Rounds in which a network is trained are all alike: behind so many of them the others are taken together. */
const roundsOfTraining = 1;
/** Where they are not just counted, each may be about another network: a few are run one by one. */
const roundsOfTrainings = 2;
const fewTrainings = 6;

/** Tells whether gradients have been computed since; each call is looked at once. */
function trainingSeen(calls: readonly CallRecord[]): () => boolean {
  let next = calls.length;
  let seen = false;
  return () => {
    for (; !seen && next < calls.length; next++) seen = /^(Tensor|\?)\.backward$/.test(calls[next]!.operation);
    return seen;
  };
}

const mostRounds = 300;
/** Rounds that may have been the last one: each of them is one more state to join at the end. */
const mostExitRounds = 8;
/** Behind so many steps a loop's other rounds are taken together. */
const mostStepsOfLoop = 10_000;
/** A loop that builds the blocks of a network has few rounds, and many steps in each. */
const fewRounds = 64;
const mostStepsOfShortLoop = 160_000;

export function executeWhile(machine: Machine, node: While, scope: Scope): Completion {
  return machine.record.within({ kind: "loop", node }, scope.frame.path, () => runWhile(machine, node, scope));
}

function runWhile(machine: Machine, node: While, scope: Scope): Completion {
  const exits = scope.frame.exits.length;
  let left = 0;
  let exitRounds = 0;
  const patience = machine.steps + mostStepsOfLoop;
  for (let round = 0; round < mostRounds && machine.steps < patience && exitRounds <= mostExitRounds; round++) {
    const truth = truthOf(machine.evaluate(node.test, scope));
    if (truth === false) {
      leaveLoop(machine, scope, exits);
      return (left & ~ends.byBreak) | runElse(machine, node.orelse, scope, left);
    }
    if (truth === undefined) break;
    const completion = inRound(machine, node.body, scope, round, false);
    endRound(machine, scope, exits);
    left |= completion & (ends.byReturn | ends.byRaise | ends.byBreak);
    if (completion & (ends.byReturn | ends.byBreak)) exitRounds++;
    if (!(completion & (ends.normally | ends.byContinue))) {
      leaveLoop(machine, scope, exits);
      return left & ends.byBreak ? (left & ~ends.byBreak) | ends.normally : left;
    }
  }
  const completion = runUntilStable(machine, scope, (index) => {
    const round = inRound(machine, node.body, scope, index, true);
    endRound(machine, scope, exits);
    machine.evaluate(node.test, scope);
    return round;
  });
  leaveLoop(machine, scope, exits);
  left |= completion;
  return (left & ~ends.byBreak) | ends.normally | runElse(machine, node.orelse, scope, left);
}
