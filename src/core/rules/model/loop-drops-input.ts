/** `for layer in layers: out = layer(x)`: every round reads the same input, so only the last layer counts. */
import { isModule } from "../../infer/classes/classes";
import { type Inference } from "../../infer/analysis";
import type { Assign, Expression, For, FunctionDef, Name } from "../../python/syntax";
import { type AnyNode, walk } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { enclosing, nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const loop of nodesOf(inference, "For")) {
    const layer = loop.target;
    const around = enclosing(inference, loop, "FunctionDef");
    if (layer.kind !== "Name" || !around || !isOverModules(layer, inference)) continue;
    const found = droppedInput(loop, layer.id, around);
    if (found) yield describe(found, loop, around, inference);
  }
}

function isOverModules(target: Name, { record }: Inference): boolean {
  const seen = record.seenAt(target) ?? [];
  return seen.length > 0 && seen.every(({ value }) => isModule(value));
}

interface Dropped {
  readonly assignment: Assign;
  readonly output: Name;
  readonly input: Name;
  /** Something behind the loop reads what the last layer gave. */
  readonly isUsed: boolean;
}

/** The loop does nothing but hand one input to each layer, and keeps the last result. */
function droppedInput(loop: For, layer: string, around: FunctionDef): Dropped | undefined {
  const assignments = loop.body.filter((one): one is Assign => one.kind === "Assign");
  if (assignments.length !== loop.body.length) return undefined;
  for (const assignment of assignments) {
    const [output] = assignment.targets;
    const input = inputOf(assignment.value, layer);
    if (output?.kind !== "Name" || !input || input.id === output.id) continue;
    const written = assignments.flatMap(({ targets }) => namesIn(targets));
    const readInside = namesIn(assignments.map(({ value }) => value));
    const isCarried = written.includes(input.id) || readInside.includes(output.id);
    // Whoever reads the input behind the loop leaves out the layers altogether.
    const readBehind = namesBetween(around, loop.end, around.end);
    const isUsed = readBehind.includes(output.id);
    if (!isCarried && (isUsed || (readBehind.includes(input.id) && !output.id.startsWith("_"))))
      return { assignment, output, input, isUsed };
  }
  return undefined;
}

/** `x` of `layer(x)`, also inside of calls of one argument such as `relu(layer(x))`. */
function inputOf(value: Expression, layer: string): Name | undefined {
  if (value.kind !== "Call") return undefined;
  const [first] = value.args;
  if (value.callee.kind === "Name" && value.callee.id === layer) return first?.kind === "Name" ? first : undefined;
  return first && inputOf(first, layer);
}

function namesIn(nodes: readonly AnyNode[]): string[] {
  const names: string[] = [];
  for (const root of nodes)
    walk(root, (node) => {
      if ("kind" in node && node.kind === "Name") names.push(node.id);
      return undefined;
    });
  return names;
}

function namesBetween(around: FunctionDef, start: number, end: number): string[] {
  const names: string[] = [];
  walk(around, (node) => {
    if ("kind" in node && node.kind === "Name" && node.start >= start && node.end <= end) names.push(node.id);
    return undefined;
  });
  return names;
}

function describe(
  { assignment, output, input, isUsed }: Dropped,
  loop: For,
  around: FunctionDef,
  { source }: Inference,
): Finding {
  const layer = source.slice(loop.target);
  const edits: { span: Name; text: string }[] = [{ span: output, text: input.id }];
  walk(around, (node) => {
    if ("kind" in node && node.kind === "Name" && node.id === output.id && node.start >= loop.end)
      edits.push({ span: node, text: input.id });
    return undefined;
  });
  return {
    span: assignment,
    message: isUsed
      ? `Every round hands the same ${input.id} to its ${layer} and overwrites ${output.id}: only the last one of them has any effect. Write ${input.id} = ${layer}(${input.id}).`
      : `Nothing reads ${output.id}: ${input.id} goes on as if this loop were not there, and none of its layers has any effect. Write ${input.id} = ${layer}(${input.id}).`,
    fix: { title: `Carry ${input.id} from layer to layer`, edits },
  };
}

export const loopDropsInput: Rule = {
  id: "loop-drops-input",
  summary: "A loop over layers hands the same input to each, so only the last layer counts.",
  category: "model",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
