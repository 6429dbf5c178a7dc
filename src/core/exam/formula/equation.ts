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
  const sign = before.span.end === tokens[first]!.span.start && "+-*/".includes(before.text) ? before.text : "";
  if (sign !== "") {
    const updated = left.slice(0, -1);
    const known = updated.length > 0 && isDeclared(updated, vocabulary);
    if (known && (sign === "+" || sign === "-")) return { right, update: { left: updated, operator: sign } };
    const problem = known
      ? `“${sign}=” is not read here: write the whole result.`
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
const script = "(?: [_^] (?:\\{[^{}]*\\}|\\([^()]*\\)|\\[[^[\\]]*\\]|[A-Za-z0-9]+)| ')";
/** `(x)` or `(q(z|x) || p(z))` behind a name: what it is a function of. Nothing to calculate stands in it. */
const inner = "[^()+*/=-]";
const argument = `(?: \\((?:${inner}|\\(${inner}*\\))*\\))`;
const name = `(?:nabla${script}* )?${letter}${script}*${argument}?`;
const differential = `(?:partial |d ?)${name}`;
const names = new RegExp(`^${name}$`);
const derivatives = new RegExp(
  `^(?:${differential} / ${differential}|frac \\{ ${differential} \\} \\{ ${differential} \\})$`,
);

/** A name of any kind: `theta_{t+1}`, `x'`, `f(x)`, `dL/dz`; a minus only in front of what the bank does not declare: `-D_{KL}`. */
function isName(tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  if (tokens[0]?.text === "-") {
    return tokens.length > 1 && !matchAt(vocabulary, tokens, 1) && names.test(spelled(tokens.slice(1)));
  }
  if (isDeclared(tokens, vocabulary)) return true;
  const text = spelled(tokens);
  if (derivatives.test(text)) return true;
  const match = matchAt(vocabulary, tokens, 0);
  const isWord = match?.meaning.kind === "word" || match?.meaning.kind === "vector";
  return names.test(text) && !(isWord && !tokens[match.end]?.glued);
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
      const shown = isDerivative && /^d\w/.test(piece) ? `d${pieceLatex(piece.slice(1))}` : pieceLatex(piece);
      // LaTeX refuses a second subscript: what carries one already is wrapped.
      return isScript || (shown.includes("_") && pieces[place + 1] === "_") ? `{${shown}}` : shown;
    })
    .join("");
}

const commands = new Set(["frac", "partial", "hat", "bar", "tilde"]);

function pieceLatex(piece: string): string {
  if (commands.has(piece)) return `\\${piece} `;
  if (!/^[A-Za-z]/.test(piece)) return piece;
  const shown = latexOfName(piece);
  return shown.startsWith("\\") ? `${shown} ` : shown;
}
