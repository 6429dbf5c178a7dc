/** Points as exams write them: `(3 points)`, `[3]`, `3p`, `/3`, `(2+1 pts)`, `Points: 4`. */

/** A notation found in a line: what it is worth, and the stretch that says so. */
export interface FoundPoints {
  readonly points: number;
  readonly start: number;
  readonly end: number;
  /** More is said than the number, as in `(20 pts, 4 each)`: the notation has to stay in the text. */
  readonly more: boolean;
}

/** No notation is longer, whatever a line holds. */
const longest = 120;
const number = String.raw`(?:\d{1,3}(?:[.,]\d{1,2})?|½)`;
const sum = String.raw`${number}(?:\s*\+\s*${number})*`;
const unit = String.raw`(?:points?|pts?|p|marks?|credits?|Punkte?|Pkte?|puntos?|punti|punten|pontos?)\.?(?![\p{L}\d])`;
const word = String.raw`(?:points?|marks?|Punkte?|puntos?|punti|worth|score|barème)`;

/** What may stand between brackets. */
const inBrackets = [
  String.raw`(${sum})\s*-?\s*${unit}(?:\s*(?:in total|total))?`,
  String.raw`(?:total|${word})\s*[:=]?\s*(${sum})\s*(?:${unit})?`,
  String.raw`[_.…\s]*/\s*(${sum})\s*(?:${unit})?`,
];
/** What may stand without brackets at an end of a line. A bare number is none of them. */
const bare = [
  String.raw`(${sum})\s?-?${unit}`,
  String.raw`${word}\s*[:=]\s*(${sum})(?:\s*${unit})?`,
  String.raw`(?:_{2,}|\.{2,}|…)\s*/\s*(${sum})(?:\s*${unit})?`,
];
const notations = [
  ...inBrackets.flatMap((form) => [String.raw`\(\s*${form}\s*\)`, String.raw`\[\s*${form}\s*\]`]),
  String.raw`\[\s*(${sum})\s*\]`,
  ...bare,
];

const withMore = new RegExp(String.raw`^[([]\s*(${sum})\s*${unit}\s*[,;:–-][^()[\]]{1,40}[)\]]`, "iu");
const atStart = notations.map((form) => new RegExp(`^${form}`, "iu"));
const slashAtEnd = String.raw`/\s?(${sum})`;
const atEnd = [...notations, slashAtEnd].map(
  (form) => new RegExp(String.raw`(?<=^|[\s–—:.,;?!)\]-])${form}\s*[.:]?\s*$`, "iu"),
);

/** Points that a line begins with. Emphasis and dollars around them must be gone, as `plainOf` does. */
export function pointsAtStart(plain: string): FoundPoints | undefined {
  const text = plain.slice(0, longest);
  const more = firstOf([withMore], text);
  return more ? { ...more, more: true } : firstOf(atStart, text);
}

/** Points that a line ends with. */
export function pointsAtEnd(plain: string): FoundPoints | undefined {
  const cut = Math.max(0, plain.length - longest);
  const found = firstOf(atEnd, plain.slice(cut));
  return found && { ...found, start: found.start + cut, end: found.end + cut };
}

function firstOf(forms: readonly RegExp[], text: string): FoundPoints | undefined {
  for (const form of forms) {
    const match = form.exec(text);
    if (!match) continue;
    const points = pointsOf(match.slice(1).find(Boolean) ?? "");
    if (points !== undefined) return { points, start: match.index, end: match.index + match[0].length, more: false };
  }
  return undefined;
}

/** `2+1` is 3; `2,5` is two and a half. */
function pointsOf(text: string): number | undefined {
  const terms = text.split("+").map((term) => (term.trim() === "½" ? 0.5 : Number(term.trim().replace(",", "."))));
  const points = terms.reduce((total, term) => total + term, 0);
  return Number.isFinite(points) ? points : undefined;
}
