/** What stands around a formula's equals sign: a name for the result, or a symbol that is updated. */
import type { Span } from "../../text/source";
import { closers } from "./cursor";
import { latexOfName } from "./symbols";
import type { Token, Unreadable } from "./tokens";
import { matchAt, type Vocabulary } from "./vocabulary";

/** The formula without its left side. */
export interface Sides {
  readonly right: readonly Token[];
  /** `theta_{t+1} = …`: the name of the result, in LaTeX. */
  readonly name?: string;
  /** `theta -= …`: what is updated, and how. */
  readonly update?: { readonly left: readonly Token[]; readonly operator: "+" | "-" };
}

/** Takes the sides apart. `source` is what the tokens were read from. */
export function sidesOf(tokens: readonly Token[], vocabulary: Vocabulary, source: string): Sides | Unreadable {
  const [first, second] = equalsSigns(tokens);
  if (first === undefined) return { right: tokens };
  if (second !== undefined) {
    return { problem: "There are several “=” here: write the result alone.", span: tokens[second]!.span };
  }
  const right = tokens.slice(first + 1);
  const left = tokens.slice(0, first);
  const before = left.at(-1);
  if (!before) return { right };
  const sign = updateSign(left, tokens[first]!);
  if (sign !== "") {
    const updated = left.slice(0, -1);
    const known = updated.length > 0 && isDeclared(updated, vocabulary);
    // What is not declared cannot be updated: `D*=` names the best D.
    if (sign === "*" && !known && isName(left, vocabulary)) return { right, name: nameLatex(left) };
    if (known && (sign === "+" || sign === "-")) return { right, update: { left: updated, operator: sign } };
    const problem = known
      ? `“${sign}=” is not read here: write the whole result${sign === "*" ? ", or “* =” for the star of a name" : ""}.`
      : `Only a symbol of this question can stand in front of “${sign}=”.`;
    return { problem, span: spanOf(left) };
  }
  if (isName(left, vocabulary)) return { right, name: nameLatex(left) };
  const written = source.slice(spanOf(left).start, spanOf(left).end);
  return {
    problem: `\`${written}\` in front of “=” is not a name for the result: write the result alone.`,
    span: spanOf(left),
  };
}

/** The operator of `theta -= …`: what touches the equals sign, unless it is the star of `theta^*=`. */
function updateSign(left: readonly Token[], equals: Token): string {
  const before = left.at(-1);
  if (before?.span.end !== equals.span.start || !"+-*/".includes(before.text)) return "";
  return left.at(-2)?.text === "^" ? "" : before.text;
}

/** The places of those outside all brackets. */
function equalsSigns(tokens: readonly Token[]): readonly number[] {
  const closing = Object.values(closers);
  const places: number[] = [];
  let depth = 0;
  for (const [place, { text }] of tokens.entries()) {
    if (text in closers) depth++;
    else if (closing.includes(text)) depth--;
    else if (text === "=" && depth === 0) places.push(place);
  }
  return places;
}

function spanOf(tokens: readonly Token[]): Span {
  return { start: tokens[0]!.span.start, end: tokens.at(-1)!.span.end };
}

/** Whether the tokens spell one symbol of the bank, or one member of a family. */
function isDeclared(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const match = matchAt(vocabulary, tokens, 0);
  if (match?.meaning.kind === "symbol") return match.end === tokens.length;
  return match?.meaning.kind === "family" && names.test(spelled(tokens));
}

const word = "[A-Za-z][A-Za-z0-9]*";
const letter = `(?:(?:hat|bar|tilde) )?(?:\\{ ${word} \\}|${word})`;
const script = "(?: [_^] (?:\\{[^{}]*\\}|\\([^()]*\\)|\\[[^[\\]]*\\]|[A-Za-z0-9]+|[*⋆])| '| [*⋆])";
/** `(x)` or `(q(z|x) || p(z))` behind a name: what it is a function of. Nothing to calculate stands in it. */
const inner = "[^()+*/=-]";
const inBrackets = "[^()[\\]+*/=-]";
const argument = `(?: \\((?:${inner}|\\(${inner}*\\))*\\)| \\[(?:${inBrackets}|\\(${inBrackets}*\\))*\\])`;
const name = `(?:nabla${script}* |Delta )?${letter}${script}*${argument}?`;
const differential = `(?:partial |d ?)${name}`;
const names = new RegExp(`^${name}$`);
const derivatives = new RegExp(
  `^(?:${differential} / ${differential}|frac \\{ ${differential} \\} \\{ ${differential} \\})$`,
);

/**
 * A name of any kind: `theta_{t+1}`, `x'`, `eta^*`, `f(x)`, `dL/dz`, `n_1/n_2`; a minus only in front of what the bank
 * does not declare: `-D_{KL}`.
 */
function isName(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  if (tokens[0]?.text === "-") {
    return tokens.length > 1 && !matchAt(vocabulary, tokens, 1) && names.test(spelled(tokens.slice(1)));
  }
  if (isDeclared(tokens, vocabulary)) return true;
  const text = spelled(tokens);
  if (derivatives.test(text)) return true;
  if (isRatio(tokens, vocabulary)) return true;
  if (isProduct(tokens, vocabulary)) return false;
  const match = matchAt(vocabulary, tokens, 0);
  const isWord = match?.meaning.kind === "word" || match?.meaning.kind === "vector";
  return names.test(text) && !(isWord && !tokens[match.end]?.glued);
}

/** `w*(x)` of a symbol of the bank; `D*(x)` of something else is a name, and so is `w^*(x)`. */
function isProduct(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const star = tokens.findIndex(({ text }, place) => text === "*" && tokens[place - 1]?.text !== "^");
  return star > 0 && tokens[star + 1]?.text === "(" && isDeclared(tokens.slice(0, star), vocabulary);
}

/**
 * `Var(y)/Var(x)`, `\frac{n_1}{n_2}`, `|e_2|/|e_1|` of names that the bank does not declare. With a symbol of the bank it
 * may be an equation that is not solved yet.
 */
function isRatio(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const parts = partsOfRatio(tokens);
  return parts?.every((part) => isForeignName(part, vocabulary)) === true;
}

function partsOfRatio(tokens: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const slash = tokens.findIndex(({ text }) => text === "/");
  if (slash > 0) return [tokens.slice(0, slash), tokens.slice(slash + 1)];
  if (!spelled(tokens.slice(0, 5)).startsWith("frac {")) return undefined;
  const close = closingBrace(tokens, 4);
  const end = tokens[close + 1]?.text === "{" ? closingBrace(tokens, close + 1) : -1;
  return end === tokens.length - 1 ? [tokens.slice(5, close), tokens.slice(close + 2, end)] : undefined;
}

/** Where the brace that opens at this place is closed. */
function closingBrace(tokens: readonly Token[], from: number): number {
  let depth = 0;
  return tokens.findIndex(({ text }, place) => {
    if (place < from) return false;
    depth += text === "{" ? 1 : text === "}" ? -1 : 0;
    return depth === 0;
  });
}

/** A name, perhaps between bars, with nothing in it to calculate: neither `exp(x)` nor `e`, nor `ab` of two symbols. */
function isForeignName(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  const bars = tokens.findIndex(({ text }) => text !== "|");
  if (bars < 0) return false;
  const end = tokens.length - bars;
  const bare = tokens.slice(bars, end);
  const isBarred = tokens.slice(end).every(({ text }) => text === "|");
  if (!isBarred || !names.test(spelled(bare)) || isDeclared(bare, vocabulary)) return false;
  const wordEnd = bare.findIndex(({ glued }, place) => place > 0 && !glued);
  const word = wordEnd < 0 ? bare : bare.slice(0, wordEnd);
  return bare[word.length]?.text === "_" || !isComputable(word, vocabulary);
}

/** Whether a word can be read as something known, or as a product of such. */
function isComputable(word: readonly Token[], vocabulary: Vocabulary): boolean {
  let at = 0;
  while (at < word.length) {
    const match = matchAt(vocabulary, word, at);
    if (!match) return false;
    at = match.end;
  }
  return true;
}

/** The tokens with a space in front of each that does not continue a word. */
function spelled(tokens: readonly Token[]): string {
  return tokens.map(({ text, glued }, place) => (place > 0 && !glued ? " " : "") + text).join("");
}

/** A left side for display. Brackets that group a subscript or a power become braces. */
function nameLatex(tokens: readonly Token[]): string {
  const pieces = spelled(tokens).split(" ");
  const isDerivative = pieces.includes("/") || pieces[0] === "frac";
  const ends: string[] = [];
  return pieces
    .map((piece, place) => {
      const isScript = pieces[place - 1] === "_" || pieces[place - 1] === "^";
      if (piece === "(" || piece === "{") {
        ends.push(piece === "(" ? (isScript ? ")}" : ")") : "}");
        return piece === "(" && isScript ? "{(" : piece;
      }
      if (piece === ")" || piece === "}") return ends.pop() ?? "";
      if (piece === "*" || piece === "⋆") return starLatex(pieces, place);
      const shown = isDerivative && /^d\w/.test(piece) ? `d${pieceLatex(piece.slice(1))}` : pieceLatex(piece);
      // LaTeX refuses a second subscript: what carries one already is wrapped.
      return isScript || (shown.includes("_") && pieces[place + 1] === "_") ? `{${shown}}` : shown;
    })
    .join("");
}

/** A star stands raised, whether `^` says so or not. */
function starLatex(pieces: readonly string[], place: number): string {
  const star = pieces[place] === "*" ? "*" : "\\star";
  const before = pieces[place - 1];
  if (before === "{") return star;
  if (before === "^" || before === "_") return `{${star}}`;
  // LaTeX refuses a second power: behind one an empty base carries the star.
  return pieces.slice(0, place).includes("^") ? `{}^{${star}}` : `^{${star}}`;
}

const commands = new Set(["frac", "partial", "hat", "bar", "tilde"]);

function pieceLatex(piece: string): string {
  if (commands.has(piece)) return `\\${piece} `;
  if (!/^[A-Za-z]/.test(piece)) return piece;
  const shown = latexOfName(piece);
  return shown.startsWith("\\") ? `${shown} ` : shown;
}
