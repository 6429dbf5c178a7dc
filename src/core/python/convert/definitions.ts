/** Functions and classes, with their decorators. */
import type { ParseNode } from "../parseTree";
import type { ClassDef, Expression, FunctionDef, Statement } from "../syntax";
import { argumentsOf } from "./chains";
import { type Conversion, field, identifier, inClass, lastEnd, parts, textOf, token } from "./context";
import { expressionAt, optional } from "./expressions";
import { parameters } from "./parameters";
import { block } from "./statements";
import { typeParameters } from "./types";

/** The span of a decorated definition starts at its `def` or `class`, as in CPython. */
export function decorated(c: Conversion, node: ParseNode): Statement {
  const decorators = parts(node)
    .filter((child) => child.type === "decorator")
    .map((child) => expressionAt(c, parts(child)[0], child.end));
  const definition = field(node, "definition");
  if (definition?.type === "function_definition") return functionDefinition(c, definition, decorators);
  if (definition?.type === "class_definition") return classDefinition(c, definition, decorators);
  return { kind: "InvalidStatement", start: node.start, end: lastEnd(node) };
}

export function functionDefinition(c: Conversion, node: ParseNode, decorators: readonly Expression[]): FunctionDef {
  const { start } = node;
  const given = field(node, "parameters");
  const body = block(c, field(node, "body"));
  return {
    kind: "FunctionDef",
    name: identifier(c, field(node, "name"), token(node, "def")?.end ?? start),
    typeParameters: typeParameters(c, field(node, "type_parameters")),
    parameters: given ? parameters(c, given) : [],
    returns: optional(c, field(node, "return_type")),
    body,
    decorators,
    isAsync: token(node, "async") !== undefined,
    start,
    end: lastEnd(node),
  };
}

export function classDefinition(c: Conversion, node: ParseNode, decorators: readonly Expression[]): ClassDef {
  const { start } = node;
  const given = field(node, "superclasses");
  const { args, keywords } = given ? argumentsOf(c, given) : { args: [], keywords: [] };
  const name = field(node, "name");
  const body = inClass(c, name ? textOf(c, name) : "", () => block(c, field(node, "body")));
  return {
    kind: "ClassDef",
    name: identifier(c, name, token(node, "class")?.end ?? start),
    typeParameters: typeParameters(c, field(node, "type_parameters")),
    bases: args,
    keywords,
    body,
    decorators,
    start,
    end: lastEnd(node),
  };
}
