/** The patterns of `match` in the syntax tree. */
import type { Span } from "../text/source";
import type { Expression, Identifier } from "./expressionSyntax";

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
