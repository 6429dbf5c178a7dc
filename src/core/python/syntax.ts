/**
 * Python's syntax tree, as the rest of the core sees it: every statement, expression, pattern and type parameter of
 * Python 3.13. Names follow CPython's `ast` module where it has one. Every node knows its place as UTF-16 offsets.
 * Source that does not parse appears as `Invalid` nodes; what stands around them is kept.
 */
import type { Span } from "../text/source";

export interface Module extends Span {
  readonly kind: "Module";
  readonly body: readonly Statement[];
  /** Places that the parser could not read, in order; empty for a correct program. */
  readonly errors: readonly SyntaxProblem[];
  /** Every comment, `#` included, in order. */
  readonly comments: readonly Comment[];
}

export interface SyntaxProblem extends Span {
  readonly message: string;
}

export interface Comment extends Span {
  readonly text: string;
}

// Statements

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AugAssign
  | AnnAssign
  | TypeAlias
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExpressionStatement
  | Pass
  | Break
  | Continue
  | InvalidStatement;

export interface FunctionDef extends Span {
  readonly kind: "FunctionDef";
  readonly name: Identifier;
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: Parameters;
  readonly returns: Expression | undefined;
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly isAsync: boolean;
}

export interface ClassDef extends Span {
  readonly kind: "ClassDef";
  readonly name: Identifier;
  readonly typeParameters: readonly TypeParameter[];
  readonly bases: readonly Expression[];
  /** Keyword arguments of the class line, such as `metaclass=…`. */
  readonly keywords: readonly Keyword[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
}

export interface Return extends Span {
  readonly kind: "Return";
  readonly value: Expression | undefined;
}

export interface Delete extends Span {
  readonly kind: "Delete";
  readonly targets: readonly Expression[];
}

/** `a = b = value`: one target for each `=`. */
export interface Assign extends Span {
  readonly kind: "Assign";
  readonly targets: readonly Expression[];
  readonly value: Expression;
}

export interface AugAssign extends Span {
  readonly kind: "AugAssign";
  readonly target: Expression;
  readonly operator: BinaryOperator;
  readonly value: Expression;
}

export interface AnnAssign extends Span {
  readonly kind: "AnnAssign";
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | undefined;
}

export interface TypeAlias extends Span {
  readonly kind: "TypeAlias";
  readonly name: Identifier;
  readonly typeParameters: readonly TypeParameter[];
  readonly value: Expression;
}

export interface For extends Span {
  readonly kind: "For";
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
  readonly isAsync: boolean;
}

export interface While extends Span {
  readonly kind: "While";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

/** `elif` is an `If` alone in `orelse`. */
export interface If extends Span {
  readonly kind: "If";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[];
}

export interface With extends Span {
  readonly kind: "With";
  readonly items: readonly WithItem[];
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
}

export interface WithItem extends Span {
  readonly context: Expression;
  readonly target: Expression | undefined;
}

export interface Match extends Span {
  readonly kind: "Match";
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase extends Span {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: readonly Statement[];
}

export interface Raise extends Span {
  readonly kind: "Raise";
  readonly exception: Expression | undefined;
  readonly cause: Expression | undefined;
}

export interface Try extends Span {
  readonly kind: "Try";
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Statement[];
  readonly finalbody: readonly Statement[];
}

export interface ExceptHandler extends Span {
  /** `except*` (PEP 654). */
  readonly isGroup: boolean;
  readonly type: Expression | undefined;
  readonly name: Identifier | undefined;
  readonly body: readonly Statement[];
}

export interface Assert extends Span {
  readonly kind: "Assert";
  readonly test: Expression;
  readonly message: Expression | undefined;
}

export interface Import extends Span {
  readonly kind: "Import";
  readonly names: readonly ImportAlias[];
}

/** `from ..a.b import c as d`: level 2, module `a.b`. A star import has the single name `*`. */
export interface ImportFrom extends Span {
  readonly kind: "ImportFrom";
  readonly module: string;
  readonly level: number;
  readonly names: readonly ImportAlias[];
}

export interface ImportAlias extends Span {
  /** Dotted for `import a.b`. */
  readonly name: string;
  readonly alias: Identifier | undefined;
}

export interface Global extends Span {
  readonly kind: "Global";
  readonly names: readonly Identifier[];
}

export interface Nonlocal extends Span {
  readonly kind: "Nonlocal";
  readonly names: readonly Identifier[];
}

export interface ExpressionStatement extends Span {
  readonly kind: "ExpressionStatement";
  readonly value: Expression;
}

export interface Pass extends Span {
  readonly kind: "Pass";
}

export interface Break extends Span {
  readonly kind: "Break";
}

export interface Continue extends Span {
  readonly kind: "Continue";
}

/** Source that is no statement. What could be read inside it follows as ordinary statements. */
export interface InvalidStatement extends Span {
  readonly kind: "InvalidStatement";
}

// Expressions

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

// Patterns

export type Pattern =
  MatchValue | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr | InvalidPattern;

/** A literal, a dotted name, `None`, `True` or `False`. */
export interface MatchValue extends Span {
  readonly kind: "MatchValue";
  readonly value: Expression;
}

export interface MatchSequence extends Span {
  readonly kind: "MatchSequence";
  readonly patterns: readonly Pattern[];
}

export interface MatchMapping extends Span {
  readonly kind: "MatchMapping";
  readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[];
  readonly rest: Identifier | undefined;
}

export interface MatchClass extends Span {
  readonly kind: "MatchClass";
  readonly callee: Expression;
  readonly patterns: readonly Pattern[];
  readonly keywords: readonly { readonly name: Identifier; readonly pattern: Pattern }[];
}

/** `*rest`; no name for `*_`. */
export interface MatchStar extends Span {
  readonly kind: "MatchStar";
  readonly name: Identifier | undefined;
}

/** `pattern as name`, a bare name, or `_` (neither). */
export interface MatchAs extends Span {
  readonly kind: "MatchAs";
  readonly pattern: Pattern | undefined;
  readonly name: Identifier | undefined;
}

export interface MatchOr extends Span {
  readonly kind: "MatchOr";
  readonly patterns: readonly Pattern[];
}

export interface InvalidPattern extends Span {
  readonly kind: "InvalidPattern";
}

/** Any node that a place in the text can belong to. */
export type Node = Module | Statement | Expression | Pattern | Comprehension | Identifier | Parameter | Keyword;
