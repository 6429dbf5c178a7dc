/** Hunts for tests: the numbers to draw by, and one that is composed of bugs by name. */
import { assert } from "chai";
import { type Hunt, type Hunts } from "../../../../src/core/exam/hunt/hunt";

export const numbers = Array.from({ length: 200 }, (_, i) => 1 + 37 * i);

export function needed(hunts: Hunts, program: string, ...mutations: string[]): Hunt {
  const hunt = hunts.compose(program, mutations);
  assert.isDefined(hunt, `${mutations.join()} in ${program}`);
  return hunt;
}
