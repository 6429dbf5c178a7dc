/** Judges what a student has made of a hunt: by facts about the program, whatever its text. */
import { findRule } from "../../rules/registry";
import { type SourceText } from "../../text/source";
import { type Facts, type ShapeJson, essentials } from "./facts";
import { type Hunt, type HuntBug, type Hunts, fewerDeeds, moreThan } from "./hunt";

/** `lost`: nothing finds it any more because the code that it spoiled is gone. */
export type BugState = "mended" | "found" | "lost";

export interface BugVerdict {
  readonly bug: HuntBug;
  readonly state: BugState;
}

export interface Judgement {
  /** In the order of their places in the program. */
  readonly bugs: readonly BugVerdict[];
  /** What was right before, one sentence each. */
  readonly broken: readonly string[];
  /** Every bug is mended and nothing is broken. */
  readonly solved: boolean;
  /** 0 to 1: mended bugs of all, less one share for each thing broken, less what hints cost. */
  readonly fraction: number;
}

/** A text that is no Python is not judged: its first fault, the line from 0. */
export interface NotPython {
  readonly line: number;
  readonly problem: string;
}

/** What a hint takes off the whole. */
export const costOfHint = 0.1;

/** What a text is judged against. */
export interface Judged extends Pick<Hunt, "bugs" | "planted" | "correct"> {
  /** Models whose number of parameters is the student's choice. */
  readonly free?: readonly string[];
}

export function judge(
  hunts: Pick<Hunts, "factsOf">,
  hunt: Judged,
  text: SourceText,
  hints: number,
): Judgement | NotPython {
  const [facts, correct, planted] = [text, hunt.correct, hunt.planted].map(hunts.factsOf) as [Facts, Facts, Facts];
  const fault = facts.diagnostics.find(({ rule }) => rule === "syntax-error");
  if (fault) return { line: facts.source.positionAt(fault.span.start).line, problem: fault.message };
  const more = moreThan(correct, facts);
  const isFound = (bug: HuntBug): boolean => bug.rules.some((rule) => more.has(rule));
  const found = hunt.bugs.filter(isFound);
  const gone = lostBy(facts, correct, found);
  const bugs = hunt.bugs.map((bug): BugVerdict => {
    if (found.includes(bug)) return { bug, state: "found" };
    return { bug, state: gone.essential || isInside(bug, hunt, correct, gone.definitions) ? "lost" : "mended" };
  });
  const broken = [
    ...gone.words,
    ...introduced(more, facts, bugs),
    ...changedReturns(facts, correct, planted),
    ...changedModels(facts, correct, planted, hunt.free),
  ];
  const mended = bugs.filter(({ state }) => state === "mended").length;
  const fraction = (mended - broken.length) / Math.max(1, bugs.length) - hints * costOfHint;
  return {
    bugs,
    broken,
    solved: mended === bugs.length && broken.length === 0,
    fraction: Math.max(0, Math.min(1, Math.round(fraction * 1000) / 1000)),
  };
}

interface Lost {
  readonly words: readonly string[];
  /** The program does not train any more, or does not even run. */
  readonly essential: boolean;
  readonly definitions: readonly string[];
}

/** What bugs have undone that are still there is not lost by the student. */
function lostBy(facts: Facts, correct: Facts, found: readonly HuntBug[]): Lost {
  const excused = found.flatMap(({ harm }) => harm.undone);
  const deeds = fewerDeeds(correct, facts).filter((words) => !excused.includes(words));
  const definitions = [...correct.definitions]
    .filter(([name, { returns }]) => {
      const now = facts.definitions.get(name);
      return !now || (returns && !now.returns);
    })
    .map(([name]) => name);
  const unbound = [...facts.unbound].filter((name) => correct.bound.has(name));
  return {
    words: [
      ...definitions.map((name) =>
        facts.definitions.has(name) ? `${name} returns nothing any more.` : `${name} is gone.`,
      ),
      ...unbound.map((name) => `${name} is used but never defined.`),
      ...deeds.map((words) =>
        facts.deeds.has(words) ? `Not as often as before: ${words}.` : `No longer in the program: ${words}.`,
      ),
    ],
    essential: unbound.length > 0 || deeds.some((words) => essentials.includes(words)),
    definitions,
  };
}

function isInside({ line }: HuntBug, { correct }: Judged, facts: Facts, definitions: readonly string[]): boolean {
  const start = correct.offsetAt({ line, column: 0 });
  const end = start + correct.lineAt(line).length;
  return definitions.some((name) => {
    const span = facts.definitions.get(name)?.span;
    return span !== undefined && span.start <= end && start <= span.end;
  });
}

/** Findings of the recommended rules that neither the correct program has nor a bug that is still there. */
function introduced(more: ReadonlyMap<string, number>, facts: Facts, bugs: readonly BugVerdict[]): string[] {
  const open = bugs.filter(({ state }) => state !== "mended");
  return [...more].flatMap(([rule, count]) => {
    const excused = open.reduce((sum, { bug }) => sum + (bug.harm.aroused.get(rule) ?? 0), 0);
    const found = facts.diagnostics.filter((diagnostic) => diagnostic.rule === rule);
    const matters = found.some(({ severity }) => severity !== "information");
    const known = findRule(rule);
    if (count <= excused || !matters || known?.preset !== "recommended" || known.category === "house") return [];
    const last = found.at(-1)!;
    return [`New in line ${facts.source.positionAt(last.span.start).line + 1}: ${last.message}`];
  });
}

/** A bug may have changed what a function returns, and its mending may leave exactly that as it is. */
function changedReturns(facts: Facts, correct: Facts, planted: Facts): string[] {
  return [...facts.returns].flatMap(([scope, shapes]) => {
    const right = correct.returns.get(scope) ?? [];
    const left = (planted.returns.get(scope) ?? []).map(printed);
    const isOther = (shape: ShapeJson): boolean =>
      right.every((one) => areDifferent(one, shape)) && !left.includes(printed(shape));
    const other = right.length > 0 ? shapes.find(isOther) : undefined;
    return other ? [`${scope} returns ${printed(other)} instead of ${printed(right[0]!)}.`] : [];
  });
}

/** Whether two shapes cannot be the same: a size that is not known may be any. */
function areDifferent(one: ShapeJson, other: ShapeJson): boolean {
  if ([...one, ...other].some((size) => typeof size === "string" && size.includes("."))) return false;
  if (one.length !== other.length) return true;
  return one.some((size, axis) => typeof size === "number" && typeof other[axis] === "number" && size !== other[axis]);
}

const printed = (shape: ShapeJson): string => `(${shape.map((size) => size ?? "?").join(", ")})`;

function changedModels(facts: Facts, correct: Facts, planted: Facts, free: readonly string[] = []): string[] {
  return [...facts.parameters].flatMap(([model, counts]) => {
    if (free.includes(model)) return [];
    const right = [correct, planted].flatMap(({ parameters }) => parameters.get(model) ?? []);
    const other = right.length > 0 ? counts.find((count) => !right.includes(count)) : undefined;
    return other === undefined ? [] : [`${model} has ${other} parameters instead of ${right[0]!}.`];
  });
}

/** Whether a text could be judged. */
export function isJudged(result: Judgement | NotPython): result is Judgement {
  return "bugs" in result;
}
