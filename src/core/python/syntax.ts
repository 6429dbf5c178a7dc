/**
 * Python's syntax tree, as the rest of the core sees it: every statement, expression, pattern and type parameter of
 * Python 3.13. Names follow CPython's `ast` module where it has one. Every node knows its place as UTF-16 offsets.
 * Source that does not parse appears as `Invalid` nodes; what stands around them is kept.
 */
import type { Span } from "../text/source";
import type {
  BinaryOperator,
  Comprehension,
  Expression,
  Identifier,
  Keyword,
  Parameter,
  Parameters,
  TypeParameter,
} from "./expressionSyntax";
import type { Pattern } from "./patternSyntax";

// One tree, so one door: whoever reads it imports from here.
export type * from "./expressionSyntax";
export type * from "./patternSyntax";

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

/** Any node that a place in the text can belong to. */
export type Node = Module | Statement | Expression | Pattern | Comprehension | Identifier | Parameter | Keyword;
