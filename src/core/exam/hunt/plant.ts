/** Plants bugs in correct programs: every way there is, or some of them drawn from a seed. */
import { type PythonParser } from "../../python/parser";
import { applyEdits } from "../../text/diagnostic";
import { SourceText, type Span } from "../../text/source";
import { lossMutations } from "./lossMutations";
import { loopMutations } from "./loopMutations";
import { type Mutation } from "./mutation";
import { modelMutations } from "./modelMutations";
import { type Planting } from "./program";
import { setupMutations } from "./setupMutations";

export const mutations: readonly Mutation[] = [
  ...loopMutations,
  ...lossMutations,
  ...setupMutations,
  ...modelMutations,
];

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

/** Whether two bugs could be told apart and do not get in each other's way. */
export function areApart(one: Bug, other: Bug): boolean {
  return !sharesRule(one, other) && !overlaps(one.planting, other.planting);
}

/** Two bugs that one rule finds could not be told apart. */
function sharesRule(one: Bug, other: Bug): boolean {
  return one.mutation.rules.some((rule) => other.mutation.rules.includes(rule));
}

function overlaps(one: Planting, other: Planting): boolean {
  const spans = (planting: Planting): Span[] => [planting.span, ...planting.edits.map(({ span }) => span)];
  return spans(one).some((a) => spans(other).some((b) => a.start <= b.end && b.start <= a.end));
}
