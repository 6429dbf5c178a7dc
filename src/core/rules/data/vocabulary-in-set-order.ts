/** Numbers given to words in the order of a set, which is another one in every run of Python. */
import { type Inference } from "../../infer/analysis";
import type { Call, Expression } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { assignedTo } from "../reading/names";
import { isWithin } from "../reading/scopes";
import { ancestorsOf, nodesOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

/** Python scatters the hashes of strings; those of numbers are the numbers themselves. */
const words = /word|char|token|vocab|text|letter|sentence|corpus|names?\b|tags?\b/i;

function* check(inference: Inference): Iterable<Finding> {
  for (const call of nodesOf(inference, "Call")) {
    const [over] = call.args;
    if (pathOf(call.callee) !== "enumerate" || !over || !givesNumbers(call, inference)) continue;
    const set = setIn(over, inference);
    const named = `${inference.source.slice(over)} ${set ? inference.source.slice(set) : ""}`;
    if (!set || !words.test(named)) continue;
    yield {
      span: set,
      message:
        "A set of strings has another order in every run of Python, so each word gets another number each time: weights that were saved in one run mean other words in the next. Sort it.",
      fix: {
        title: "Sort the words",
        edits: [
          { span: { start: set.start, end: set.start }, text: "sorted(" },
          { span: { start: set.end, end: set.end }, text: ")" },
        ],
      },
    };
  }
}

/** Whether a dict is made of what is counted: `{w: i for i, w in enumerate(…)}`, or a loop that fills one. */
function givesNumbers(call: Call, inference: Inference): boolean {
  for (const at of ancestorsOf(inference, call)) {
    if (isKind(at, "Comprehension") && at.form === "dict") return true;
    if (isKind(at, "Call") && pathOf(at.callee) === "dict") return true;
    if (isKind(at, "For"))
      return (
        at.iterable === call &&
        nodesOf(inference, "Assign").some(
          (node) => isWithin(node, at) && node.targets.some((target) => target.kind === "Subscript"),
        )
      );
  }
  return false;
}

/** The set that is counted, through `list` and a name. */
function setIn(expression: Expression, inference: Inference, depth = 0): Expression | undefined {
  if (expression.kind === "Comprehension" && expression.form === "set") return expression;
  if (expression.kind === "Name" && depth < 3) {
    const assigned = assignedTo(expression, inference);
    return assigned && setIn(assigned, inference, depth + 1);
  }
  if (expression.kind !== "Call") return undefined;
  const name = pathOf(expression.callee);
  if (name === "set" && expression.args.length === 1) return expression;
  const [first] = expression.args;
  return (name === "list" || name === "tuple") && first ? setIn(first, inference, depth + 1) : undefined;
}

export const vocabularyInSetOrder: Rule = {
  id: "vocabulary-in-set-order",
  summary: "Words are numbered in the order of a set.",
  category: "data",
  severity: "warning",
  confidence: "likely",
  preset: "recommended",
  needs: "syntax",
  fix: "suggested",
  check,
};
