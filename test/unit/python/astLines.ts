/** The project's syntax tree in the form that astOracle.py prints CPython's in. */
import type * as py from "../../../src/core/python/syntax";
import type { Span } from "../../../src/core/text/source";

/** Kind, place and atoms of a node, and its children under the names of CPython's fields. */
interface Entry {
  readonly kind: string;
  readonly span?: Span | undefined;
  readonly atoms?: readonly string[];
  readonly children?: readonly Child[];
}
type Child = readonly [field: string, entry: Entry | undefined];

export function astLines(module: py.Module): string[] {
  const lines: string[] = [];
  const print = (entry: Entry, field: string, depth: number, formatted: boolean): void => {
    const place = formatted || !entry.span ? "-" : `${entry.span.start}-${entry.kind === "arg" ? "" : entry.span.end}`;
    lines.push([`${depth} ${field} ${entry.kind} ${place}`, ...(entry.atoms ?? [])].join(" "));
    const inside = formatted || entry.kind === "JoinedStr";
    for (const [name, child] of entry.children ?? []) {
      if (child) print(child, name, depth + 1, inside);
      else lines.push(`${depth + 1} ${name} nothing`);
    }
  };
  print({ kind: "Module", children: all("body", module.body, statement) }, "root", 0, false);
  return lines;
}

function all<T>(field: string, items: readonly T[], convert: (item: T) => Entry | undefined): Child[] {
  return items.map((item, index) => [`${field}[${index}]`, convert(item)]);
}

function one(field: string, item: py.Expression | undefined): Child[] {
  return item ? [[field, expression(item)]] : [];
}

function body(field: string, items: readonly py.Statement[]): Child[] {
  return all(field, items, statement);
}

function values(field: string, items: readonly py.Expression[]): Child[] {
  return all(field, items, expression);
}

const operatorNames: Readonly<Record<string, string>> = {
  "+": "Add",
  "-": "Sub",
  "*": "Mult",
  "/": "Div",
  "//": "FloorDiv",
  "%": "Mod",
  "**": "Pow",
  "@": "MatMult",
  "<<": "LShift",
  ">>": "RShift",
  "&": "BitAnd",
  "|": "BitOr",
  "^": "BitXor",
  "==": "Eq",
  "!=": "NotEq",
  "<": "Lt",
  "<=": "LtE",
  ">": "Gt",
  ">=": "GtE",
  is: "Is",
  "is not": "IsNot",
  in: "In",
  "not in": "NotIn",
};
const unaryNames: Readonly<Record<string, string>> = { "+": "UAdd", "-": "USub", "~": "Invert", not: "Not" };

function statement(node: py.Statement): Entry {
  const entry = statementParts(node);
  return { ...entry, span: node };
}

function statementParts(node: py.Statement): Entry {
  switch (node.kind) {
    case "FunctionDef":
      return {
        kind: node.isAsync ? "AsyncFunctionDef" : "FunctionDef",
        atoms: [`name=${node.name.name}`],
        children: [
          ["args", parameters(node.parameters)],
          ...body("body", node.body),
          ...values("decorator_list", node.decorators),
          ...one("returns", node.returns),
          ...all("type_params", node.typeParameters, typeParameter),
        ],
      };
    case "ClassDef":
      return {
        kind: "ClassDef",
        atoms: [`name=${node.name.name}`],
        children: [
          ...values("bases", node.bases),
          ...all("keywords", node.keywords, keyword),
          ...body("body", node.body),
          ...values("decorator_list", node.decorators),
          ...all("type_params", node.typeParameters, typeParameter),
        ],
      };
    case "Return":
      return { kind: node.kind, children: one("value", node.value) };
    case "Delete":
      return { kind: node.kind, children: values("targets", node.targets) };
    case "Assign":
      return { kind: node.kind, children: [...values("targets", node.targets), ...one("value", node.value)] };
    case "AugAssign":
      return {
        kind: node.kind,
        atoms: [`op=${operatorNames[node.operator]}`],
        children: [...one("target", node.target), ...one("value", node.value)],
      };
    case "AnnAssign":
      return {
        kind: node.kind,
        children: [...one("target", node.target), ...one("annotation", node.annotation), ...one("value", node.value)],
      };
    case "TypeAlias":
      return {
        kind: node.kind,
        children: [
          ["name", { kind: "Name", span: node.name, atoms: [`id=${node.name.name}`] }],
          ...all("type_params", node.typeParameters, typeParameter),
          ...one("value", node.value),
        ],
      };
    case "For":
      return {
        kind: node.isAsync ? "AsyncFor" : "For",
        children: [
          ...one("target", node.target),
          ...one("iter", node.iterable),
          ...body("body", node.body),
          ...body("orelse", node.orelse),
        ],
      };
    case "While":
    case "If":
      return {
        kind: node.kind,
        children: [...one("test", node.test), ...body("body", node.body), ...body("orelse", node.orelse)],
      };
    case "With":
      return {
        kind: node.isAsync ? "AsyncWith" : "With",
        children: [...all("items", node.items, withItem), ...body("body", node.body)],
      };
    case "Match":
      return { kind: node.kind, children: [...one("subject", node.subject), ...all("cases", node.cases, matchCase)] };
    case "Raise":
      return { kind: node.kind, children: [...one("exc", node.exception), ...one("cause", node.cause)] };
    case "Try":
      return {
        kind: node.handlers.some((handler) => handler.isGroup) ? "TryStar" : "Try",
        children: [
          ...body("body", node.body),
          ...all("handlers", node.handlers, handler),
          ...body("orelse", node.orelse),
          ...body("finalbody", node.finalbody),
        ],
      };
    case "Assert":
      return { kind: node.kind, children: [...one("test", node.test), ...one("msg", node.message)] };
    case "Import":
      return { kind: node.kind, children: all("names", node.names, alias) };
    case "ImportFrom":
      return {
        kind: node.kind,
        atoms: [...(node.module === "" ? [] : [`module=${node.module}`]), `level=${node.level}`],
        children: all("names", node.names, alias),
      };
    case "Global":
    case "Nonlocal":
      return { kind: node.kind, atoms: [`names=${node.names.map((name) => name.name).join(",")}`] };
    case "ExpressionStatement":
      return { kind: "Expr", children: one("value", node.value) };
    default:
      return { kind: node.kind };
  }
}

function withItem(item: py.WithItem): Entry {
  return { kind: "withitem", children: [...one("context_expr", item.context), ...one("optional_vars", item.target)] };
}

function handler(node: py.ExceptHandler): Entry {
  return {
    kind: "ExceptHandler",
    span: node,
    atoms: node.name ? [`name=${node.name.name}`] : [],
    children: [...one("type", node.type), ...body("body", node.body)],
  };
}

function alias(node: py.ImportAlias): Entry {
  return {
    kind: "alias",
    span: node,
    atoms: [`name=${node.name}`, ...(node.alias ? [`asname=${node.alias.name}`] : [])],
  };
}

function keyword(node: py.Keyword): Entry {
  return {
    kind: "keyword",
    span: node,
    atoms: node.name ? [`arg=${node.name.name}`] : [],
    children: one("value", node.value),
  };
}

function parameter(node: py.Parameter): Entry {
  return {
    kind: "arg",
    span: node.name,
    atoms: [`arg=${node.name.name}`],
    children: one("annotation", node.annotation),
  };
}

function parameters(given: py.Parameters): Entry {
  const ofKind = (kind: py.Parameter["kind"]): readonly py.Parameter[] => given.filter((one) => one.kind === kind);
  const keywordOnly = ofKind("keyword-only");
  const positional = [...ofKind("positional-only"), ...ofKind("ordinary")];
  const single = (field: string, list: readonly py.Parameter[]): Child[] => list.map((one) => [field, parameter(one)]);
  return {
    kind: "arguments",
    children: [
      ...all("posonlyargs", ofKind("positional-only"), parameter),
      ...all("args", ofKind("ordinary"), parameter),
      ...single("vararg", ofKind("variadic")),
      ...all("kwonlyargs", keywordOnly, parameter),
      ...all("kw_defaults", keywordOnly, (one) => one.default && expression(one.default)),
      ...single("kwarg", ofKind("keywords")),
      ...values(
        "defaults",
        positional.flatMap((one) => one.default ?? []),
      ),
    ],
  };
}

function typeParameter(node: py.TypeParameter): Entry {
  return {
    kind: { type: "TypeVar", parameters: "ParamSpec", tuple: "TypeVarTuple" }[node.kind],
    span: node,
    atoms: [`name=${node.name.name}`],
    children: [...one("bound", node.bound), ...one("default_value", node.default)],
  };
}

function matchCase(node: py.MatchCase): Entry {
  return {
    kind: "match_case",
    children: [["pattern", pattern(node.pattern)], ...one("guard", node.guard), ...body("body", node.body)],
  };
}

function pattern(node: py.Pattern): Entry {
  return { ...patternParts(node), span: node };
}

function patternParts(node: py.Pattern): Entry {
  switch (node.kind) {
    case "MatchValue": {
      const { value } = node;
      if (value.kind !== "Constant" || (value.type !== "none" && value.type !== "bool")) {
        return { kind: node.kind, children: one("value", value) };
      }
      const singleton = value.type === "bool" ? [`value=${value.value ? "True" : "False"}`] : [];
      return { kind: "MatchSingleton", atoms: singleton };
    }
    case "MatchSequence":
    case "MatchOr":
      return { kind: node.kind, children: all("patterns", node.patterns, pattern) };
    case "MatchMapping":
      return {
        kind: node.kind,
        atoms: node.rest ? [`rest=${node.rest.name}`] : [],
        children: [
          ...all("keys", node.entries, (entry) => expression(entry.key)),
          ...all("patterns", node.entries, (entry) => pattern(entry.pattern)),
        ],
      };
    case "MatchClass": {
      const names = node.keywords.map((one) => one.name.name);
      return {
        kind: node.kind,
        atoms: names.length > 0 ? [`kwd_attrs=${names.join(",")}`] : [],
        children: [
          ["cls", expression(node.callee)],
          ...all("patterns", node.patterns, pattern),
          ...all("kwd_patterns", node.keywords, (one) => pattern(one.pattern)),
        ],
      };
    }
    case "MatchStar":
      return { kind: node.kind, atoms: node.name ? [`name=${node.name.name}`] : [] };
    case "MatchAs":
      return {
        kind: node.kind,
        atoms: node.name ? [`name=${node.name.name}`] : [],
        children: node.pattern ? [["pattern", pattern(node.pattern)]] : [],
      };
    case "InvalidPattern":
      return { kind: node.kind };
  }
}

function expression(node: py.Expression): Entry {
  return { ...expressionParts(node), span: node };
}

function expressionParts(node: py.Expression): Entry {
  switch (node.kind) {
    case "BooleanOperation":
      return {
        kind: "BoolOp",
        atoms: [node.operator === "and" ? "op=And" : "op=Or"],
        children: values("values", node.values),
      };
    case "NamedExpression":
      return { kind: "NamedExpr", children: [...one("target", node.target), ...one("value", node.value)] };
    case "BinaryOperation":
      return {
        kind: "BinOp",
        atoms: [`op=${operatorNames[node.operator]}`],
        children: [...one("left", node.left), ...one("right", node.right)],
      };
    case "UnaryOperation":
      return { kind: "UnaryOp", atoms: [`op=${unaryNames[node.operator]}`], children: one("operand", node.operand) };
    case "Lambda":
      return { kind: "Lambda", children: [["args", parameters(node.parameters)], ...one("body", node.body)] };
    case "Conditional":
      return {
        kind: "IfExp",
        children: [...one("test", node.test), ...one("body", node.body), ...one("orelse", node.orelse)],
      };
    case "Dict":
      return {
        kind: "Dict",
        children: [
          ...all("keys", node.entries, (entry) => entry.key && expression(entry.key)),
          ...all("values", node.entries, (entry) => expression(entry.value)),
        ],
      };
    case "SetDisplay":
      return { kind: "Set", children: values("elts", node.elements) };
    case "Comprehension":
      return comprehension(node);
    case "Await":
    case "YieldFrom":
    case "Starred":
      return { kind: node.kind, children: one("value", node.value) };
    case "Yield":
      return { kind: "Yield", children: one("value", node.value) };
    case "Compare":
      return {
        kind: "Compare",
        atoms: [`ops=${node.operators.map((operator) => operatorNames[operator]).join(",")}`],
        children: [...one("left", node.left), ...values("comparators", node.comparators)],
      };
    case "Call":
      return {
        kind: "Call",
        children: [
          ...one("func", node.callee),
          ...values("args", node.args),
          ...all("keywords", node.keywords, keyword),
        ],
      };
    case "FormattedString":
      return joinedString(node.parts);
    case "Constant":
      return { kind: "Constant", atoms: [constant(node)] };
    case "Attribute":
      return { kind: "Attribute", atoms: [`attr=${node.attribute.name}`], children: one("value", node.value) };
    case "Subscript":
      return { kind: "Subscript", children: [...one("value", node.value), ...one("slice", node.index)] };
    case "Name":
      return { kind: "Name", atoms: [`id=${node.id}`] };
    case "List":
    case "Tuple":
      return { kind: node.kind, children: values("elts", node.elements) };
    case "Slice":
      return {
        kind: "Slice",
        children: [...one("lower", node.lower), ...one("upper", node.upper), ...one("step", node.step)],
      };
    case "InvalidExpression":
      return { kind: node.kind };
  }
}

function comprehension(node: py.Comprehension): Entry {
  const kinds = { list: "ListComp", set: "SetComp", dict: "DictComp", generator: "GeneratorExp" };
  const clause = (item: py.ComprehensionClause): Entry => ({
    kind: "comprehension",
    atoms: [`is_async=${item.isAsync ? 1 : 0}`],
    children: [...one("target", item.target), ...one("iter", item.iterable), ...values("ifs", item.conditions)],
  });
  return {
    kind: kinds[node.form],
    children: [
      ...(node.key ? [...one("key", node.key), ...one("value", node.element)] : one("elt", node.element)),
      ...all("generators", node.clauses, clause),
    ],
  };
}

function joinedString(given: readonly (py.StringPart | py.Interpolation)[]): Entry {
  const part = (item: py.StringPart | py.Interpolation): Entry => {
    if (item.kind === "StringPart") return { kind: "Constant", atoms: [`str ${json(item.value)}`] };
    return {
      kind: "FormattedValue",
      atoms: [`conversion=${item.conversion?.charCodeAt(0) ?? -1}`],
      children: [
        ...one("value", item.value),
        ...(item.format.length > 0 ? ([["format_spec", joinedString(item.format)]] as Child[]) : []),
      ],
    };
  };
  return { kind: "JoinedStr", children: all("values", given, part) };
}

function constant(node: py.Constant): string {
  switch (node.type) {
    case "none":
    case "ellipsis":
      return node.type;
    case "bool":
      return `bool ${node.value}`;
    case "str":
    case "bytes":
      return `${node.type} ${json(node.value)}`;
    case "int":
      return `int ${node.exact ? node.value : bits(node.value)}`;
    case "float":
    case "imaginary":
      return `${node.type} ${bits(node.value)}`;
  }
}

function bits(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

/** As Python's `json.dumps` writes it. */
function json(value: string): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
