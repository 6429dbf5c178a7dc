/** What a name in a formula begins: a symbol, a function with its operands, a fraction, a root, a sum. */
import { closers, type Cursor } from "./cursor";
import { functions, vectorFunctions, type Expression } from "./expression";
import type { Grammar } from "./grammar";
import { readIndexed } from "./indexed";
import type { Token } from "./tokens";
import { matchAt, type Meaning, type Vocabulary } from "./vocabulary";

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
    if (match.meaning.kind === "symbol" && !match.meaning.of) this.refuseArgument(start);
    return this.meant(match.meaning, start);
  }

  /** `x1` or `x_1` where only `x` is declared, or `x'`: another symbol, not a product. */
  private continues(meaning: Meaning): boolean {
    const { kind } = meaning;
    const next = this.cursor.token;
    if (kind === "family" && this.isMember(meaning)) return false;
    if (next?.kind === "number") return next.glued;
    return (kind === "symbol" || kind === "constant") && (next?.text === "_" || next?.text === "'");
  }

  /** `x4` of a family that has this member. */
  private isMember({ first, last }: { readonly first: number; readonly last: number }): boolean {
    const { cursor } = this;
    const next = cursor.token;
    if (next?.kind !== "number" || !cursor.touches(cursor.at)) return false;
    return /^\d+$/.test(next.text) && Number(next.text) >= first && Number(next.text) <= last;
  }

  /** `p(y)` of two symbols: hardly anybody means a product by it. */
  private refuseArgument(start: number): void {
    const { cursor, vocabulary } = this;
    if (cursor.token?.text !== "(" || !cursor.touches(cursor.at)) return;
    const inner = matchAt(vocabulary, cursor.tokens, cursor.at + 1);
    if (inner?.meaning.kind !== "symbol" || cursor.tokens[inner.end]?.text !== ")") return;
    const written = cursor.written(start, inner.end + 1);
    cursor.fail(`Is “${written}” a product? Then write “*”. A function of that name is not known here.`);
  }

  private meant(meaning: Meaning, start: number): Expression {
    switch (meaning.kind) {
      case "symbol":
        if (meaning.of) this.argumentOf(meaning.name, meaning.of);
        return { kind: "symbol", name: meaning.name };
      case "constant":
        return { kind: "symbol", name: meaning.name };
      case "family": {
        if (!this.isMember(meaning)) return { ...meaning, kind: "member", at: this.subscript(start) };
        return { ...meaning, kind: "member", at: numeral(Number(this.cursor.tokens[this.cursor.at++]!.text)) };
      }
      case "function":
        return this.call(meaning.name, start);
      case "vector":
        return this.vectorCall(meaning.name, start);
      case "word":
        return this.grammarWord(meaning.name, start);
    }
  }

  /**
   * Steps over `(theta_t)` or `(x_i, y_i; theta)` behind a gradient: it says where the gradient is taken, and that is
   * understood.
   */
  private argumentOf(name: string, of: readonly string[]): void {
    const { cursor, vocabulary } = this;
    const opener = cursor.token?.text;
    if (opener !== "(" && opener !== "[") return;
    const inner = matchAt(vocabulary, cursor.tokens, cursor.at + 1);
    const isArgument = inner?.meaning.kind === "symbol" && of.includes(inner.meaning.name);
    if (isArgument && cursor.tokens[inner.end]?.text === closers[opener]) {
      cursor.at = inner.end + 1;
      return;
    }
    const close = cursor.tokens.findIndex(({ text }, place) => place > cursor.at && text === closers[opener]);
    const listed = cursor.tokens.slice(cursor.at + 1, close);
    if (close > 0 && listed.some(({ text }) => text === "," || text === ";") && listed.every(isNameOrComma)) {
      cursor.at = close + 1;
      return;
    }
    if (isArgument)
      cursor.fail(`Is this the argument of “${name}” or a factor? Write “${name}” alone, or “*” for a product.`);
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
          ? readIndexed(this.cursor, this.vocabulary, this.grammar, "sum", start)
          : this.cursor.fail("A sum names its index: \\sum_{c=0}^{2} …");
      default:
        return this.logarithm();
    }
  }

  private call(name: string, start: number): Expression {
    const { cursor } = this;
    if ((name === "max" || name === "min") && cursor.take("_"))
      return readIndexed(cursor, this.vocabulary, this.grammar, name, start);
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
    const isRootNext = cursor.token?.kind === "letter" && this.meansRoot(cursor.at);
    if (isRootNext || cursor.token?.text === "/")
      return cursor.fail("How far does the function before this reach? Put its argument in brackets.");
    return product;
  }

  private meansRoot(place: number): boolean {
    return matchAt(this.vocabulary, this.cursor.tokens, place)?.meaning.name === "sqrt";
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
    if (!cursor.take("[")) {
      const behind = cursor.token?.kind === "number" ? cursor.at + 1 : -1;
      const operands = [this.argument()];
      if (cursor.at === behind && cursor.tokens[behind]?.kind === "letter" && cursor.touches(behind))
        return cursor.fail("How far does this root reach? Put what is below it in brackets.");
      return { kind: "call", name: "sqrt", operands };
    }
    const degree = cursor.inside("]", () => this.grammar.expression(cursor, this.vocabulary));
    const exponent: Expression = { kind: "binary", operator: "/", left: numeral(1), right: degree };
    return { kind: "binary", operator: "^", left: this.argument(), right: exponent };
  }

  private logarithm(): Expression {
    if (!this.cursor.take("_")) return this.call("ln", this.cursor.at);
    const base = this.argument();
    return { kind: "call", name: "logbase", operands: [base, ...this.operands(1)] };
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

const isNameOrComma = ({ kind, text }: Token): boolean => kind !== "mark" || ",;_^{}|".includes(text);

const numeral = (value: number): Expression => ({ kind: "number", value, text: String(value) });
