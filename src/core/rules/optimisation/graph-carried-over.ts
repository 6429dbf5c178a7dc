/** A hidden state, or a sum of losses, that takes its graph along into the next round. */
import { type Inference } from "../../infer/analysis";
import type { Assign, Call, Node, With } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { ancestorsOf, enclosing, nodesOf, parentOf } from "../reading/syntax";
import { assignmentsIn, isWithin, targetsOf } from "../reading/scopes";
import { type Step, type TrainingLoop, pathOf, trainingLoops } from "../reading/training";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of trainingLoops(inference)) {
    if (loop.region.path !== inference.source.path) continue;
    const keeps = loop.round.some((step) => step.kind === "backward" && keepsGraph(step));
    for (const [call, name] of [...carriedStates(inference, loop, keeps), ...keptStates(inference, loop, keeps)])
      yield {
        span: call,
        message: `${name} comes out of the round before with all of its graph, and backward() would go back through every batch so far: ${keeps ? "retain_graph=True keeps them all in memory, and each round takes longer" : "PyTorch stops in the second round"}. Cut it off with detach() in between.`,
      };
    for (const [sum, backward] of carriedLosses(inference, loop))
      yield {
        span: backward.call.origin.span,
        message: `${backward.name} still holds the losses of the rounds before, whose graphs backward() goes through again: ${keeps ? "with retain_graph=True every old batch counts once more in each round" : "PyTorch stops in the second round"}. Call backward() on the loss of the round.`,
        related: [{ span: sum, message: "The losses are added up here." }],
      };
  }
}

function keepsGraph({ call }: Step): boolean {
  const flag = call.keywords.get("retain_graph") ?? call.keywords.get("create_graph");
  return flag?.kind === "bool" && flag.value === true;
}

/** `out, hidden = rnn(x, hidden)`, where nothing else in the loop writes `hidden`. */
function* carriedStates(inference: Inference, { region }: TrainingLoop, keeps: boolean): Iterable<[Call, string]> {
  const loop = region.node;
  const assignments = assignmentsIn(inference, loop);
  for (const made of assignments) {
    const { value } = made;
    if (value.kind !== "Call" || !isOwnOf(inference, made, loop)) continue;
    const name = [...value.args, ...value.keywords.map((keyword) => keyword.value)]
      .map(pathOf)
      .find((path) => path !== "" && targetsOf(made).includes(path));
    if (name === undefined || targetsOf(made).length < 2) continue;
    if (assignments.some((other) => other !== made && bindsPart(other, name)) || isCut(inference, loop, name)) continue;
    if (isBoundBefore(inference, loop, name) && runsModule(inference, value, keeps)) yield [value, name];
  }
}

/** `out, self.state = self.rnn(x, self.state)` in a model that the round calls, where nothing in the round sets it anew. */
function* keptStates(inference: Inference, { region, round }: TrainingLoop, keeps: boolean): Iterable<[Call, string]> {
  const called = new Set(
    round.flatMap(({ kind, object }) =>
      kind === "forward" && object?.kind === "instance" && object.type.kind === "class" ? [object.type.node] : [],
    ),
  );
  for (const made of nodesOf(inference, "Assign")) {
    const { value } = made;
    const method = value.kind === "Call" ? enclosing(inference, made, "FunctionDef") : undefined;
    const owner = method && parentOf(inference, method);
    if (value.kind !== "Call" || method?.name.name !== "forward" || !owner || !isKind(owner, "ClassDef")) continue;
    const name = value.args.map(pathOf).find((path) => /^self\.\w+$/.test(path) && targetsOf(made).includes(path));
    if (name === undefined || targetsOf(made).length < 2 || !called.has(owner)) continue;
    if (isSetAnew(inference, made, name.split(".")[1]!, region.node) || isCut(inference, inference.module, name))
      continue;
    if (runsModule(inference, value, keeps)) yield [value, name];
  }
}

/** An attribute is written in `forward` once more, in the loop itself, or in a function whose name is called there. */
function isSetAnew(inference: Inference, made: Assign, attribute: string, loop: Node): boolean {
  const own = enclosing(inference, made, "FunctionDef");
  const calls = new Set(
    nodesOf(inference, "Call")
      .filter((call) => isWithin(call, loop))
      .map(({ callee }) => pathOf(callee).split(".").at(-1)),
  );
  return nodesOf(inference, "Assign").some((other) => {
    if (other === made || !targetsOf(other).some((path) => path.endsWith(`.${attribute}`))) return false;
    const around = enclosing(inference, other, "FunctionDef");
    return isWithin(other, loop) || around === own || (around !== undefined && calls.has(around.name.name));
  });
}

/** Also `hidden` where a part of it, or it as a part, is written. */
function bindsPart(node: Assign, name: string): boolean {
  return targetsOf(node).some((path) => path === name || path.startsWith(`${name}.`) || name.startsWith(`${path}.`));
}

/** The loop's own statement, not that of an inner loop over time. */
function isOwnOf(inference: Inference, node: Node, loop: Node): boolean {
  for (const at of ancestorsOf(inference, node)) {
    if (at === loop) return true;
    if (
      isKind(at, "For") ||
      isKind(at, "While") ||
      isKind(at, "FunctionDef") ||
      (isKind(at, "With") && isWithoutGraph(inference, at))
    )
      return false;
  }
  return false;
}

function isWithoutGraph({ source }: Inference, node: With): boolean {
  return node.items.some(({ context }) => /no_grad|inference_mode|set_grad_enabled/.test(source.slice(context)));
}

/** `hidden.detach_()`, `hidden[0].detach()`, a comprehension over it. */
function isCut(inference: Inference, loop: Node, name: string): boolean {
  const { source } = inference;
  return nodesOf(inference, "Attribute").some(
    (node) =>
      isWithin(node, loop) &&
      /^(detach_?|data)$/.test(node.attribute.name) &&
      source.slice(node.value).includes(name.split(".").at(-1)!),
  );
}

function isBoundBefore(inference: Inference, loop: Node, name: string): boolean {
  return nodesOf(inference, "Assign").some(
    (node) => !isWithin(node, loop) && node.start < loop.start && targetsOf(node).includes(name),
  );
}

/** A module of which nothing says that it cuts the state off itself; an unknown one only where the graph is kept. */
function runsModule(inference: Inference, { callee }: Call, keeps: boolean): boolean {
  const seen = inference.record.seenAt(callee) ?? [];
  const values = seen.map(({ value }) => value);
  if (values.length === 0) return keeps && callee.kind !== "Attribute";
  return values.every((value) => {
    if (value.kind !== "instance") return false;
    if (value.type.kind === "external") return /^torch\.nn\.(RNN|LSTM|GRU)(Cell)?$/.test(value.type.name);
    let cuts = false;
    walk(value.type.node, (node) => {
      if (isKind(node, "Attribute") && /^(detach_?|data|no_grad)$/.test(node.attribute.name)) cuts = true;
      return undefined;
    });
    return !cuts;
  });
}

/** `total += loss` and `total.backward()` in the same round, where `total` begins in front of the loop. */
function* carriedLosses(inference: Inference, { region, round }: TrainingLoop): Iterable<[Node, Step]> {
  const loop = region.node;
  for (const sum of nodesOf(inference, "AugAssign")) {
    const name = pathOf(sum.target);
    if (sum.operator !== "+" || name === "" || !isWithin(sum, loop) || !isOwnOf(inference, sum, loop)) continue;
    const backward = round.find(
      (step) => step.kind === "backward" && step.name === name && isWithin(step.call.origin.span, loop),
    );
    const isNew = assignmentsIn(inference, loop).some((node) => targetsOf(node).includes(name));
    if (backward && !isNew && isBoundBefore(inference, loop, name) && !isCut(inference, loop, name))
      yield [sum, backward];
  }
}

export const graphCarriedOver: Rule = {
  id: "graph-carried-over",
  summary: "A state or a loss is carried into the next round with its graph.",
  category: "optimisation",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  mootInFrameworks: true,
  check,
};
