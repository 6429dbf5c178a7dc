/** Which name somebody may have meant who wrote another one. */

/** The closest of some names that differs in a letter or two; undefined where there is none. */
export function similar(name: string, others: readonly string[]): string | undefined {
  // Of names of one or two letters each is like any other.
  const most = name.length < 3 ? 0 : name.length < 4 ? 1 : 2;
  let best: string | undefined;
  let least = most + 1;
  for (const other of others) {
    const distance = Math.abs(other.length - name.length) > most ? least : distanceBetween(name, other);
    if (distance > 0 && distance < least) [best, least] = [other, distance];
  }
  return best;
}

/** How many letters have to be put in, left out or changed, or swapped with the next one (Damerau, Levenshtein). */
function distanceBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, rows[i - 2]![j - 2]! + 1);
      row.push(cost);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
