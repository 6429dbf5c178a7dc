/** The labels are moved to the device, and the inputs are not. */
import { type Inference } from "../../infer/analysis";
import { isMentioned } from "../reading/mentions";
import { type InstanceValue } from "../../infer/values/value";
import type { Call, Expression, For } from "../../python/syntax";
import { type Span } from "../../text/source";
import { type Finding, type Rule } from "../define";
import { callsOf } from "../reading/calls";
import { nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  // These move what they get by themselves.
  if (isMentioned(inference, /DataParallel|DataPrefetcher|set_default_device|set_default_tensor_type/)) return;
  for (const loop of nodesOf(inference, "For")) {
    const names = namesIn(loop.target);
    if (names.length < 2) continue;
    const body = { start: loop.body[0]?.start ?? loop.end, end: loop.end };
    const inside = (node: Span): boolean => node.start >= body.start && node.end <= body.end;
    const calls = nodesOf(inference, "Call").filter(inside);
    const moved = new Map(names.map((name) => [name, calls.find((call) => moves(call, name))]));
    const rebound = new Set(
      nodesOf(inference, "Assign")
        .filter(inside)
        .flatMap(({ targets }) => targets.flatMap(namesIn)),
    );
    const [other, move] = [...moved].find(([, call]) => call) ?? [];
    if (!move || other === undefined || inference.source.slice(move).includes("cpu")) continue;
    for (const call of calls) {
      const [input] = call.args;
      if (input?.kind !== "Name" || !names.includes(input.id) || rebound.has(input.id) || moved.get(input.id)) continue;
      if (!isModelCall(inference, call)) continue;
      yield describe(inference, loop, input, other, move);
    }
  }
}

function namesIn(target: Expression): string[] {
  if (target.kind === "Name") return [target.id];
  return target.kind === "Tuple" || target.kind === "List" ? target.elements.flatMap(namesIn) : [];
}

/** `name.to(…)` or `name.cuda()`, but for a mere change of type. */
function moves({ callee, args, keywords }: Call, name: string): boolean {
  if (callee.kind !== "Attribute" || pathOf(callee.value) !== name) return false;
  if (callee.attribute.name === "cuda") return true;
  const [to] = args;
  const isType = to && /(^|\.)(u?int\d*|float\d*|long|double|half|bfloat16|bool)$/.test(pathOf(to));
  return (
    callee.attribute.name === "to" &&
    !isType &&
    (to !== undefined || keywords.some((given) => given.name?.name === "device"))
  );
}

/** A call of a model whose `forward` leaves its input where it is. */
function isModelCall(inference: Inference, node: Call): boolean {
  const call = callsOf(inference, "Module.__call__").find(({ origin }) => origin.span === node);
  const model = call?.receiver;
  if (model?.kind !== "instance") return false;
  return !movesInside(inference, model);
}

function movesInside({ source }: Inference, { type }: InstanceValue): boolean {
  return type.kind === "class" && /\.(to|cuda)\(|device/.test(source.slice(type.node));
}

function describe(inference: Inference, { body }: For, input: Expression, other: string, move: Call): Finding {
  const { source } = inference;
  const name = pathOf(input);
  const written = source.slice(move).replace(other, name);
  const first = body[0]!;
  const { line, column } = source.positionAt(first.start);
  const before = source.lineAt(line).slice(0, column);
  const text = `${name} = ${written}\n${before}`;
  return {
    span: input,
    message: `${other} is moved to the device of the model, and ${name} is not: on a GPU the model fails with tensors on two devices.`,
    related: [{ span: move, message: `${other} is moved here.` }],
    ...(before.trim() === "" && {
      fix: { title: `Move ${name} as well`, edits: [{ span: { start: first.start, end: first.start }, text }] },
    }),
  };
}

export const batchNotMoved: Rule = {
  id: "batch-not-moved",
  summary: "Part of a batch stays on the CPU.",
  category: "data",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  mootInFrameworks: true,
  check,
};
