/** The parameters of functions and lambdas. */
import type { ParseNode } from "../parseTree";
import type { Parameter, Parameters } from "../syntax";
import { type Conversion, field, identifier, parts, problem } from "./context";
import { optional } from "./expressions";

export function parameters(c: Conversion, node: ParseNode): Parameters {
  const result: Parameter[] = [];
  let keywordOnly = false;
  for (const child of parts(node)) {
    if (child.type === "positional_separator") {
      for (const [index, earlier] of result.entries()) {
        if (earlier.kind === "ordinary") result[index] = { ...earlier, kind: "positional-only" };
      }
      continue;
    }
    if (child.type === "keyword_separator") {
      keywordOnly = true;
      continue;
    }
    const one = parameter(c, child, keywordOnly);
    if (one.kind === "variadic") keywordOnly = true;
    result.push(one);
  }
  return result;
}

/** One of `a`, `a: int`, `a=1`, `a: int = 1`, `*a`, `*a: int`, `**a`, `**a: int`. */
function parameter(c: Conversion, node: ParseNode, keywordOnly: boolean): Parameter {
  const { start, end } = node;
  const written = field(node, "name") ?? (node.type === "typed_parameter" ? parts(node)[0] : node);
  const kind = kindOf(written, keywordOnly);
  const name = kind === "variadic" || kind === "keywords" ? written && parts(written)[0] : written;
  if (name && name.type !== "identifier") problem(c, name, "A parameter must be a name.");
  return {
    name: identifier(c, name?.type === "identifier" ? name : undefined, start),
    kind,
    annotation: optional(c, field(node, "type")),
    default: optional(c, field(node, "value")),
    start,
    end,
  };
}

function kindOf(written: ParseNode | undefined, keywordOnly: boolean): Parameter["kind"] {
  if (written?.type === "list_splat_pattern") return "variadic";
  if (written?.type === "dictionary_splat_pattern") return "keywords";
  return keywordOnly ? "keyword-only" : "ordinary";
}
