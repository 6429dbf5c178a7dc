/** Where an activation stands in the source that should not be there, and what takes it away. */
import { type Inference } from "../../infer/analysis";
import { type InstanceValue } from "../../infer/values/value";
import { type Origin, type Producer } from "../../ops/value";
import type { Call, Expression } from "../../python/syntax";
import { isKind, nodeAt } from "../../python/visit";
import { type Finding } from "../define";
import { callAt } from "./calls";
import { parentCall, removeArgument, renameCallee } from "./edits";
import { functionName } from "./flow";
import { placeOf } from "./layers";

/** `Softmax` or `softmax`, as the program calls it. */
export function nameOf({ operation }: Producer): string {
  return operation.split(".").at(-1)!;
}

/**
 * A finding at an activation, or at what reads it where it stands in another file. Where both files are looked at in one
 * run, each says it at its own end, and it is reported at one of them.
 */
export function foundAt(
  producer: Producer,
  reader: Origin,
  says: { readonly message: string; readonly related: string },
  inference: Inference,
): Finding {
  const place = placeOf(producer, inference);
  const isHere = place.path === inference.source.path;
  return {
    span: isHere ? place.span : reader.span,
    message: says.message,
    related: isHere
      ? [{ span: reader.span, message: says.related }]
      : [{ path: place.path, span: place.span, message: `${nameOf(producer)} stands here.` }],
  };
}

/** The edit that leaves an activation out: from its Sequential, or `f(x)` becomes `x`. */
export function withoutActivation(producer: Producer, inference: Inference): Pick<Finding, "fix"> {
  const title = `Remove ${nameOf(producer)}`;
  const definition = definitionInSequential(producer, inference);
  const parent = definition && parentCall(inference.module, definition.span);
  if (definition && parent) return { fix: { title, edits: [removeArgument(parent, definition.span)] } };
  const call = directCall(producer, inference);
  const kept = call && (call.args[0] ?? receiverOf(call));
  return call && kept ? { fix: { title, edits: [{ span: call, text: inference.source.slice(kept) }] } } : {};
}

/** The call that is the activation's own, and not that of a container which has it among its layers. */
export function directCall(producer: Producer, inference: Inference): Call | undefined {
  if (producer.origin.path !== inference.source.path) return undefined;
  const call = callAt(producer.origin.span);
  if (!call) return undefined;
  if (producer.layer) return isInContainer(producer.layer as InstanceValue, inference) ? undefined : call;
  return lastName(call.callee) === functionName(producer.operation) ? call : undefined;
}

/** The argument of its Sequential that a layer is. */
export function definitionInSequential(producer: Producer, { module, source, record }: Inference): Origin | undefined {
  const layer = producer.layer as InstanceValue | undefined;
  if (layer?.origin.path !== source.path) return undefined;
  const parent = parentCall(module, layer.origin.span);
  const isContainer = record.instances.some(
    ({ origin, type }) =>
      parent && isSequential(type) && origin.span.start === parent.start && origin.span.end === parent.end,
  );
  return isContainer ? layer.origin : undefined;
}

function isInContainer(layer: InstanceValue, { record }: Inference): boolean {
  return record.instances.some(
    ({ type, attributes }) =>
      isSequential(type) &&
      attributes.values().some((value) => value.kind === "instance" && value.attributes === layer.attributes),
  );
}

function isSequential(type: InstanceValue["type"]): boolean {
  return type.kind === "external" && type.name === "torch.nn.Sequential";
}

/** `x` of `x.tanh()`. */
function receiverOf(call: Call): Expression | undefined {
  return call.callee.kind === "Attribute" ? call.callee.value : undefined;
}

function lastName(callee: Expression): string | undefined {
  if (callee.kind === "Name") return callee.id;
  return callee.kind === "Attribute" ? callee.attribute.name : undefined;
}

/** The call that built a layer, or the function's own call: where its name is written. */
export function writtenCall(producer: Producer, inference: Inference): Call | undefined {
  const layer = producer.layer as InstanceValue | undefined;
  return layer ? callOfLayer(layer, inference) : directCall(producer, inference);
}

/** The edit that takes the logarithm of a softmax: `softmax` becomes `log_softmax`, `nn.Softmax` becomes `nn.LogSoftmax`. */
export function takeLogarithm(producer: Producer, inference: Inference): Pick<Finding, "fix"> {
  const call = functionName(producer.operation) === "softmax" ? writtenCall(producer, inference) : undefined;
  const edit = call && renameCallee(call, producer.layer ? "LogSoftmax" : "log_softmax");
  return edit ? { fix: { title: "Take the logarithm of the softmax", edits: [edit] } } : {};
}

/** The call that built a layer. */
export function callOfLayer({ origin }: InstanceValue, { module, source }: Inference): Call | undefined {
  if (origin.path !== source.path) return undefined;
  return nodeAt(module, origin.span.start)
    .filter((node) => isKind(node, "Call"))
    .find((call) => call.start === origin.span.start && call.end === origin.span.end);
}
