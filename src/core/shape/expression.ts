/**
 * The small language in which operations, annotations and expectations describe sizes: integers, names, `+ - * // %`,
 * comparisons, `and`/`or`/`not`, calls, indices, lists and `a if test else b`, with Python's precedence.
 */

export type SizeExpression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly SizeExpression[] }
  | { readonly kind: "star"; readonly value: SizeExpression | undefined }
  | { readonly kind: "optional"; readonly name: string }
  | { readonly kind: "unary"; readonly operator: "-" | "not"; readonly operand: SizeExpression }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: SizeExpression;
      readonly right: SizeExpression;
    }
  | { readonly kind: "call"; readonly callee: string; readonly args: readonly SizeExpression[] }
  | { readonly kind: "index"; readonly value: SizeExpression; readonly index: SizeExpression }
  | {
      readonly kind: "conditional";
      readonly test: SizeExpression;
      readonly body: SizeExpression;
      readonly orelse: SizeExpression;
    };

/** Why a text is no expression, and where in it. */
export class SizeSyntaxError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

interface Token {
  readonly kind: "number" | "name" | "text" | "symbol" | "end";
  readonly text: string;
  readonly offset: number;
}

const tokenPattern = /\s*(?:(\d+)|([A-Za-z_]\w*)|'([^']*)'|(->|\/\/|==|!=|<=|>=|[-+*%()[\],<>?]))/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const start = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match) throw new SizeSyntaxError(`Cannot read "${text.slice(start).trim()}".`, start);
    const [whole, number, name, quoted, symbol] = match;
    const offset = start + whole.length - whole.trimStart().length;
    if (number !== undefined) tokens.push({ kind: "number", text: number, offset });
    else if (name !== undefined) tokens.push({ kind: "name", text: name, offset });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted, offset });
    else tokens.push({ kind: "symbol", text: symbol!, offset });
  }
  tokens.push({ kind: "end", text: "", offset: text.length });
  return tokens;
}

const precedence: Record<string, number> = {
  or: 1,
  and: 2,
  "==": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "//": 6,
  "%": 6,
};

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get next(): Token {
    return this.tokens[this.at]!;
  }

  take(text?: string): Token {
    const token = this.next;
    if (text !== undefined && token.text !== text) this.fail(`Expected "${text}"`);
    this.at++;
    return token;
  }

  accept(text: string): boolean {
    if (this.next.kind === "text" || this.next.kind === "end" || this.next.text !== text) return false;
    this.at++;
    return true;
  }

  fail(what: string): never {
    const found = this.next.kind === "end" ? "the end" : `"${this.next.text}"`;
    throw new SizeSyntaxError(`${what} before ${found}.`, this.next.offset);
  }

  expression(): SizeExpression {
    const body = this.operation(1);
    if (!this.accept("if")) return body;
    const test = this.operation(1);
    this.take("else");
    return { kind: "conditional", test, body, orelse: this.expression() };
  }

  private operation(lowest: number): SizeExpression {
    let left = this.unary();
    for (;;) {
      const operator = this.next.kind === "text" ? "" : this.next.text;
      const level = precedence[operator];
      if (level === undefined || level < lowest) return left;
      this.take();
      left = { kind: "binary", operator, left, right: this.operation(level + 1) };
    }
  }

  private unary(): SizeExpression {
    if (this.accept("not")) return { kind: "unary", operator: "not", operand: this.operation(3) };
    if (this.accept("-")) return { kind: "unary", operator: "-", operand: this.unary() };
    return this.postfix();
  }

  private postfix(): SizeExpression {
    let value = this.primary();
    for (;;) {
      if (value.kind === "name" && this.accept("("))
        value = { kind: "call", callee: value.name, args: this.items(")") };
      else if (value.kind === "name" && this.accept("?")) value = { kind: "optional", name: value.name };
      else if (this.accept("[")) {
        const index = this.expression();
        this.take("]");
        value = { kind: "index", value, index };
      } else return value;
    }
  }

  private primary(): SizeExpression {
    const token = this.next;
    if (token.kind === "number") return { kind: "number", value: Number(this.take().text) };
    if (token.kind === "text") return { kind: "text", value: this.take().text };
    if (token.kind === "name") return { kind: "name", name: this.take().text };
    if (this.accept("[")) return { kind: "list", items: this.items("]") };
    if (this.accept("(")) return this.parenthesised();
    return this.fail("Expected a size");
  }

  private parenthesised(): SizeExpression {
    const before = this.at;
    const first = this.next.text === ")" || this.next.text === "*" ? undefined : this.expression();
    if (first && first.kind !== "optional" && this.accept(")")) return first;
    this.at = before;
    return { kind: "list", items: this.items(")") };
  }

  private items(close: string): SizeExpression[] {
    const items: SizeExpression[] = [];
    while (!this.accept(close)) {
      if (this.accept("*")) {
        const named = this.next.text !== "," && this.next.text !== close;
        items.push({ kind: "star", value: named ? this.postfix() : undefined });
      } else items.push(this.expression());
      if (!this.accept(",") && this.next.text !== close) this.fail(`Expected "," or "${close}"`);
    }
    return items;
  }

  /** `(B, 10)` as a list, a single size in parentheses included. */
  shape(): SizeExpression[] {
    this.take("(");
    return this.items(")");
  }

  end(): void {
    if (this.next.kind !== "end") this.fail("Expected an operator");
  }
}

export function parseSizeExpression(text: string): SizeExpression {
  const reader = new Reader(tokenize(text));
  const expression = reader.expression();
  reader.end();
  return expression;
}

/** `(N?, C, *, H + 2)`: the items of one shape. */
export function parseShapeText(text: string): SizeExpression[] {
  const reader = new Reader(tokenize(text));
  const shape = reader.shape();
  reader.end();
  return shape;
}

/** What a shape line says: the shapes of the inputs, in order, and those of the results. */
export interface ShapeLine {
  readonly inputs: readonly (readonly SizeExpression[])[];
  readonly outputs: readonly (readonly SizeExpression[])[];
}

/** `(*, in_features) -> (*, out_features)`; several inputs or outputs stand one after the other with commas. */
export function parseShapeLine(text: string): ShapeLine {
  const reader = new Reader(tokenize(text));
  const inputs = [reader.shape()];
  while (reader.accept(",")) inputs.push(reader.shape());
  reader.take("->");
  const outputs = [reader.shape()];
  while (reader.accept(",")) outputs.push(reader.shape());
  reader.end();
  return { inputs, outputs };
}
