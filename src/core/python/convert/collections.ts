/** Lists, tuples, sets, dicts, slices and comprehensions. */
import type { ParseNode } from "../parseTree";
import type {
  Comprehension,
  ComprehensionClause,
  Dict,
  DictEntry,
  Expression,
  List,
  SetDisplay,
  Slice,
  Tuple,
} from "../syntax";
import { type Conversion, field, fields, lastEnd, members, parts, token } from "./context";
import { expression, expressionAt, optional } from "./expressions";

export function list(c: Conversion, node: ParseNode): List {
  return { kind: "List", elements: elements(c, node), start: node.start, end: node.end };
}

/** With parentheses or without: the node spans them where they are. */
export function tuple(c: Conversion, node: ParseNode): Expression {
  const inside = parts(node);
  // The grammar calls the target in `(x) = 1` a tuple.
  if (node.type === "tuple_pattern" && inside.length === 1 && !token(node, ",")) return expression(c, inside[0]!);
  return { kind: "Tuple", elements: elements(c, node), start: node.start, end: node.end };
}

export function set(c: Conversion, node: ParseNode): SetDisplay {
  return { kind: "SetDisplay", elements: elements(c, node), start: node.start, end: node.end };
}

function elements(c: Conversion, node: ParseNode): Expression[] {
  return members(node).map((child) => expression(c, child));
}

export function dict(c: Conversion, node: ParseNode): Dict {
  const entries = members(node).map((child) => entry(c, child));
  return { kind: "Dict", entries, start: node.start, end: node.end };
}

function entry(c: Conversion, node: ParseNode): DictEntry {
  const { start, end } = node;
  if (node.type === "pair") {
    const key = expressionAt(c, field(node, "key"), start);
    return { key, value: expressionAt(c, field(node, "value"), end), start, end };
  }
  const value = node.type === "dictionary_splat" ? expressionAt(c, parts(node)[0], end) : expression(c, node);
  return { key: undefined, value, start, end };
}

export function slice(c: Conversion, node: ParseNode): Slice {
  const bounds: (ParseNode | undefined)[] = [undefined, undefined, undefined];
  let at = 0;
  for (const child of node.children) {
    if (!child.named && child.type === ":") at++;
    else if (child.named && at < 3) bounds[at] = child;
  }
  const [lower, upper, step] = bounds.map((bound) => optional(c, bound));
  return { kind: "Slice", lower, upper, step, start: node.start, end: node.end };
}

const forms: Readonly<Record<string, Comprehension["form"]>> = {
  list_comprehension: "list",
  set_comprehension: "set",
  dictionary_comprehension: "dict",
  generator_expression: "generator",
};

export function comprehension(c: Conversion, node: ParseNode): Comprehension {
  const { start, end } = node;
  const form = forms[node.type] ?? "generator";
  const body = field(node, "body");
  const pair = body?.type === "pair" ? body : undefined;
  const key = pair && expressionAt(c, field(pair, "key"), pair.start);
  const element = expressionAt(c, pair ? field(pair, "value") : body, body?.end ?? start);
  return { kind: "Comprehension", form, key, element, clauses: clauses(c, node), start, end };
}

/** Each `for` takes the `if`s behind it. */
function clauses(c: Conversion, node: ParseNode): ComprehensionClause[] {
  const result: ComprehensionClause[] = [];
  for (const child of parts(node)) {
    if (child.type === "for_in_clause") result.push(forClause(c, child));
    const last = result.at(-1);
    if (child.type !== "if_clause" || !last) continue;
    const condition = expressionAt(c, parts(child)[0], child.end);
    result[result.length - 1] = { ...last, conditions: [...last.conditions, condition], end: child.end };
  }
  return result;
}

function forClause(c: Conversion, node: ParseNode): ComprehensionClause {
  const { start } = node;
  const end = lastEnd(node);
  const target = expressionAt(c, field(node, "left"), start);
  const sources = fields(node, "right");
  const iterable: Expression =
    sources.length > 1
      ? tupleOf(
          sources.map((source) => expression(c, source)),
          sources[0]!.start,
          sources.at(-1)!.end,
        )
      : expressionAt(c, sources[0], end);
  return { target, iterable, conditions: [], isAsync: token(node, "async") !== undefined, start, end };
}

function tupleOf(members: readonly Expression[], start: number, end: number): Tuple {
  return { kind: "Tuple", elements: members, start, end };
}
