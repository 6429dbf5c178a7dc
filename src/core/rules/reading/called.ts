/** The functions of a file that a run calls. */
import { type Inference } from "../../infer/analysis";
import type { FunctionDef, Node } from "../../python/syntax";
import { type Span } from "../../text/source";
import { nodesOf } from "./syntax";

export function calledIn(inference: Inference): FunctionDef[] {
  return among(inference, inference.record.called);
}

/** Those that the own statements of the file that is run lead to; the others were run to see what becomes of them. */
export function ownFunctions(inference: Inference): FunctionDef[] {
  const { called, ownFunctions: count } = inference.record;
  return among(inference, count < called.size ? new Set([...called].slice(0, count)) : called);
}

function among(inference: Inference, called: ReadonlySet<Node>): FunctionDef[] {
  return nodesOf(inference, "FunctionDef").filter((node) => called.has(node));
}

/** The innermost function around a place. */
export function functionAround(inference: Inference, { start }: Span): FunctionDef | undefined {
  return nodesOf(inference, "FunctionDef").findLast((node) => node.start <= start && start < node.end);
}
