/** `x.to(device)` of a tensor as a statement: the result is a new tensor, and it is thrown away. */
import { type Inference } from "../../infer/analysis";
import type { Call, Expression, For } from "../../python/syntax";
import { type AnyNode, isKind } from "../../python/visit";
import { isDoubtful } from "../../infer/values/doubts";
import { type CallRecord } from "../../infer/record/part";
import { type Finding, type Rule } from "../define";
import { callAt, mayWorkInPlace } from "../reading/calls";
import { ancestorsOf, nodesOf, parentOf } from "../reading/syntax";
import { thrownAwayInModels } from "../reading/thrownAway";
import { pathOf } from "../reading/training";

/** Methods that return a new tensor and change nothing. */
const methods = new Set(
  (
    "to cuda cpu detach clamp clip clamp_min clamp_max view reshape permute transpose squeeze unsqueeze flatten float " +
    "double half long int bool type relu sigmoid tanh softmax log_softmax masked_fill scatter index_fill add sub mul div " +
    "abs exp log pow round normal clone contiguous expand repeat"
  ).split(" "),
);

const functions =
  /^torch\.(nn\.functional\.(relu|softmax|log_softmax|normalize|dropout|sigmoid|tanh|pad|interpolate|one_hot)|relu|sigmoid|tanh|softmax|clamp|clip|flatten|reshape|squeeze|unsqueeze|transpose|permute|cat|stack|abs|exp|log)$/;

function* check(inference: Inference): Iterable<Finding> {
  const statements = new Set<AnyNode>(nodesOf(inference, "ExpressionStatement").map(({ value }) => value));
  for (const call of inference.record.calls) {
    if (call.origin.path !== inference.source.path) continue;
    const node = callAt(call.origin.span);
    if (!node || !statements.has(node) || isExpectedToFail(node, inference)) continue;
    // In a model the rule about results that are thrown away says it.
    if (thrownAwayInModels(inference).has(node)) continue;
    const name = discarded(call, node, inference);
    if (name !== undefined) yield finding(node, name, inference);
  }
}

/** What a call is named whose result is lost. */
function discarded(call: CallRecord, node: Call, inference: Inference): string | undefined {
  if (node.keywords.some(({ name }) => name?.name === "out") || mayWorkInPlace(call)) return undefined;
  if (isDoubtful(call.receiver)) return undefined;
  const [owner, method] = call.operation.split(/\.(?=[^.]+$)/) as [string, string | undefined];
  const written = node.callee.kind === "Attribute" ? node.callee.attribute.name : pathOf(node.callee);
  // An in-place method may be recorded as its twin.
  if (written.endsWith("_")) return undefined;
  if (functions.test(call.operation) && call.result.kind === "tensor") return method;
  if (method === undefined || !methods.has(method) || node.callee.kind !== "Attribute") return undefined;
  // A tensor that was only just made has no name to go on with: it is moved to see whether that works.
  if (owner === "Tensor" && call.receiver?.kind === "tensor") return isNew(node.callee.value) ? undefined : method;
  return owner === "?" && isPartOfBatch(node.callee.value, inference) ? method : undefined;
}

function isNew(object: Expression): boolean {
  return (
    object.kind === "Call" &&
    /^(torch\.)?(tensor|zeros|ones|empty|full|rand|randn|randint|arange)$/.test(pathOf(object.callee))
  );
}

/** `x` of `for x, y in loader`: what a loader gives in pairs are tensors, and no objects that move themselves. */
function isPartOfBatch(object: Expression, inference: Inference): boolean {
  if (object.kind !== "Name") return false;
  for (const node of ancestorsOf(inference, object)) {
    if (isKind(node, "FunctionDef")) return false;
    if (isKind(node, "For") && isTargetOf(object.id, node)) return !isAssignedIn(object.id, node, inference);
  }
  return false;
}

function isTargetOf(name: string, { target, iterable }: For): boolean {
  const isCounted = iterable.kind === "Call" && pathOf(iterable.callee) === "enumerate";
  const pair = isCounted && target.kind === "Tuple" ? target.elements[1] : target;
  const over = isCounted ? iterable.args[0] : iterable;
  const isLoader = over?.kind === "Name" || over?.kind === "Attribute";
  const elements =
    pair?.kind === "Tuple" && isLoader && /load|batch|data|train|val|test/i.test(pathOf(over)) ? pair.elements : [];
  return elements.some((element) => element.kind === "Name" && element.id === name);
}

function isAssignedIn(name: string, loop: For, inference: Inference): boolean {
  return nodesOf(inference, "Assign").some(
    ({ targets, start, end }) =>
      start > loop.start && end <= loop.end && targets.some((target) => target.kind === "Name" && target.id === name),
  );
}

/** In a test that an error is raised, or as the last line of a notebook's cell, which shows it. */
function isExpectedToFail(node: Call, inference: Inference): boolean {
  const around = parentOf(inference, parentOf(inference, node)!);
  if (inference.source.path.endsWith(".ipynb") && around && isKind(around, "Module")) return true;
  for (const at of ancestorsOf(inference, node)) {
    if (isKind(at, "Try")) return true;
    if (
      isKind(at, "With") &&
      at.items.some(({ context }) => /raises|assert|profile|suppress|warn/i.test(inference.source.slice(context)))
    )
      return true;
  }
  return false;
}

function finding(node: Call, method: string, { source }: Inference): Finding {
  const object = node.callee.kind === "Attribute" ? node.callee.value : undefined;
  const isMethod = object && !/^(torch|F|nn|functional)$/.test(pathOf(object).split(".")[0]!);
  const changed = isMethod ? object : node.args[0];
  const name = changed ? pathOf(changed) : "";
  const before = { start: node.start, end: node.start };
  return {
    span: node,
    message: `${method} returns a new tensor and leaves ${name || "the old one"} as it is, and nothing keeps the result.`,
    ...(changed &&
      source.slice(changed) === name && {
        fix: { title: `Assign it to ${name}`, edits: [{ span: before, text: `${name} = ` }] },
      }),
  };
}

export const discardedResult: Rule = {
  id: "discarded-result",
  summary: "An operation returns a new tensor, and nothing keeps it.",
  category: "modes",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
