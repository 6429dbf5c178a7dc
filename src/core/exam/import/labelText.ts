/** The labels of exercises and questions: `Exercise 2:`, `1.`, `(a)`, `b)`, `iii)`, `2.4`, `1a`. */

export interface Label {
  /** How it is written: labels that count together have the same style. */
  readonly style: string;
  readonly rank: "part" | "exercise" | "question" | "item";
  /** Its place in the count, from 1. */
  readonly value: number;
  /** For `2.4` and `2d` the 2: the exercise that it belongs to. */
  readonly group?: number;
  /** As an address: `2`, `d`, `iii`. */
  readonly text: string;
  /** Where it ends in the line. */
  readonly end: number;
  /** `1` and `1a` without a mark behind: only a label where the line shows it otherwise. */
  readonly weak: boolean;
}

const keywords: readonly (readonly [rank: Label["rank"], words: string])[] = [
  ["part", "part|partie|teil|section|parte"],
  ["exercise", "exercise|exercice|problem|problème|aufgabe|übung|task|ejercicio|esercizio|opgave|ex"],
  ["question", "question|frage|pregunta|domanda|vraag|q"],
];
const keyword = new RegExp(
  String.raw`^(?:${keywords.map(([, words]) => `(${words})`).join("|")})[.\s]*(?:n[°o]\.?\s*)?(\d{1,2}|[IVX]{1,5}|[A-H])(?![\p{L}\d])\s*[.:)–—-]*`,
  "iu",
);

/** Every way to read a line's beginning as a label, the likeliest first. */
export function labelsAt(text: string): readonly Label[] {
  const word = keyword.exec(text);
  if (word) {
    const place = word.slice(1, 4).findIndex(Boolean);
    const [rank] = keywords[place]!;
    return countOf(word[4]!).map(({ value }) => ({
      style: `${rank} keyword`,
      rank,
      value,
      text: word[4]!.toLowerCase(),
      end: word[0].length,
      weak: false,
    }));
  }
  return [...combined(text), ...simple(text)];
}

/** `2.4`, `2.d`, `2d)`, `2(d)`. */
function combined(text: string): readonly Label[] {
  const match = /^(\d{1,2})(?:[.-](\d{1,2})|[.-]?\(?([a-h])\)?)(?![\p{L}\d])([.:)]?)(?=\s|$|[.:)*_])/u.exec(text);
  if (!match) return [];
  const [all, group = "", digits, letter, mark] = match;
  const sentence = digits !== undefined && /^\s+[\p{Lu}*_$([]/u.test(text.slice(all.length));
  const value = digits === undefined ? letter!.charCodeAt(0) - 96 : Number(digits);
  const style = digits === undefined ? "1a" : "1.1";
  return [
    {
      style,
      rank: "item",
      value,
      group: Number(group),
      text: digits ?? letter!,
      end: all.length,
      weak: mark === "" && !sentence && !all.includes("(") && !all.includes(")"),
    },
  ];
}

/** `1.`, `(1)`, `a)`, `(iv)`, `B.`; a bare number only as a weak one. */
function simple(text: string): readonly Label[] {
  const match = /^(\(?)(\d{1,2}|[a-z]|[A-H]|[ivx]{1,5}|[IVX]{1,5})([.:)]{0,2})(?=\s|$|[*_$([])/.exec(text);
  if (!match) return [];
  const [all, open = "", count = "", mark = ""] = match;
  if (open !== "" && !mark.includes(")")) return [];
  if (mark === "" && !/^\d/.test(count)) return [];
  return countOf(count).map(({ value, kind }) => ({
    style: `${open}${kind}${mark}`,
    rank: "item",
    value,
    text: count.toLowerCase(),
    end: all.length,
    weak: mark === "",
  }));
}

interface Count {
  readonly kind: "1" | "a" | "A" | "i" | "I";
  readonly value: number;
}

/** A letter may be a Roman number as well. */
function countOf(text: string): readonly Count[] {
  if (/^\d+$/.test(text)) return [{ kind: "1", value: Number(text) }];
  const lower = text === text.toLowerCase();
  const letter: Count[] =
    text.length === 1
      ? [{ kind: lower ? "a" : "A", value: text.toLowerCase().charCodeAt(0) - "a".charCodeAt(0) + 1 }]
      : [];
  const roman = romanValue(text.toLowerCase());
  return roman === undefined ? letter : [...letter, { kind: lower ? "i" : "I", value: roman }];
}

const romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

function romanValue(text: string): number | undefined {
  const place = romans.indexOf(text);
  return place < 0 ? undefined : place + 1;
}
