/** Counting tests: what each part of `npm test` hands to the last line. */

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, by name: said once more at the end, as the failure itself may stand thousands of lines above. */
  readonly failures: readonly string[];
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

export const failure = (name: string): Tally => ({ ...nothing, failed: 1, failures: [name] });

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
});

/** "12 passed, 0 failed", and ", 1 skipped" only when something was. */
export function describeTally({ passed, failed, skipped }: Omit<Tally, "failures">): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Says that something is run once more. Only what drives a real window has a second take: there a busy machine can lose
 * a key or answer too late, and a mistake of ours fails both times.
 */
export function announceSecondTake(what: string): void {
  console.log(`\n  ↻ ${what}: a second take\n`);
}

/** How the lines of the integration suite begin, and its last one; an extension host prints many other lines. */
export const marks = { passed: "  ✔ ", failed: "  ✘ ", skipped: "  - ", result: "Integration tests: " } as const;

/** Whether a line comes from the integration suite. */
export const isReport = (line: string): boolean => Object.values(marks).some((mark) => line.startsWith(mark));

/** Reads the last line of the integration suite; undefined for any other line. */
export function readResult(line: string): Tally | undefined {
  const match = line.startsWith(marks.result) ? /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/.exec(line) : null;
  if (!match) return undefined;
  return { ...nothing, passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3] ?? 0) };
}
