/** A `no_grad` inside of another one. */
import { type Inference } from "../../infer/analysis";
import type { Expression } from "../../python/syntax";
import { type AnyNode, isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { libraryPath } from "../reading/names";
import { ancestorsOf, nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const node of nodesOf(inference, "With")) {
    const inner = node.items.find(({ context }) => modeOf(context, inference) === "torch.no_grad")?.context;
    const outer = inner && contextAround(node, inference);
    if (!outer) continue;
    yield {
      span: inner,
      message: "No graph is built here anyway: this stands inside of another context that sees to it.",
      related: [{ span: outer, message: "This one." }],
    };
  }
}

/** The next context around a node, in the same function, that says whether a graph is built; only if it says no. */
function contextAround(node: AnyNode, inference: Inference): Expression | undefined {
  for (const at of ancestorsOf(inference, node)) {
    if (isKind(at, "Lambda") || isKind(at, "ClassDef")) return undefined;
    const around = isKind(at, "With")
      ? at.items.map(({ context }) => context)
      : isKind(at, "FunctionDef")
        ? at.decorators
        : [];
    const decisive = around.find((context) => modeOf(context, inference) !== undefined);
    if (decisive) return /no_grad|inference_mode/.test(modeOf(decisive, inference)!) ? decisive : undefined;
    if (isKind(at, "FunctionDef")) return undefined;
  }
  return undefined;
}

/** What a context says of graphs, where it says so without an argument. */
function modeOf(context: Expression, inference: Inference): string | undefined {
  const callee = context.kind === "Call" ? context.callee : context;
  const name = libraryPath(callee, inference) ?? "";
  if (!/^torch\.(no_grad|enable_grad|inference_mode|set_grad_enabled)$/.test(name)) return undefined;
  const hasArgument = context.kind === "Call" && context.args.length + context.keywords.length > 0;
  return hasArgument ? "depends" : name;
}

export const redundantNoGrad: Rule = {
  id: "redundant-no-grad",
  summary: "A no_grad stands inside of another one.",
  category: "modes",
  severity: "information",
  confidence: "certain",
  preset: "none",
  needs: "syntax",
  fix: "none",
  check,
};
