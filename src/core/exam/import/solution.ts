/** A worked solution inside a question's text: what stands below “Solution:” or “Answer:”. */

const opening =
  /^\s*(?:[#>]+\s*)?(?:\*\*|__|\*|_)?(?:(?:sample|model|expected|worked)\s+)?(?:answer|solution|lösung|musterlösung|antwort|réponse|corrigé|solución|respuesta)\s*(?:\*\*|__|\*|_)?\s*[:.]\s*(?:\*\*|__|\*|_)?\s*(.*)$/iu;

/** Splits at the first such line; the word itself becomes the name of the block. */
export function solutionIn(lines: readonly string[]): {
  readonly above: readonly string[];
  readonly solution: readonly string[];
} {
  const at = lines.findIndex((line) => opening.test(line));
  if (at < 0) return { above: lines, solution: [] };
  const below = [opening.exec(lines[at]!)![1]!, ...lines.slice(at + 1)];
  return below.some((line) => line.trim() !== "")
    ? { above: lines.slice(0, at), solution: below }
    : { above: lines, solution: [] };
}
