/** A Dropout layer that is built where it is used: no model holds it, so `eval()` never reaches it. */
import { type Inference } from "../../infer/analysis";
import type { Assign, Call, FunctionDef } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { isUnderTrainingTest, libraryPath } from "../reading/names";
import { ancestorsOf, enclosing, nodesOf, parentOf } from "../reading/syntax";

const layers = /^torch\.nn\.(modules\.dropout\.)?(Alpha|FeatureAlpha)?Dropout(1d|2d|3d)?$/;

function* check(inference: Inference): Iterable<Finding> {
  for (const call of nodesOf(inference, "Call")) {
    const name = libraryPath(call.callee, inference);
    if (name === undefined || !layers.test(name) || isUnderTrainingTest(inference, call)) continue;
    if (!isBuiltInForward(call, inference) || !isUsedOnTheSpot(call, inference)) continue;
    const layer = name.split(".").at(-1)!;
    yield {
      span: call,
      message: `A new ${layer} is in training mode, and no model holds this one: eval() never reaches it, and it drops values for ever. Build it in __init__ as an attribute.`,
    };
  }
}

function isBuiltInForward(call: Call, inference: Inference): boolean {
  let method: FunctionDef | undefined;
  for (const node of ancestorsOf(inference, call)) {
    if (isKind(node, "FunctionDef")) method = node;
    else if (isKind(node, "ClassDef"))
      return method?.parameters[0]?.name.name === "self" && method.name.name !== "__init__" && node.bases.length > 0;
  }
  return false;
}

/** `nn.Dropout(p)(x)`, or a local variable that is called in the same function and goes nowhere else. */
function isUsedOnTheSpot(call: Call, inference: Inference): boolean {
  const parent = parentOf(inference, call);
  if (!parent) return false;
  if (isKind(parent, "Call")) return parent.callee === call;
  return isKind(parent, "Assign") && isLocalOnly(parent, inference);
}

function isLocalOnly(assign: Assign, inference: Inference): boolean {
  const [target] = assign.targets;
  if (assign.targets.length !== 1 || target?.kind !== "Name") return false;
  const method = enclosing(inference, assign, "FunctionDef");
  if (!method) return false;
  const uses = nodesOf(inference, "Name").filter(
    (name) => name.id === target.id && name !== target && name.start >= method.start && name.end <= method.end,
  );
  const isCalled = (name: (typeof uses)[number]): boolean => {
    const parent = parentOf(inference, name);
    return parent !== undefined && isKind(parent, "Call") && parent.callee === name;
  };
  return uses.length > 0 && uses.every(isCalled);
}

export const dropoutNeverOff: Rule = {
  id: "dropout-never-off",
  summary: "A Dropout layer that is built in forward stays on in evaluation.",
  category: "modes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "syntax",
  fix: "none",
  check,
};
