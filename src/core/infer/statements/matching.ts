/** The `match` statement: which case fits, and what its pattern binds. */
import { unknown } from "../../ops/value";
import type { Pattern } from "../../python/patternSyntax";
import type { Match } from "../../python/syntax";
import { type Machine, type Site, args } from "../machine";
import { type Completion, type Scope, ends } from "../memory/scope";
import { dictKey } from "../values/texts";
import { compare } from "../values/comparing";
import { truthOf } from "../values/truth";
import { knownItems } from "../collections/lists";
import { type Value, external, knownEntries } from "../values/value";

export function executeMatch(machine: Machine, node: Match, scope: Scope): Completion {
  const subject = machine.evaluate(node.subject, scope);
  const from = (index: number): Completion => {
    const found = node.cases[index];
    if (!found) return ends.normally;
    const bound = new Map<string, Value>();
    const fits = matches(machine, found.pattern, subject, bound, { node: found.pattern, scope });
    if (fits === false) return from(index + 1);
    const bind = (): void => {
      for (const name of boundBy(found.pattern))
        scope.names.set(name, (fits ? bound.get(name) : undefined) ?? unknown("what the pattern binds is not known"));
    };
    if (fits) bind();
    const guard = fits ? (found.guard ? truthOf(machine.evaluate(found.guard, scope)) : true) : undefined;
    if (guard === true) return machine.execute(found.body, scope);
    if (guard === false) return from(index + 1);
    return machine.either(
      scope,
      () => {
        bind();
        return machine.execute(found.body, scope);
      },
      () => from(index + 1),
    );
  };
  return from(0);
}

type Answer = boolean | undefined;

/** All of them: no as soon as one says no. */
function all(answers: readonly Answer[]): Answer {
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** Whether a value fits a pattern; undefined where that is not known. What the pattern names is put into `bound`. */
function matches(machine: Machine, pattern: Pattern, value: Value, bound: Map<string, Value>, site: Site): Answer {
  const inner = (part: Pattern, item: Value): Answer => matches(machine, part, item, bound, site);
  switch (pattern.kind) {
    case "MatchValue":
      return compare("==", value, machine.evaluate(pattern.value, site.scope), machine.facts);
    case "MatchAs": {
      const fits = pattern.pattern ? inner(pattern.pattern, value) : true;
      if (fits && pattern.name) bound.set(pattern.name.name, value);
      return fits;
    }
    case "MatchOr":
      for (const part of pattern.patterns) {
        const fits = inner(part, value);
        if (fits !== false) return fits;
      }
      return false;
    case "MatchSequence":
      return matchesSequence(machine, pattern, value, bound, inner);
    case "MatchMapping": {
      const entries = value.kind === "dict" ? knownEntries(value) : undefined;
      if (!entries || pattern.rest) return isScalar(value) || noMapping.has(value.kind) ? false : undefined;
      return all(
        pattern.entries.map(({ key, pattern: part }) => {
          const name = dictKey(machine.evaluate(key, site.scope));
          const entry = entries.find((other) => name !== undefined && dictKey(other.key) === name);
          return entry ? inner(part, entry.value) : name === undefined ? undefined : false;
        }),
      );
    }
    case "MatchClass": {
      const type = machine.evaluate(pattern.callee, site.scope);
      const answer = machine.call(external("builtins.isinstance"), args(value, type), site);
      const isOne = answer.kind === "bool" ? answer.value : undefined;
      if (isOne !== true) return isOne;
      // The built-in types take one pattern for the value itself; what others take by position they say themselves.
      const itself = type.kind === "external" && type.name.startsWith("builtins.") ? pattern.patterns : [];
      if (itself.length !== pattern.patterns.length || pattern.keywords.some(() => isScalar(value))) return undefined;
      const named = pattern.keywords.map(({ name, pattern: part }) => {
        const held = machine.attribute(value, name.name, site);
        return held.kind === "unknown" ? undefined : inner(part, held);
      });
      return all([...itself.map((part) => inner(part, value)), ...named]);
    }
    default:
      return undefined;
  }
}

const noMapping = new Set<Value["kind"]>(["tuple", "list", "tensor", "function", "class"]);

const isScalar = ({ kind }: Value): boolean => ["none", "int", "float", "bool", "str"].includes(kind);

function matchesSequence(
  machine: Machine,
  { patterns }: Pattern & { kind: "MatchSequence" },
  value: Value,
  bound: Map<string, Value>,
  inner: (part: Pattern, item: Value) => Answer,
): Answer {
  if (isScalar(value) || value.kind === "dict") return false;
  const items = value.kind === "list" && value.reading ? undefined : knownItems(value);
  if (!items) return undefined;
  const star = patterns.findIndex(({ kind }) => kind === "MatchStar");
  if (star < 0 ? items.length !== patterns.length : items.length < patterns.length - 1) return false;
  const behind = star < 0 ? 0 : patterns.length - 1 - star;
  const answers = patterns.map((part, i) => {
    if (part.kind !== "MatchStar")
      return inner(part, items[star >= 0 && i > star ? items.length - (patterns.length - i) : i]!);
    if (part.name) bound.set(part.name.name, machine.newList(items.slice(star, items.length - behind)));
    return true;
  });
  return all(answers);
}

/** The names that a pattern binds. */
function boundBy(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case "MatchAs":
    case "MatchStar": {
      const inner = pattern.kind === "MatchAs" && pattern.pattern ? boundBy(pattern.pattern) : [];
      return pattern.name ? [...inner, pattern.name.name] : inner;
    }
    case "MatchSequence":
    case "MatchOr":
      return pattern.patterns.flatMap(boundBy);
    case "MatchMapping":
      return [
        ...pattern.entries.flatMap((entry) => boundBy(entry.pattern)),
        ...(pattern.rest ? [pattern.rest.name] : []),
      ];
    case "MatchClass":
      return [...pattern.patterns, ...pattern.keywords.map((keyword) => keyword.pattern)].flatMap(boundBy);
    default:
      return [];
  }
}
