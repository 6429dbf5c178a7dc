/** List, set and dict comprehensions: item by item where it is known what they run over. */
import { runLater } from "../calls/later";
import { unknown } from "../../ops/value";
import { type Dim, constant, newestSymbol, unknownSize } from "../../shape/dim";
import type { Comprehension } from "../../python/syntax";
import { type AnyNode, isKind, walk } from "../../python/visit";
import { type Machine } from "../machine";
import { type Scope, ends } from "../memory/scope";
import { eachAnew, hasNoOrder, iterator, setOf, unordered } from "../collections/iterators";
import { anyItem, inAnyRound } from "../statements/counters";
import { type Items, isEndless, isOpenItems, knownItems, loosened } from "../collections/lists";
import { behind, drawn, forgetItems, isIterator, itemsAhead, take } from "../collections/taking";
import { elementsInAnyOrder, roundsOver } from "../collections/elements";
import { dictKey } from "../values/texts";
import { truthOf } from "../values/truth";
import { type DictEntry, type ListValue, type Value, anyLike, others } from "../values/value";
import { keepsNames } from "../calls/yields";

export function evaluateComprehension(machine: Machine, node: Comprehension, outer: Scope): Value {
  // What the first clause runs over is asked for outside, and at once.
  const over = machine.evaluate(node.clauses[0]!.iterable, outer);
  if (node.form !== "generator") return collected(machine, node, over, outer);
  return (
    runLater(machine, outer, () => generatorOf(machine, node, over, outer)) ?? unknown("the generator is not known")
  );
}

/** What the rounds give. */
interface Gathered {
  readonly results: readonly { readonly key: Value | undefined; readonly value: Value }[];
  readonly count: Count;
  /** In which round of the first clause each of them came. */
  readonly rounds: readonly number[];
}

function gather(machine: Machine, node: Comprehension, over: Value, outer: Scope): Gathered {
  const scope: Scope = {
    kind: "function",
    names: machine.newTable("local"),
    parent: outer,
    frame: outer.frame,
    elsewhere: undefined,
  };
  const results: { key: Value | undefined; value: Value }[] = [];
  const rounds: number[] = [];
  const first: First = { over, round: 0 };
  const count = runClauses(machine, node, 0, scope, first, () => {
    const key = node.key && machine.evaluate(node.key, scope);
    results.push({ key, value: machine.evaluate(node.element, scope) });
    rounds.push(first.round);
  });
  scope.names.isOver = !keepsNames(node);
  return { results, count, rounds };
}

/** A generator takes from an iterator only what is taken from itself. */
function generatorOf(machine: Machine, node: Comprehension, over: Value, outer: Scope): ListValue {
  const since = newestSymbol();
  const { results, count, rounds } = machine.record.asHeld(() => gather(machine, node, over, outer));
  const values = results.map(({ value }) => value);
  // A function that is made in a round, and called before the next, sees what that round is about.
  if (keepsNames(node) && keepsTargets(node))
    return drawnOpen(machine, { each: unknown("what it sees is not known"), count: unknownSize() }, over);
  if (count === "in any order") return unordered(machine, values);
  if (count !== "known")
    return drawnOpen(machine, { ...loosened(values.map((value) => inAnyRound(value, since))), count }, over);
  const all = isIterator(over) ? (itemsAhead(over)?.length ?? 0) : 0;
  return drawn(machine, values, [{ from: over, taken: behind(rounds), all }]);
}

/** Whether a `lambda` in it reads a name that changes from round to round. */
function keepsTargets(node: Comprehension): boolean {
  const targets = new Set(node.clauses.flatMap(({ target }) => namesIn(target)));
  const read: string[] = [];
  walk(node.element, (part) => {
    if (isKind(part, "Lambda")) read.push(...namesIn(part.body));
    return undefined;
  });
  return read.some((name) => targets.has(name));
}

function namesIn(root: AnyNode): string[] {
  const names: string[] = [];
  walk(root, (part) => {
    if (isKind(part, "Name")) names.push(part.id);
    return undefined;
  });
  return names;
}

function drawnOpen(machine: Machine, items: Items, over: Value): ListValue {
  if (isIterator(over)) forgetItems(over);
  return iterator(machine, items);
}

function collected(machine: Machine, node: Comprehension, over: Value, outer: Scope): Value {
  const since = newestSymbol();
  const { results, count } = gather(machine, node, over, outer);
  const values = results.map(({ value }) => value);
  const isList = node.form === "list";
  const items =
    count === "known" || (count === "in any order" && !isList)
      ? values
      : {
          ...loosened(values.map((value) => inAnyRound(value, since))),
          count: count === "in any order" ? constant(values.length) : count,
        };
  if (node.form === "set") return setOf(machine, isOpenItems(items) ? undefined : items);
  if (node.form === "list") return machine.newList(items);
  const entries = machine.newTable<{ key: Value; value: Value }>();
  for (const { key, value } of results) {
    const name = key && dictKey(key);
    if (isOpenItems(items) || name === undefined)
      return openDict(machine, values) ?? unknown("a key of the dict is not known");
    entries.set(name, { key: key!, value });
  }
  return { kind: "dict", entries };
}

/** A dict of which it is known what its values are like: numbers, or texts. */
function openDict(machine: Machine, values: readonly Value[]): Value | undefined {
  const [first] = values;
  const isPlain =
    first && ["int", "float", "str"].includes(first.kind) && values.every(({ kind }) => kind === first.kind);
  if (!isPlain) return undefined;
  const entries = machine.newTable<DictEntry>();
  entries.set(others, { key: unknown("a key of the dict is not known"), value: anyLike(first), maybe: true });
  return { kind: "dict", entries };
}

/**
 * How many results there are. `known` where the body has run for each of them, `in any order` where it runs over a set;
 * else it has run once or so, as a branch, and this is their number.
 */
type Count = "known" | "in any order" | Dim;

/** What the first clause runs over, and in which of its rounds it is. */
interface First {
  readonly over: Value;
  round: number;
}

/** Runs the clauses from one on. */
function runClauses(
  machine: Machine,
  node: Comprehension,
  index: number,
  scope: Scope,
  first: First,
  body: () => void,
): Count {
  const clause = node.clauses[index];
  if (!clause) {
    body();
    return "known";
  }
  const iterable = index === 0 ? first.over : machine.evaluate(clause.iterable, scope);
  const { path } = scope.frame;
  return machine.record.within({ kind: "loop", node, over: iterable }, path, () =>
    runRounds(machine, node, index, iterable, scope, first, body),
  );
}

function runRounds(
  machine: Machine,
  node: Comprehension,
  index: number,
  iterable: Value,
  scope: Scope,
  first: First,
  body: () => void,
): Count {
  const clause = node.clauses[index]!;
  const loop = machine.record.region;
  const isHeld = index === 0 && isIterator(iterable);
  const items = isHeld ? itemsAhead(iterable) : elementsInAnyOrder(machine, iterable);
  const known = items !== undefined && items.length <= mostItems;
  const round = (item: Value): Count => {
    machine.assign(clause.target, item, scope);
    const truths = clause.conditions.map((condition) => truthOf(machine.evaluate(condition, scope)));
    if (truths.includes(false)) return "known";
    const inner = (): Count => runClauses(machine, node, index + 1, scope, first, body);
    if (!truths.includes(undefined)) return inner();
    perhaps(machine, scope, inner);
    return unknownSize();
  };
  // A round belongs to the loop, also where it is run as a branch because nobody knows whether there is one.
  const inRound = (item: Value, count: number): Count => {
    if (index === 0) first.round = count;
    return machine.record.at(loop, () =>
      machine.record.within({ kind: "round", index: count, open: !known }, scope.frame.path, () => round(item)),
    );
  };
  if (known) {
    // A round may take from what the others run over.
    const isTaken = isHeld && node.form !== "generator" && !isEndless(iterable);
    const counts = isTaken ? takenOneByOne(iterable, inRound) : items.map(inRound);
    if (!counts) return unknownSize();
    if (!counts.every((count) => typeof count === "string")) return unknownSize();
    const isOrdered = counts.every((count) => count === "known") && !hasNoOrder(iterable);
    return isOrdered ? "known" : "in any order";
  }
  perhaps(machine, scope, () => inRound(items ? anyItem(machine, items)() : eachAnew(machine, iterable), 0));
  const isEachTaken = index === node.clauses.length - 1 && clause.conditions.length === 0;
  return !isEachTaken ? unknownSize() : items ? constant(items.length) : roundsOver(machine, iterable);
}

/** Undefined where it is not known how many there are. */
function takenOneByOne(list: ListValue, inRound: (item: Value, index: number) => Count): Count[] | undefined {
  const counts: Count[] = [];
  for (;;) {
    const isLast = knownItems(list)?.length === 0;
    const [item] = take(list, isLast ? undefined : 1) ?? [undefined];
    if (!item) return isLast ? counts : undefined;
    counts.push(inRound(item, counts.length));
  }
}

/** Longer ones are not run item by item. */
const mostItems = 2000;

/** Runs something that may not happen. */
function perhaps(machine: Machine, scope: Scope, run: () => void): void {
  machine.either(
    scope,
    () => {
      run();
      return ends.normally;
    },
    () => ends.normally,
  );
}

/** The scope of a `:=`: that around the comprehensions that it stands in, which belong to the same call. */
export function aroundComprehensions(scope: Scope): Scope {
  let around = scope;
  while (around.kind === "function" && around.parent?.frame === around.frame) around = around.parent;
  return around;
}
