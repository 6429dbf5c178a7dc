/** The expressions of the syntax tree, and the parameters of functions. */
import type { Span } from "../text/source";

export type Expression =
  | BooleanOperation
  | NamedExpression
  | BinaryOperation
  | UnaryOperation
  | Lambda
  | Conditional
  | Dict
  | SetDisplay
  | Comprehension
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedString
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice
  | InvalidExpression;

export type BinaryOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**" | "@" | "<<" | ">>" | "&" | "|" | "^";
export type UnaryOperator = "+" | "-" | "~" | "not";
export type CompareOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "is" | "is not" | "in" | "not in";

/** `a and b and c` is one operation with three values. */
export interface BooleanOperation extends Span {
  readonly kind: "BooleanOperation";
  readonly operator: "and" | "or";
  readonly values: readonly Expression[];
}

export interface NamedExpression extends Span {
  readonly kind: "NamedExpression";
  readonly target: Name;
  readonly value: Expression;
}

export interface BinaryOperation extends Span {
  readonly kind: "BinaryOperation";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryOperation extends Span {
  readonly kind: "UnaryOperation";
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export interface Lambda extends Span {
  readonly kind: "Lambda";
  readonly parameters: Parameters;
  readonly body: Expression;
}

export interface Conditional extends Span {
  readonly kind: "Conditional";
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}

/** `{**other, key: value}`: an entry without key is an unpacking. */
export interface Dict extends Span {
  readonly kind: "Dict";
  readonly entries: readonly DictEntry[];
}

export interface DictEntry extends Span {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

export interface SetDisplay extends Span {
  readonly kind: "SetDisplay";
  readonly elements: readonly Expression[];
}

/** List, set, dict comprehension or generator expression; `key` only in a dict's. */
export interface Comprehension extends Span {
  readonly kind: "Comprehension";
  readonly form: "list" | "set" | "dict" | "generator";
  readonly key: Expression | undefined;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause extends Span {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}

export interface Await extends Span {
  readonly kind: "Await";
  readonly value: Expression;
}

export interface Yield extends Span {
  readonly kind: "Yield";
  readonly value: Expression | undefined;
}

export interface YieldFrom extends Span {
  readonly kind: "YieldFrom";
  readonly value: Expression;
}

/** `a < b <= c`: one comparison with two operators and two comparators. */
export interface Compare extends Span {
  readonly kind: "Compare";
  readonly left: Expression;
  readonly operators: readonly CompareOperator[];
  readonly comparators: readonly Expression[];
}

export interface Call extends Span {
  readonly kind: "Call";
  readonly callee: Expression;
  /** Positional arguments; `*rest` as `Starred`. */
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
}

/** `name=value`, or `**value` where the name is missing. */
export interface Keyword extends Span {
  readonly name: Identifier | undefined;
  readonly value: Expression;
}

/** An f-string (or t-string): literal parts and interpolations in order; adjacent literals are joined into it. */
export interface FormattedString extends Span {
  readonly kind: "FormattedString";
  readonly parts: readonly (StringPart | Interpolation)[];
}

export interface StringPart extends Span {
  readonly kind: "StringPart";
  readonly value: string;
}

export interface Interpolation extends Span {
  readonly kind: "Interpolation";
  readonly value: Expression;
  readonly conversion: "s" | "r" | "a" | undefined;
  /** The format after `:`, itself made of literal parts and interpolations. */
  readonly format: readonly (StringPart | Interpolation)[];
}

/**
 * A literal. Integers beyond 2^53 keep only their text's nearest number (`exact: false`). Adjacent string literals are
 * one constant.
 */
export type Constant = Span & { readonly kind: "Constant" } & (
    | { readonly type: "none" | "ellipsis" }
    | { readonly type: "bool"; readonly value: boolean }
    | { readonly type: "int"; readonly value: number; readonly exact: boolean }
    | { readonly type: "float" | "imaginary"; readonly value: number }
    | { readonly type: "str" | "bytes"; readonly value: string }
  );

export interface Attribute extends Span {
  readonly kind: "Attribute";
  readonly value: Expression;
  readonly attribute: Identifier;
}

/** `value[index]`; several indices are a `Tuple`. */
export interface Subscript extends Span {
  readonly kind: "Subscript";
  readonly value: Expression;
  readonly index: Expression;
}

export interface Starred extends Span {
  readonly kind: "Starred";
  readonly value: Expression;
}

export interface Name extends Span {
  readonly kind: "Name";
  readonly id: string;
}

export interface List extends Span {
  readonly kind: "List";
  readonly elements: readonly Expression[];
}

export interface Tuple extends Span {
  readonly kind: "Tuple";
  readonly elements: readonly Expression[];
}

export interface Slice extends Span {
  readonly kind: "Slice";
  readonly lower: Expression | undefined;
  readonly upper: Expression | undefined;
  readonly step: Expression | undefined;
}

/** Source that is no expression, or an expression that is missing (then of no width). */
export interface InvalidExpression extends Span {
  readonly kind: "InvalidExpression";
}

/** A name where it is no expression: in a definition, an import, a keyword, behind a dot. */
export interface Identifier extends Span {
  readonly name: string;
}

// Parameters

/** In the order they are written; `kind` says how each takes its argument. */
export type Parameters = readonly Parameter[];

export interface Parameter extends Span {
  readonly name: Identifier;
  readonly kind: "positional-only" | "ordinary" | "variadic" | "keyword-only" | "keywords";
  readonly annotation: Expression | undefined;
  readonly default: Expression | undefined;
}

export interface TypeParameter extends Span {
  readonly name: Identifier;
  readonly kind: "type" | "parameters" | "tuple";
  readonly bound: Expression | undefined;
  readonly default: Expression | undefined;
}
