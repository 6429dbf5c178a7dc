/** Which runs of tokens name something: the bank's symbols, the functions, the constants, and the words of the grammar. */
import { constants, functions, vectorFunctions } from "./expression";
import { greek, type SymbolDeclaration } from "./symbols";
import { tokenize, type Token } from "./tokens";

export type Meaning =
  /** `of`: the symbols that it may be written as a function of. */
  | { readonly kind: "symbol"; readonly name: string; readonly of?: readonly string[] }
  | { readonly kind: "family"; readonly name: string; readonly first: number; readonly last: number }
  | { readonly kind: "function" | "vector" | "constant" | "word"; readonly name: string };

interface Entry {
  /** Without braces: `a^{(2)}` and `a^(2)` are one form. */
  readonly form: readonly Token[];
  readonly meaning: Meaning;
}

/** Longest forms first; of equal ones a declared symbol comes before a function. */
export type Vocabulary = readonly Entry[];

const grammarWords = ["frac", "sqrt", "sum", "log"];

const known = new WeakMap<readonly SymbolDeclaration[], Vocabulary>();
let ownEntries: Vocabulary | undefined;

/** The vocabulary over these symbols; made once for a list, which is never changed in place. */
export function vocabularyOf(symbols: readonly SymbolDeclaration[]): Vocabulary {
  const found = known.get(symbols);
  if (found) return found;
  ownEntries ??= builtInEntries();
  const declared = symbols.flatMap((symbol) =>
    writings(symbol).flatMap((writing) => entry(writing, meaningOf(symbol))),
  );
  const made = [...declared, ...ownEntries].sort((a, b) => b.form.length - a.form.length);
  known.set(symbols, made);
  return made;
}

function meaningOf({ name, index, of }: SymbolDeclaration): Meaning {
  return index ? { kind: "family", name, ...index } : { kind: "symbol", name, ...(of ? { of } : {}) };
}

function builtInEntries(): Vocabulary {
  return [
    ...grammarWords.flatMap((name) => entry(name, { kind: "word", name })),
    ...Object.entries(functions).flatMap(([name, { also = [] }]) =>
      [name, ...also]
        .filter((writing) => !grammarWords.includes(writing))
        .flatMap((writing) => entry(writing, { kind: "function", name })),
    ),
    ...Object.keys(vectorFunctions).flatMap((name) => entry(name, { kind: "vector", name })),
    ...Object.keys(constants).flatMap((name) => entry(name, { kind: "constant", name })),
  ];
}

/** Nothing for what cannot be typed. */
function entry(writing: string, meaning: Meaning): readonly Entry[] {
  const read = tokenize(writing);
  const form = "tokens" in read ? read.tokens.filter(({ text }) => text !== "{" && text !== "}") : [];
  return form.length > 0 ? [{ form, meaning }] : [];
}

/** Every way of writing a symbol; `x_1` may also be typed `x1`, and `dL/dz` with a round d or as a fraction. */
export function writings(symbol: SymbolDeclaration): string[] {
  const derivatives = symbol.also.flatMap((writing) => {
    const [, of, by] = /^d(\w+)\/d(\w+)$/.exec(writing) ?? [];
    if (of === undefined || by === undefined) return [];
    return [
      `\\partial ${of}/\\partial ${by}`,
      `\\frac{\\partial ${of}}{\\partial ${by}}`,
      `d${of}/d\\${by}`,
      `\\frac{d${of}}{d\\${by}}`,
    ];
  });
  const plain = [symbol.name, ...symbol.also].filter((writing) => /^\w+$/.test(writing));
  return [
    ...new Set([
      ...[symbol.name, symbol.latex, ...symbol.also, ...derivatives],
      ...plain.map((writing) => writing.replaceAll("_", "")),
      ...plain.flatMap((writing) => (/^[A-Za-z]hat(?:_|$)/.test(writing) ? [writing.replace("hat", "_hat")] : [])),
    ]),
  ];
}

/** The longest entry that the tokens from `from` on spell, and the place behind it. */
export function matchAt(
  vocabulary: Vocabulary,
  tokens: readonly Token[],
  from: number,
): { readonly meaning: Meaning; readonly end: number } | undefined {
  for (const { form, meaning } of vocabulary) {
    const end = matchForm(form, tokens, from);
    if (end !== undefined) return { meaning, end };
  }
  return undefined;
}

/** `σ1`, `λmin`: behind a Greek letter a word goes on without a blank. */
function continuesGreek(form: readonly Token[], place: number, tokens: readonly Token[], at: number): boolean {
  const before = form.slice(0, place).map(({ text }) => text);
  return greek.has(before.join("")) && tokens[at - 1]?.span.end === tokens[at]?.span.start;
}

function matchForm(form: readonly Token[], tokens: readonly Token[], from: number): number | undefined {
  let at = from;
  let open = 0;
  for (const [place, wanted] of form.entries()) {
    while (place > 0 && (tokens[at]?.text === "{" || tokens[at]?.text === "}")) {
      open += tokens[at]!.text === "{" ? 1 : -1;
      if (open < 0) return undefined;
      at++;
    }
    const token = tokens[at];
    if (token?.kind !== wanted.kind || token.text !== wanted.text) return undefined;
    if (place > 0 && wanted.glued && !token.glued && !continuesGreek(form, place, tokens, at)) return undefined;
    at++;
  }
  for (; open > 0; open--) if (tokens[at++]?.text !== "}") return undefined;
  return at;
}
