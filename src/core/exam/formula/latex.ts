/** A formula's tree to LaTeX: the echo that shows a student how the input was read. */
import { constants, functions, type Expression, type Indexed } from "./expression";
import type { SymbolDeclaration } from "./symbols";

/** Binding strengths; a part that binds less tightly than its place asks for gets brackets. */
const strength = { sum: 1, product: 2, sign: 3, power: 4, atom: 5 };

interface Piece {
  readonly latex: string;
  readonly binds: number;
}

/** The formula in LaTeX, with the symbols as the bank shows them. */
export function latexOf(expression: Expression, symbols: readonly SymbolDeclaration[]): string {
  const shown = new Map(symbols.map((symbol) => [symbol.name, symbol.latex]));
  return pieceOf(expression, shown).latex;
}

type Shown = ReadonlyMap<string, string>;

function pieceOf(expression: Expression, shown: Shown): Piece {
  switch (expression.kind) {
    case "number":
      return atom(numeral(expression.text));
    case "symbol":
      return atom(shown.get(expression.name) ?? constants[expression.name]?.latex ?? expression.name);
    case "family":
      return atom(shown.get(expression.name) ?? expression.name);
    case "member":
      return atom(`${base(shown.get(expression.name) ?? expression.name)}_{${pieceOf(expression.at, shown).latex}}`);
    case "negate":
      return { latex: `-${within(expression.operand, shown, strength.product)}`, binds: strength.sum };
    case "binary":
      return binary(expression, shown);
    case "call":
      return call(expression.name, expression.operands, shown);
    case "sum":
      return overIndex(expression, "\\sum", strength.product, shown);
    case "extreme":
      return overIndex(expression, `\\${expression.name}`, strength.power, shown);
  }
}

const atom = (latex: string): Piece => ({ latex, binds: strength.atom });

/** A base that carries a subscript already is wrapped, for LaTeX refuses a second one. */
const base = (latex: string): string => (latex.includes("_") ? `{${latex}}` : latex);

function within(expression: Expression, shown: Shown, least: number): string {
  const { latex, binds } = pieceOf(expression, shown);
  return binds >= least ? latex : brackets(latex);
}

const brackets = (latex: string): string => `\\left(${latex}\\right)`;

function binary(expression: Extract<Expression, { kind: "binary" }>, shown: Shown): Piece {
  const { operator, left, right } = expression;
  switch (operator) {
    case "+":
      return {
        latex: `${within(left, shown, strength.sum)} + ${afterSign(right, shown, strength.sum)}`,
        binds: strength.sum,
      };
    case "-":
      return {
        latex: `${within(left, shown, strength.sum)} - ${within(right, shown, strength.product)}`,
        binds: strength.sum,
      };
    case "*": {
      const [first, second] = [within(left, shown, strength.product), afterSign(right, shown, strength.product)];
      return { latex: first + (needsDot(first, second) ? " \\cdot " : "\\,") + second, binds: strength.product };
    }
    case "/":
      return atom(`\\frac{${pieceOf(left, shown).latex}}{${pieceOf(right, shown).latex}}`);
    case "^": {
      const piece = pieceOf(left, shown);
      const tight = piece.binds >= strength.atom && !/[\^']|frac|right/.test(piece.latex);
      return {
        latex: `${tight ? piece.latex : brackets(piece.latex)}^{${pieceOf(right, shown).latex}}`,
        binds: strength.power,
      };
    }
  }
}

/** Two signs never meet: `a + (-b)`. */
function afterSign(expression: Expression, shown: Shown, least: number): string {
  return within(expression, shown, expression.kind === "negate" ? strength.atom : least);
}

const needsDot = (first: string, second: string): boolean =>
  /^[\d.]/.test(second) || (/\d$/.test(first) && second.startsWith("\\frac"));

function call(name: string, operands: readonly Expression[], shown: Shown): Piece {
  const texts = operands.map((operand) => pieceOf(operand, shown).latex);
  const [first = "", second] = texts;
  if (name === "sqrt") return atom(`\\sqrt{${first}}`);
  if (name === "abs") return atom(`\\left|${first}\\right|`);
  if (name === "floor") return atom(`\\left\\lfloor ${first}\\right\\rfloor`);
  if (name === "ceil") return atom(`\\left\\lceil ${first}\\right\\rceil`);
  if (name === "logbase") return atom(`\\log_{${first}}${brackets(second ?? "")}`);
  if (name === "exp") return { latex: `e^{${first}}`, binds: strength.power };
  if (operands[0]?.kind === "family") {
    const applied = `\\operatorname{${name}}${brackets(first)}`;
    return atom(second === undefined ? applied : `${applied}_{${second}}`);
  }
  const prime = name.endsWith("'");
  const row = functions[prime ? name.slice(0, -1) : name];
  return atom(`${row?.latex ?? name}${prime ? "'" : ""}${brackets(texts.join(", "))}`);
}

/** `least`: how tightly the body has to bind, so that it is seen where it ends. */
function overIndex(expression: Indexed, sign: string, least: number, shown: Shown): Piece {
  const first = pieceOf(expression.first, shown).latex;
  const last = pieceOf(expression.last, shown).latex;
  const body = within(expression.body, shown, least);
  return { latex: `${sign}_{${expression.variable}=${first}}^{${last}} ${body}`, binds: strength.sum };
}

/** `1e-5` as a power of ten. */
function numeral(text: string): string {
  const match = /^(.*)[eE]([-+]?\d+)$/.exec(text);
  return match ? `${match[1]!} \\cdot 10^{${Number(match[2])}}` : text;
}
