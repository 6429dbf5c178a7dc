/** Judges programs of questions as bug hunts are judged: by the findings that are gone, and by what was right and still is. */
import { builtinNames } from "../../infer/expressions/builtins";
import type { PythonParser } from "../../python/parser";
import { ruleDocument } from "../../rules/documents";
import { findRule } from "../../rules/registry";
import { SourceText } from "../../text/source";
import type { Facts, ShapeJson } from "./facts";
import { createHunts, fewerDeeds, moreThan, type HuntBug, type Hunts } from "./hunt";
import { isJudged, judge, type Judged } from "./judge";
import type { CallGoal, CodeBench, CodeTask, CodeVerdict, GivenProgram, ShapeGoal } from "../code/task";

/** `hunts` are shared with whoever has them, since they know the bundled programs already. */
export function createCodeBench(parser: PythonParser, hunts: Hunts = createHunts(parser)): CodeBench {
  const withPair = <Result>(program: GivenProgram, use: (pair: Pair) => Result, fail: (problem: string) => Result) => {
    const pair = pairOf(hunts, program);
    return pair ? use(pair) : fail("There is no such program, or its bugs do not fit into it.");
  };
  return {
    given: ({ program }) =>
      withPair<string | { problem: string }>(
        program,
        ({ planted }) => planted.text,
        (problem) => ({ problem }),
      ),
    judge: (task, text) =>
      withPair<CodeVerdict>(
        task.program,
        (pair) => judgeText(hunts, task, pair, text),
        (problem) => ({ state: "unreadable", problem }),
      ),
    faults: (task) =>
      withPair<readonly string[]>(
        task.program,
        (pair) => faultsOf(hunts, task, pair),
        (problem) => [problem],
      ),
  };
}

/** What is given, and what it should have been. */
type Pair = Pick<Judged, "planted" | "correct">;

const path = "program.py";

function pairOf(hunts: Hunts, program: GivenProgram): Pair | undefined {
  if (program.kind === "planted") return hunts.compose(program.program, program.bugs);
  return { planted: new SourceText(path, program.given), correct: new SourceText(path, program.mended) };
}

function judgeText(hunts: Hunts, task: CodeTask, pair: Pair, text: string): CodeVerdict {
  const source = new SourceText(path, text);
  const judged = judgedBy(hunts, task, pair);
  const result = judge(hunts, judged, source, 0);
  if (!isJudged(result)) {
    return { state: "unreadable", problem: `Line ${result.line + 1} is not Python: ${result.problem}` };
  }
  const facts = hunts.factsOf(source);
  const before = deedGoals(task, hunts.factsOf(pair.planted));
  const after = deedGoals(task, facts);
  // What the given program does already is no merit, but it is to stay.
  const isNew = (_goal: Goal, place: number): boolean => before[place]?.isReached === false;
  const lost = after.filter((goal, place) => !isNew(goal, place) && !goal.isReached);
  const goals = [
    ...result.bugs.map(({ bug, state }): Goal => goalOfRule(bug.rules[0] ?? "", state)),
    ...after.filter(isNew),
  ];
  const broken = [...result.broken, ...undefinedNames(facts, pair, hunts), ...lost.map(({ says }) => says)];
  const reached = goals.filter(({ isReached }) => isReached);
  const missed = goals.filter(({ isReached }) => !isReached);
  return {
    state: "judged",
    fraction: Math.max(0, (reached.length - broken.length) / Math.max(1, goals.length)),
    solved: missed.length === 0 && broken.length === 0,
    // Flaws that are left all read the same.
    says: [...new Set([...[...reached, ...missed].map(({ says }) => says), ...broken])],
  };
}

interface Goal {
  readonly isReached: boolean;
  readonly says: string;
}

const deedGoals = ({ shapes, calls }: CodeTask, facts: Facts): Goal[] => [
  ...shapes.map((goal) => goalOfShape(goal, facts)),
  ...calls.map((goal) => goalOfCall(goal, facts)),
];

/** As a hunt: each rule is a bug, and what the given program lacks beside its findings comes from all of them. */
function judgedBy(hunts: Hunts, { rules }: CodeTask, pair: Pair): Judged {
  const [given, mended] = [hunts.factsOf(pair.planted), hunts.factsOf(pair.correct)];
  const aroused = moreThan(mended, given);
  const undone = fewerDeeds(mended, given);
  const bugs = rules.map((rule): HuntBug => {
    const span = given.diagnostics.find((diagnostic) => diagnostic.rule === rule)?.span ?? { start: 0, end: 0 };
    const mutation = { id: rule, rules: [rule], hint: "", plant: () => [] };
    return {
      bug: { mutation, planting: { edits: [], span } },
      rules: [rule],
      harm: { aroused: new Map([[rule, aroused.get(rule) ?? 0]]), undone },
      line: lineInMended(given, mended, span.start),
    };
  });
  const free = [...given.parameters.keys()].filter(
    (model) => String(given.parameters.get(model)) !== String(mended.parameters.get(model)),
  );
  return { ...pair, bugs, free };
}

/** The line of the mended program at which the definition begins that a place of the given one is in; else the first. */
function lineInMended(given: Facts, mended: Facts, place: number): number {
  const around = [...given.definitions].filter(([, { span }]) => span.start <= place && place <= span.end);
  const same = around.map(([name]) => mended.definitions.get(name)).findLast((found) => found !== undefined);
  return same ? mended.source.positionAt(same.span.start).line : 0;
}

function goalOfRule(rule: string, state: "mended" | "found" | "lost"): Goal {
  const title = ruleDocument(rule)?.title ?? rule;
  if (state === "mended") return { isReached: true, says: `Mended: ${title}.` };
  // What is still there is not named: to find it is the task.
  const says = state === "found" ? "Something in it still keeps it from training as it should." : `Gone, not mended: ${title}.`; // prettier-ignore
  return { isReached: false, says };
}

function goalOfShape({ scope, sizes }: ShapeGoal, { returns }: Facts): Goal {
  const wanted = `(${sizes.join(", ")})`;
  const shapes = returns.get(scope) ?? [];
  const isReached = shapes.length > 0 && shapes.every((shape) => fits(shape, sizes));
  if (isReached) return { isReached, says: `\`${scope}\` returns \`${wanted}\`.` };
  const found = shapes.find((shape) => !fits(shape, sizes));
  const now = found ? `, it is \`(${found.map((size) => size ?? "?").join(", ")})\`` : ", it is not known";
  return { isReached, says: `\`${scope}\` should return \`${wanted}\`${now}.` };
}

const fits = (shape: ShapeJson, sizes: ShapeGoal["sizes"]): boolean =>
  shape.length === sizes.length &&
  sizes.every((size, axis) => typeof size === "string" || shape[axis] === size) &&
  !shape.some((size) => typeof size === "string" && size.includes("."));

function goalOfCall({ scope, operations }: CallGoal, { calls, definitions }: Facts): Goal {
  const inside = definitions.get(scope)?.span;
  const isReached = calls.some(
    ({ operation, span }) =>
      operations.includes(operation) && inside && inside.start <= span.start && span.end <= inside.end,
  );
  const name = `\`${operations[0] ?? ""}\``;
  const says = isReached ? `calls ${name} or something like it.` : `does not call ${name} or anything like it.`;
  return { isReached, says: `\`${scope}\` ${says}` };
}

/** Names that Python would not know, beside those that the task itself leaves open. */
function undefinedNames(facts: Facts, pair: Pair, hunts: Hunts): string[] {
  const [given, mended] = [hunts.factsOf(pair.planted), hunts.factsOf(pair.correct)];
  const known = (name: string): boolean =>
    // What the mended program binds has been spoken of already.
    mended.bound.has(name) || builtinNames.has(name) || name.startsWith("__") || given.unbound.has(name);
  return [...facts.unbound].filter((name) => !known(name)).map((name) => `${name} is used but never defined.`);
}

function faultsOf(hunts: Hunts, task: CodeTask, pair: Pair): string[] {
  const [given, mended] = [hunts.factsOf(pair.planted), hunts.factsOf(pair.correct)];
  const more = moreThan(mended, given);
  const unknown = task.rules.filter((rule) => !findRule(rule));
  const absent = task.rules.filter((rule) => !unknown.includes(rule) && !more.has(rule));
  const unnamed = [...more.keys()].filter((rule) => !task.rules.includes(rule) && matters(rule, given));
  const start = judgeText(hunts, task, pair, pair.planted.text);
  const end = judgeText(hunts, task, pair, pair.correct.text);
  return [
    ...unknown.map((rule) => `There is no rule “${rule}”.`),
    ...absent.map((rule) => `The given program has no finding “${rule}” that the mended one lacks.`),
    ...unnamed.map((rule) => `The given program also has the finding “${rule}”: name it in “rules” or mend it.`),
    ...(start.state === "judged" && start.fraction > 0 ? ["The given program earns points as it stands."] : []),
    ...(start.state === "judged" && start.solved ? ["The given program needs no mending."] : []),
    ...(start.state === "unreadable" ? [`The given program: ${start.problem}`] : []),
    ...(end.state === "unreadable" ? [`The mended program: ${end.problem}`] : []),
    ...(end.state === "judged" && !end.solved
      ? [`The mended program is not judged solved: ${end.says.join(" ")}`]
      : []),
  ];
}

/** Whether a rule would be held against a student who did not cause its finding. */
function matters(rule: string, { diagnostics }: Facts): boolean {
  const known = findRule(rule);
  const isLoud = diagnostics.some((found) => found.rule === rule && found.severity !== "information");
  return isLoud && known?.preset === "recommended" && known.category !== "house";
}
