/** Random calls of every family of operations, with PyTorch's answers. */
import { type OperationCase, type Result, runTorch } from "../support/operations";
import { type Random, seeded } from "../support/random";

export type Families = Readonly<Record<string, (random: Random) => OperationCase>>;

export interface DrawnCase {
  readonly family: string;
  readonly test: OperationCase;
  readonly theirs: Result;
}

/** So many cases of each family, from a seed. */
export function drawCases(python: string, families: Families, seed: number, casesOfEach: number): DrawnCase[] {
  const random = seeded(seed);
  const drawn = Object.entries(families).flatMap(([family, generate]) =>
    Array.from({ length: casesOfEach }, () => ({ family, test: generate(random) })),
  );
  const results = runTorch(
    python,
    drawn.map(({ test }) => test),
  );
  return drawn.map((one, i) => ({ ...one, theirs: results[i]! }));
}
