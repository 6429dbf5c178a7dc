/** Numbers of variants. */

const most = 999_999;

/** A variant's number that can be read out to a neighbour: at most six digits. */
export function randomSeed(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return 1 + (word % most);
}
