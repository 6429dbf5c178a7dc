/** Plants bugs in correct programs: every way there is, or some of them drawn from a seed. */
import { type PythonParser } from "../../python/parser";
import { applyEdits } from "../../text/diagnostic";
import { SourceText, type Span } from "../../text/source";
import { type Random } from "../random";
import { lossMutations } from "./lossMutations";
import { loopMutations } from "./loopMutations";
import { type Mutation } from "./mutation";
import { type Planting } from "./program";
import { setupMutations } from "./setupMutations";

export const mutations: readonly Mutation[] = [...loopMutations, ...lossMutations, ...setupMutations];

/** One bug in a program. */
export interface Bug {
  readonly mutation: Mutation;
  readonly planting: Planting;
}

/** Every bug that fits into a program, in every place. */
export function bugsFor(parser: PythonParser, source: SourceText): Bug[] {
  const program = { source, module: parser.parse(source) };
  return mutations.flatMap((mutation) =>
    mutation
      .plant(program)
      .filter(({ edits }) => edits.length > 0)
      .map((planting) => ({ mutation, planting })),
  );
}

/** The program with bugs in it. */
export function plant(source: SourceText, bugs: readonly Bug[]): SourceText {
  return new SourceText(
    source.path,
    applyEdits(
      source.text,
      bugs.flatMap(({ planting }) => planting.edits),
    ),
  );
}

/** Some bugs of different kinds that do not get in each other's way; fewer where not so many fit. */
export function drawBugs(bugs: readonly Bug[], count: number, random: Random): Bug[] {
  const drawn: Bug[] = [];
  let left = [...bugs];
  while (drawn.length < count && left.length > 0) {
    const next = left[Math.floor(random() * left.length)]!;
    drawn.push(next);
    left = left.filter((bug) => !sharesRule(bug, next) && !overlaps(bug.planting, next.planting));
  }
  return drawn;
}

/** Two bugs that one rule finds could not be told apart. */
function sharesRule(one: Bug, other: Bug): boolean {
  return one.mutation.rules.some((rule) => other.mutation.rules.includes(rule));
}

function overlaps(one: Planting, other: Planting): boolean {
  const spans = (planting: Planting): Span[] => [planting.span, ...planting.edits.map(({ span }) => span)];
  return spans(one).some((a) => spans(other).some((b) => a.start <= b.end && b.start <= a.end));
}
