/** What is shown over a name or a layer: shapes in and out, parameters, and what the operation does. */
import { type Inference } from "../infer/analysis";
import { type ModuleCall, type Sighting } from "../infer/record/part";
import { type InstanceValue } from "../infer/values/value";
import { isModule } from "../infer/classes/classes";
import { qualifiedName } from "../python/imports";
import { scopesOf } from "../python/scopes";
import { type AnyNode, isKind, nodeAt } from "../python/visit";
import { printShape } from "../shape/notation";
import { type Span } from "../text/source";
import { shapesSeen, sizesSeen, tensorSeen } from "./seen";
import { callsOf, outputsOf, parameterCount, printCall, printCount, typeName } from "./values";
import { type Shape } from "../shape/shape";
import { wantedSize } from "./wantedSize";
import { shortName } from "../ops/define";
import { findOperation } from "../ops/registry";

export interface Hover {
  /** What it is about. */
  readonly span: Span;
  readonly markdown: string;
}

export function hoverAt(inference: Inference, offset: number): Hover | undefined {
  const nodes = candidates(nodeAt(inference.module, offset));
  const operation = describeOperation(nodes, inference);
  for (const node of nodes) {
    const sightings = inference.record.seenAt(node);
    const value = sightings && describe(node, sightings, inference);
    if (value === undefined) continue;
    const markdown = operation && !value.includes(operation.says) ? `${value}\n\n${operation.markdown}` : value;
    return { span: { start: node.start, end: node.end }, markdown };
  }
  return operation && { span: operation.span, markdown: operation.markdown };
}

/** The operation of PyTorch that a name stands for through the file's imports, called or not. */
function describeOperation(
  nodes: readonly AnyNode[],
  { module }: Inference,
): (Hover & { readonly says: string }) | undefined {
  const named = nodes.filter((node) => isKind(node, "Name") || isKind(node, "Attribute"));
  const scopes = named.length > 0 ? scopesOf(module) : undefined;
  for (const node of named) {
    const name = qualifiedName(scopes!, node);
    const operation = name === undefined ? undefined : findOperation(name);
    if (!operation) continue;
    const markdown = `\`${operation.usage}\`\n\n${operation.says}`;
    return { span: { start: node.start, end: node.end }, markdown, says: operation.says };
  }
  return undefined;
}

/** The innermost node; the attribute that a name belongs to; the call whose callee is pointed at. */
function candidates(path: readonly AnyNode[]): AnyNode[] {
  const reversed = [...path].reverse();
  const found: AnyNode[] = [];
  let below: AnyNode | undefined;
  for (const node of reversed) {
    const isPart =
      below === undefined ||
      (isKind(node, "Attribute") && node.attribute === below) ||
      (isKind(node, "Call") && node.callee === below);
    if (!isPart) break;
    found.push(node);
    below = node;
  }
  return found;
}

function describe(node: AnyNode, sightings: readonly Sighting[], inference: Inference): string | undefined {
  const tensor = tensorSeen(node, inference);
  const text = inference.source.slice(node);
  const name = text.length <= 60 && !text.includes("\n") ? text : "Result";
  if (tensor) {
    const type = tensor.dtype ? ` ${tensor.dtype}` : "";
    const head = `**${escape(name)}** \`${printShape(tensor.shape)}\`${type}`;
    return `${head}${seenAs(node, inference)}${wanted(tensor.shape, inference)}`;
  }
  const modules = sightings.map(({ value }) => value).filter(isModule);
  if (modules.length > 0 && modules.length === sightings.length) return describeModules(modules, inference);
  const sizes = sizesSeen(node, inference);
  return sizes === undefined ? undefined : `**${escape(name)}** \`${sizes}\``;
}

/** The shapes that it has in turn, where the program calls its function in several. */
function seenAs(node: AnyNode, inference: Inference): string {
  const shapes = shapesSeen(node, inference);
  return shapes.length > 1 ? `\n\nIn this file: ${listed(shapes)}.` : "";
}

/** The first few, and how many more there are. */
function listed(texts: readonly string[]): string {
  const first = texts.slice(0, mostListed).map((text) => `\`${text}\``);
  return [...first, ...(texts.length > mostListed ? [`and ${texts.length - mostListed} more`] : [])].join(", ");
}

/** What the layers behind an input ask of its sides. */
function wanted(shape: Shape, { facts }: Inference): string {
  const size = wantedSize(shape, facts);
  if (!size) return "";
  const best = Array.from({ length: size.sides }, () => size.best).join("×");
  const range = size.from === size.to ? "" : ` (sides from ${size.from} to ${size.to} fit)`;
  return `\n\nThe layers want \`${best}\`${range}.`;
}

const mostListed = 4;

/** `nn.Linear (B, 3072) → (B, 512) · 1,573,376 parameters`. */
function describeModules(modules: readonly InstanceValue[], inference: Inference): string {
  const module = modules.at(-1)!;
  const operation = module.layer.get("layer")?.operation;
  const known = modules.flatMap((each) => callsOf(each, inference)).filter(isKnown);
  const calls = [...new Set(known.map((call) => printCall(call, inference)))];
  const counts = [...new Set(modules.map((each) => printCount(parameterCount(each))))];
  const title = operation && module.type.kind === "external" ? shortName(operation.qualifiedName) : typeName(module);
  const head = [`**${escape(title)}**`, ...(calls.length > 0 ? [listed(calls)] : [])].join(" ");
  const parameters = counts.length === 1 ? `${counts[0]!} parameters` : `${counts.join(" or ")} parameters`;
  const stored = storedShapes(module);
  return [
    `${head} · ${parameters}`,
    ...(stored ? [stored] : []),
    ...(operation && module.type.kind === "external" ? [operation.says] : []),
  ].join("\n\n");
}

/** A call on something that is not known to be a tensor shows nothing. */
function isKnown({ inputs, output }: ModuleCall): boolean {
  return inputs.some((value) => value.kind === "tensor") && outputsOf(output).every((value) => value.kind === "tensor");
}

/** `weight (512, 3072), bias (512,)` of a layer. */
function storedShapes(module: InstanceValue): string {
  return module.attributes
    .items()
    .flatMap(([name, value]) =>
      value.kind === "tensor" && value.stored?.kind === "parameter" ? [`${name} \`${printShape(value.shape)}\``] : [],
    )
    .join(", ");
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}
