/** List, set and dict comprehensions: item by item where it is known what they run over. */
import { unknown } from "../ops/value";
import type { Comprehension } from "../python/syntax";
import { type Machine } from "./machine";
import { type Scope, ends } from "./scope";
import { eachOf, iterator, setOf } from "./iterators";
import { elementsOf } from "./sequences";
import { dictKey } from "./texts";
import { truthOf } from "./truth";
import { type DictEntry, type Value, anyLike, others } from "./value";

export function evaluateComprehension(machine: Machine, node: Comprehension, outer: Scope): Value {
  const scope: Scope = {
    kind: "function",
    names: machine.newTable("local"),
    parent: outer,
    frame: outer.frame,
    elsewhere: undefined,
  };
  const results: { key: Value | undefined; value: Value }[] = [];
  const known = runClauses(machine, node, 0, scope, () => {
    const key = node.key && machine.evaluate(node.key, scope);
    results.push({ key, value: machine.evaluate(node.element, scope) });
  });
  const values = results.map(({ value }) => value);
  const items = known ? values : undefined;
  if (node.form === "generator") return iterator(machine, items);
  if (node.form === "set") return setOf(machine, items);
  if (node.form === "list") {
    const list = machine.newList(items);
    const each = items ? undefined : values[0];
    if (each && list.kind === "list") list.contents.set("each", [each]);
    return list;
  }
  const entries = machine.newTable<{ key: Value; value: Value }>();
  for (const { key, value } of results) {
    const name = key && dictKey(key);
    if (!known || name === undefined) return openDict(machine, values) ?? unknown("a key of the dict is not known");
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

/** Runs the clauses from one on; false where it is not known how often the body runs: then it has run as a branch. */
function runClauses(machine: Machine, node: Comprehension, index: number, scope: Scope, body: () => void): boolean {
  const clause = node.clauses[index];
  if (!clause) {
    body();
    return true;
  }
  const iterable = machine.evaluate(clause.iterable, scope);
  const { path } = scope.frame;
  return machine.record.within({ kind: "loop", node, over: iterable }, path, () =>
    runRounds(machine, node, index, iterable, scope, body),
  );
}

function runRounds(
  machine: Machine,
  node: Comprehension,
  index: number,
  iterable: Value,
  scope: Scope,
  body: () => void,
): boolean {
  const clause = node.clauses[index]!;
  const loop = machine.record.region;
  const items = elementsOf(machine, iterable);
  const known = items !== undefined && items.length <= mostItems;
  const round = (item: Value): boolean => {
    machine.assign(clause.target, item, scope);
    const truths = clause.conditions.map((condition) => truthOf(machine.evaluate(condition, scope)));
    if (truths.includes(false)) return true;
    const inner = (): boolean => runClauses(machine, node, index + 1, scope, body);
    return truths.includes(undefined) ? perhaps(machine, scope, inner) : inner();
  };
  // A round belongs to the loop, also where it is run as a branch because nobody knows whether there is one.
  const inRound = (item: Value, count: number): boolean =>
    machine.record.at(loop, () =>
      machine.record.within({ kind: "round", index: count, open: !known }, scope.frame.path, () => round(item)),
    );
  if (!known) return perhaps(machine, scope, () => inRound(eachOf(iterable), 0));
  return items.map(inRound).every((answer) => answer);
}

/** Longer ones are not run item by item. */
const mostItems = 2000;

/** Runs something that may not happen. */
function perhaps(machine: Machine, scope: Scope, run: () => void): false {
  machine.either(
    scope,
    () => {
      run();
      return ends.normally;
    },
    () => ends.normally,
  );
  return false;
}
