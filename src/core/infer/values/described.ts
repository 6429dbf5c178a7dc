/**
 * Shapes that authors write down: jaxtyping's annotations, which are checked when the program runs, and comments such as
 * `# x: (B, T, C)` beside a parameter or at the head of a function, which nobody checks.
 */
import { type TensorValue, tensor } from "../../ops/value";
import type { Comment, Expression, FunctionDef, Module, Parameter } from "../../python/syntax";
import { type Dim, constant, newSymbol, unknownSize } from "../../shape/dim";
import { type Axis, newRest } from "../../shape/shape";

export interface Description {
  readonly tensor: TensorValue;
  /** Whether the program itself insists on it. */
  readonly checked: boolean;
}

/** The described parameters of a function by name. A name stands for one size throughout a function. */
export function describedParameters(node: FunctionDef, module: Module): ReadonlyMap<string, Description> {
  const found = new Map<string, Description>();
  const sizes = new Map<string, Dim>();
  const comments = commentsOf(node, module);
  for (const parameter of node.parameters) {
    const annotated = annotatedSizes(parameter.annotation);
    const text = annotated ?? commentedSizes(parameter, node, comments);
    if (text === undefined) continue;
    const axes = text.map((item) => axisOf(item, sizes, annotated ? "given" : "free"));
    if (axes.filter((axis) => "origin" in axis).length > 1) continue;
    found.set(parameter.name.name, { tensor: tensor(axes, undefined), checked: annotated !== undefined });
  }
  return found;
}

/** `B`, `3`; `*batch` and `...` for any number of dimensions. What is more than a name or a number is not read. */
function axisOf(item: string, sizes: Map<string, Dim>, origin: "given" | "free"): Axis {
  if (item === "..." || item.startsWith("*")) return newRest("free");
  if (/^\d+$/.test(item)) return constant(Number(item));
  if (!/^[A-Za-z]\w*$/.test(item)) return origin === "given" ? unknownSize() : newSymbol("D", "free");
  const known = sizes.get(item) ?? newSymbol(item, origin);
  sizes.set(item, known);
  return known;
}

// https://docs.kidger.site/jaxtyping/api/array/
const jaxtyping =
  /^(Float|Float16|Float32|Float64|BFloat16|Int|Int32|Int64|Integer|Bool|Num|Real|Shaped|Inexact|UInt8)$/;

/** The items of `Float[Tensor, "batch channels h w"]`, or of `Annotated[Tensor, "batch channels"]`. */
function annotatedSizes(annotation: Expression | undefined): string[] | undefined {
  if (annotation?.kind !== "Subscript" || annotation.index.kind !== "Tuple") return undefined;
  const [type, shape] = annotation.index.elements;
  const name = lastName(annotation.value);
  const isShape = jaxtyping.test(name) || name === "Annotated";
  if (!isShape || lastName(type) !== "Tensor" || shape?.kind !== "Constant" || shape.type !== "str") return undefined;
  const items = shape.value
    .trim()
    .split(/[\s,]+/)
    .filter((item) => item !== "");
  return items.map((item) => item.replace(/^\w+=/, ""));
}

function lastName(expression: Expression | undefined): string {
  if (expression?.kind === "Name") return expression.id;
  return expression?.kind === "Attribute" ? expression.attribute.name : "";
}

/** Comments between the function's name and the end of the lines before its first statement. */
function commentsOf(node: FunctionDef, { comments }: Module): Comment[] {
  const first = node.body.find((statement) => !isText(statement)) ?? node.body.at(-1);
  return comments.filter(({ start }) => start > node.name.end && first !== undefined && start < first.start);
}

function isText(statement: FunctionDef["body"][0]): boolean {
  return statement.kind === "ExpressionStatement" && statement.value.kind === "Constant";
}

const sizesIn =
  /^#+\s*(?:(\w+)\s*(?::|=|is|has shape)?\s*)?(?:shape\s*[:=]?\s*)?[([]([\w*.\s]+(?:,[\w*.\s]+)+),?\s*[)\]]/;

/** A comment that names the parameter, or the one beside it. */
function commentedSizes(parameter: Parameter, node: FunctionDef, comments: readonly Comment[]): string[] | undefined {
  const next = node.parameters[node.parameters.indexOf(parameter) + 1];
  for (const comment of comments) {
    const [, name, sizes] = sizesIn.exec(comment.text) ?? [];
    const isBeside = comment.start > parameter.end && (next === undefined || comment.start < next.start);
    // Behind the last parameter it may be about all of them, unless each stands on a line of its own.
    const isAlone = comments.length > 1 || node.parameters.filter((other) => other.name.name !== "self").length === 1;
    const fits = name === parameter.name.name || (name === undefined && isBeside && (next !== undefined || isAlone));
    if (sizes !== undefined && fits) return sizes.split(",").map((item) => item.trim());
  }
  return undefined;
}
