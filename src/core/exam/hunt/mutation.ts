/** What a planted bug is: how it gets into a program, which rules find it, and what a student is told of it. */
import { type Program, type Planting } from "./program";

export interface Mutation {
  /** Names the bug; progress and variants refer to it. */
  readonly id: string;
  /** The rules that find it: any of them is enough. */
  readonly rules: readonly string[];
  /** A hint that names the region, not the line. */
  readonly hint: string;
  /** Every way in which it can be planted in a program; none where it does not fit. */
  readonly plant: (program: Program) => readonly Planting[];
}
