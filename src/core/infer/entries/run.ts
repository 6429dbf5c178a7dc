/**
 * A run of a file: its own statements, and then each entry, which is run by itself. After an edit inside a function's body
 * what does not depend on it is not run again: neither the statements, where they do not call the function, nor an entry
 * that has read nothing which the edit changes. What is kept are the very objects of the last run, so that the record of
 * both is the same.
 */
import type { FunctionDef, Module } from "../../python/syntax";
import { type Effects } from "../memory/changes";
import { type Entry, entriesOf } from "./entries";
import { type Interpreter } from "../interpreter";
import { guarded } from "../machine";
import { Part } from "../record/part";
import { type Scope } from "../memory/scope";
import { type Table } from "../memory/table";
import { losesNumbers } from "../tensors/tensorNumbers";

export interface Run {
  readonly scope: Scope;
  /** What the module's own statements have left, and the memory that there was behind them. */
  readonly own: Part;
  readonly steps: number;
  readonly tables: readonly Table<unknown>[];
  readonly done: readonly Done[];
  /** Everything on record. */
  readonly whole: Part;
}

/** An entry that was run. */
interface Done extends Pick<Entry, "node" | "object" | "asked"> {
  readonly made: ReturnType<Entry["run"]>;
  readonly part: Part;
  /** Undefined where no later run goes on from this one. */
  readonly effects: Effects | undefined;
  readonly steps: number;
}

/** Runs everything there is to run in a module. */
export function runModule(machine: Interpreter, module: Module, path: string): Run {
  const scope = machine.moduleScope(path);
  const own = new Part();
  machine.record.into(own, () => {
    machine.runMain(module);
  });
  const { steps } = machine;
  const base = { scope, own, steps, tables: [...machine.trail.tables] };
  return runEntries(machine, base, module, []);
}

/**
 * Goes on from a run of the same module after an edit in the body of `changed`, which is the same node with another body.
 * Undefined where the edit may concern everything.
 */
export function runAgain(
  machine: Interpreter,
  before: Run,
  module: Module,
  changed: FunctionDef | "nothing",
): Run | undefined {
  const { trail, record, imports } = machine;
  const ofFiles = [...record.ofFiles.values()];
  const isSure = machine.isFollowed && trail.isRepeatable && !machine.stopped && imports.areCurrent();
  const isConcerned = ({ read }: Part): boolean => changed !== "nothing" && read.has(changed);
  if (!isSure || [before.own, ...ofFiles].some(isConcerned)) return undefined;
  trail.takeBackStretches(
    before.done.flatMap(({ effects }) => effects ?? []),
    before.tables,
  );
  machine.steps = before.steps;
  const run = runEntries(machine, before, module, before.done, isConcerned);
  // A file that is not asked for any more may have left its traces.
  const isAsked = [...record.ofFiles.keys()].every((path) => run.whole.files.has(path));
  return isAsked ? run : undefined;
}

/** Runs the entries but for those of `before` that would run alike. */
function runEntries(
  machine: Interpreter,
  base: Pick<Run, "scope" | "own" | "steps" | "tables">,
  module: Module,
  before: readonly Done[],
  isConcerned: (part: Part) => boolean = () => true,
): Run {
  const whole = new Part();
  whole.add(base.own);
  whole.ownCalls = whole.calls.length;
  whole.ownFunctions = whole.called.size;
  const done: Done[] = [];
  const rest = [...before];
  const dirty: Changes = [];
  const entries = entriesOf(machine, base.scope, module, whole);
  for (let next = entries.next(); !next.done; next = entries.next(done.at(-1)?.made)) {
    const entry = next.value;
    const at = rest.findIndex(({ node, object }) => node === entry.node && object === entry.object);
    const known = at < 0 ? undefined : rest[at];
    // Those in between are entries no more.
    if (known) for (const { effects } of rest.splice(0, at + 1).slice(0, -1)) dirty.push(...changesOf(effects));
    const isAsked = known?.asked === entry.asked;
    const isAlike =
      known && isAsked && !isConcerned(known.part) && !dirty.some((place) => known.effects?.reads.has(place));
    const now = isAlike ? repeated(machine, known) : runEntry(machine, entry);
    if (!isAlike) dirty.push(...changesOf(known?.effects), ...changesOf(now.effects));
    whole.add(now.part);
    done.push(now);
  }
  for (const path of [...machine.record.ofFiles.keys()].sort()) whole.add(machine.record.ofFiles.get(path)!);
  return { ...base, done, whole };
}

type Changes = Effects["changes"][number][];

function changesOf(effects: Effects | undefined): Effects["changes"] {
  return effects?.changes ?? [];
}

function runEntry(machine: Interpreter, { node, object, run, asked }: Entry): Done {
  const part = new Part();
  const before = machine.steps;
  let made: Done["made"];
  const recorded = (): void => {
    machine.record.into(part, () => {
      guarded(() => {
        made = run();
      });
    });
  };
  let forgets = false as boolean;
  const effects = machine.trail.stretch(() => {
    forgets = losesNumbers(recorded);
  }, machine.isFollowed);
  // Numbers that are forgotten do not come back.
  if (forgets) machine.trail.isRepeatable = false;
  return {
    node,
    ...(object && { object }),
    ...(asked !== undefined && { asked }),
    made,
    part,
    effects,
    steps: machine.steps - before,
  };
}

function repeated(machine: Interpreter, known: Done): Done {
  machine.steps += known.steps;
  return { ...known, effects: known.effects && machine.trail.redo(known.effects) };
}
