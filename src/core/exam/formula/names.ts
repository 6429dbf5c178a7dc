/** What a name in a formula begins: a symbol, a function with its operands, a fraction, a root, a sum. */
import { closers, type Cursor } from "./cursor";
import { childrenOf, functions, vectorFunctions, type Expression } from "./expression";
import { matchAt, type Meaning, type Vocabulary } from "./vocabulary";

type Read = (cursor: Cursor, vocabulary: Vocabulary) => Expression;

/** The arithmetic around names. */
export interface Grammar {
  readonly expression: Read;
  readonly term: Read;
  readonly power: Read;
  readonly primary: Read;
  readonly startsFactor: (cursor: Cursor) => boolean;
}

/** Reads what the letters at the cursor begin. */
export function readName(cursor: Cursor, vocabulary: Vocabulary, grammar: Grammar): Expression {
  return new NameReader(cursor, vocabulary, grammar).name();
}

class NameReader {
  constructor(
    private readonly cursor: Cursor,
    private readonly vocabulary: Vocabulary,
    private readonly grammar: Grammar,
  ) {}

  name(): Expression {
    const { cursor } = this;
    const start = cursor.at;
    const match = matchAt(this.vocabulary, cursor.tokens, start);
    const letter = cursor.token!.text;
    // A summation index hides a symbol or constant of one letter (`e`), nothing longer.
    if (cursor.bound.includes(letter) && (!match || match.end === start + 1) && !cursor.tokens[start + 1]?.glued) {
      cursor.at++;
      return { kind: "symbol", name: letter };
    }
    if (!match) return cursor.unknown(start);
    cursor.at = match.end;
    if (this.continues(match.meaning)) return cursor.unknown(start);
    return this.meant(match.meaning, start);
  }

  /** `x1` or `x_1` where only `x` is declared, or `x'`: another symbol, not a product. */
  private continues({ kind }: Meaning): boolean {
    const next = this.cursor.token;
    if (next?.kind === "number") return next.glued;
    return (kind === "symbol" || kind === "constant") && (next?.text === "_" || next?.text === "'");
  }

  private meant(meaning: Meaning, start: number): Expression {
    switch (meaning.kind) {
      case "symbol":
        if (meaning.of) this.argumentOf(meaning.name, meaning.of);
        return { kind: "symbol", name: meaning.name };
      case "constant":
        return { kind: "symbol", name: meaning.name };
      case "family":
        return { ...meaning, kind: "member", at: this.subscript(start) };
      case "function":
        return this.call(meaning.name, start);
      case "vector":
        return this.vectorCall(meaning.name, start);
      case "word":
        return this.grammarWord(meaning.name, start);
    }
  }

  /** Steps over `(theta_t)` behind a gradient: it says where the gradient is taken, and that is understood. */
  private argumentOf(name: string, of: readonly string[]): void {
    const { cursor, vocabulary } = this;
    const opener = cursor.token?.text;
    if (opener !== "(" && opener !== "[") return;
    const inner = matchAt(vocabulary, cursor.tokens, cursor.at + 1);
    const isArgument = inner?.meaning.kind === "symbol" && of.includes(inner.meaning.name);
    if (!isArgument) return;
    if (cursor.tokens[inner.end]?.text !== closers[opener]) {
      return cursor.fail(`Is this the argument of “${name}” or a factor? Write “${name}” alone, or “*” for a product.`);
    }
    cursor.at = inner.end + 1;
  }

  private grammarWord(name: string, start: number): Expression {
    switch (name) {
      case "frac": {
        const digits = this.twoDigits();
        if (digits) return digits;
        const top = this.argument();
        return { kind: "binary", operator: "/", left: top, right: this.argument() };
      }
      case "sqrt":
        return this.root();
      case "sum":
        return this.cursor.take("_")
          ? this.overIndex("sum", start)
          : this.cursor.fail("A sum names its index: \\sum_{c=0}^{2} …");
      default:
        return this.logarithm();
    }
  }

  private call(name: string, start: number): Expression {
    const { cursor } = this;
    if ((name === "max" || name === "min") && cursor.take("_")) return this.overIndex(name, start);
    const { min, max = Infinity, slope } = functions[name]!;
    const isSlope = cursor.take("'") !== undefined;
    if (isSlope && !slope) return cursor.fail("The derivative of this function is not known here: write it out.");
    const exponent = cursor.take("^") ? this.exponent() : undefined;
    const operands = this.operands(max);
    if (operands.length < min) return cursor.fail(`“${name}” takes ${min} values or more.`);
    const applied: Expression = { kind: "call", name: isSlope ? `${name}'` : name, operands };
    return exponent ? { kind: "binary", operator: "^", left: applied, right: exponent } : applied;
  }

  /** The power in `tanh^2 x`. */
  private exponent(): Expression {
    const exponent = this.cursor.take("-") ? undefined : this.argument();
    if (exponent && exponent.kind !== "negate") return exponent;
    return this.cursor.fail("A negative power here could mean the inverse function: write 1/f(x).");
  }

  /** In brackets, or the product that follows: `ln 2x`, `exp -x`. */
  private operands(most: number): readonly Expression[] {
    const { cursor } = this;
    const closer = cursor.take("(", "[", "{");
    if (!closer) return [cursor.deeper(() => this.bareOperand())];
    return cursor.inside(closers[closer]!, () => {
      const operands = [this.grammar.expression(cursor, this.vocabulary)];
      while (operands.length < most && cursor.take(","))
        operands.push(this.grammar.expression(cursor, this.vocabulary));
      return operands;
    });
  }

  private bareOperand(): Expression {
    const { cursor, grammar, vocabulary } = this;
    if (cursor.take("-")) return { kind: "negate", operand: cursor.deeper(() => this.bareOperand()) };
    let product = grammar.power(cursor, vocabulary);
    while (grammar.startsFactor(cursor) && !this.startsFunction()) {
      product = { kind: "binary", operator: "*", left: product, right: grammar.power(cursor, vocabulary) };
    }
    return product;
  }

  private startsFunction(): boolean {
    const kind = matchAt(this.vocabulary, this.cursor.tokens, this.cursor.at)?.meaning.kind;
    return kind === "function" || kind === "vector" || kind === "word";
  }

  /** `softmax(z)_k`, or `softmax(z_k)` as many write it. */
  private vectorCall(name: string, start: number): Expression {
    const { cursor } = this;
    const opener = cursor.take("(", "[", "{");
    if (!opener) return cursor.fail(`“${name}” wants its vector in brackets.`);
    const inner = matchAt(this.vocabulary, cursor.tokens, cursor.at);
    if (inner?.meaning.kind !== "family") return cursor.fail(`“${name}” wants one of the declared vectors.`);
    cursor.at = inner.end;
    const within = cursor.token?.text === closers[opener] ? undefined : this.subscript(start);
    cursor.expect(closers[opener]!);
    const family: Expression = { ...inner.meaning, kind: "family" };
    if (!vectorFunctions[name]!.member) return { kind: "call", name, operands: [family] };
    return { kind: "call", name, operands: [family, within ?? this.subscript(start)] };
  }

  private root(): Expression {
    const { cursor } = this;
    if (!cursor.take("[")) return { kind: "call", name: "sqrt", operands: [this.argument()] };
    const degree = cursor.inside("]", () => this.grammar.expression(cursor, this.vocabulary));
    const exponent: Expression = { kind: "binary", operator: "/", left: numeral(1), right: degree };
    return { kind: "binary", operator: "^", left: this.argument(), right: exponent };
  }

  private logarithm(): Expression {
    if (!this.cursor.take("_")) return this.call("ln", this.cursor.at);
    const base = this.argument();
    return { kind: "call", name: "logbase", operands: [base, ...this.operands(1)] };
  }

  /**
   * `\sum_{c=0}^{2} …`, or `\sum_c …` over the range of the family inside; `\max_i …` likewise. A sum reaches to the
   * next plus or minus. How far a maximum reaches is not agreed on: it takes a single factor, often in bars or brackets.
   */
  private overIndex(kind: "sum" | "max" | "min", start: number): Expression {
    const { cursor, grammar, vocabulary } = this;
    const opener = cursor.take("{", "(");
    const variable = cursor.token;
    if (variable?.kind !== "letter") return cursor.fail("The index is a letter.");
    cursor.at++;
    const given = cursor.take("=") ? grammar.expression(cursor, vocabulary) : undefined;
    if (opener) cursor.expect(closers[opener]!);
    const end = cursor.take("^") ? this.argument() : undefined;
    if (cursor.bound.length >= 2) return cursor.fail("Sums within sums go two deep here.");
    cursor.bound.push(variable.text);
    const body = (kind === "sum" ? grammar.term : grammar.power)(cursor, vocabulary);
    cursor.bound.pop();
    const goesOn = cursor.token?.text === "*" || cursor.token?.text === "/" || grammar.startsFactor(cursor);
    if (kind !== "sum" && goesOn) return cursor.fail(`Put what “${kind}” is taken of in brackets.`);
    const range = familyRange(body, variable.text);
    const first = given ?? (range && numeral(range.first));
    const last = end ?? (range && numeral(range.last));
    if (first && last) {
      const indexed = { variable: variable.text, first, last, body };
      return kind === "sum" ? { kind, ...indexed } : { kind: "extreme", name: kind, ...indexed };
    }
    cursor.at = start;
    return cursor.fail(`From where to where does this index go? \\${kind}_{c=0}^{2} …`);
  }

  /** `\frac12`: LaTeX takes one digit for the top and one for the bottom. */
  private twoDigits(): Expression | undefined {
    const { cursor } = this;
    const [, top, bottom] = /^(\d)(\d)$/.exec(cursor.token?.text ?? "") ?? [];
    if (top === undefined || bottom === undefined) return undefined;
    cursor.at++;
    return { kind: "binary", operator: "/", left: numeral(Number(top)), right: numeral(Number(bottom)) };
  }

  /** A group, or the single factor that LaTeX takes without braces. */
  private argument(): Expression {
    const { token } = this.cursor;
    if (token?.kind === "number" && /^\d\d/.test(token.text)) return this.cursor.fail("Put braces around this.");
    return this.cursor.deeper(() => this.grammar.primary(this.cursor, this.vocabulary));
  }

  private subscript(start: number): Expression {
    const { cursor } = this;
    if (cursor.take("[")) return cursor.inside("]", () => this.grammar.expression(cursor, this.vocabulary));
    if (cursor.take("_")) return this.argument();
    cursor.at = start;
    return cursor.fail("This is a vector: say which component, for example with _0.");
  }
}

const numeral = (value: number): Expression => ({ kind: "number", value, text: String(value) });

/** The index range of the first family that a sum's body indexes with its variable. */
function familyRange(
  body: Expression,
  variable: string,
): { readonly first: number; readonly last: number } | undefined {
  if (body.kind === "member" && body.at.kind === "symbol" && body.at.name === variable) return body;
  for (const child of childrenOf(body)) {
    const range = familyRange(child, variable);
    if (range) return range;
  }
  return undefined;
}
