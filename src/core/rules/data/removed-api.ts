/** Functions that PyTorch, torchvision or NumPy no longer have. */
import { type Inference } from "../../infer/analysis";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { loadersOf, makerOf } from "../reading/data";
import { libraryPath } from "../reading/names";
import { nodesOf } from "../reading/syntax";
import { removedAliases, removedArguments, removedNames } from "./apiTable";
import { removeKeyword } from "../reading/edits";
import { argumentsOf, isGuarded, usesOf } from "./oldNames";

function* check(inference: Inference): Iterable<Finding> {
  for (const { row, call, fix } of usesOf(inference, removedNames))
    yield { span: call.origin.span, message: gone(row.name, row.since, row.instead), ...fix };
  for (const { row, node, keyword } of argumentsOf(inference, removedArguments)) {
    yield {
      span: keyword,
      message: `The argument ${row.argument} is gone since ${row.since}: ${row.instead}.`,
      // Many still run a version that takes it.
      severity: "warning",
      fix: { title: "Leave it out", edits: [removeKeyword(node, keyword)] },
    };
  }
  yield* aliases(inference);
  yield* nextMethods(inference);
}

function gone(name: string, since: string, instead: string): string {
  return `${name} is gone since ${since}. Use ${instead}.`;
}

/** `np.float`, wherever it stands. */
function* aliases(inference: Inference): Iterable<Finding> {
  const assigned = nodesOf(inference, "Assign").flatMap(({ targets }) => targets);
  // `np.float = float` brings the name back.
  const restored = new Set(assigned.flatMap((target) => (isKind(target, "Attribute") ? target.attribute.name : [])));
  for (const node of nodesOf(inference, "Attribute")) {
    if (!(`numpy.${node.attribute.name}` in removedAliases) || restored.has(node.attribute.name)) continue;
    const name = libraryPath(node, inference) ?? "";
    const instead = removedAliases[name];
    if (instead === undefined) continue;
    yield {
      span: node,
      message: gone(name, "NumPy 1.24", `Python's own ${instead}`),
      fix: { title: `Write ${instead}`, edits: [{ span: node, text: instead }] },
    };
  }
}

/** `iterator.next()`, which is `next(iterator)` in Python 3, and which loaders had until PyTorch 1.13. */
function* nextMethods(inference: Inference): Iterable<Finding> {
  for (const call of callsOf(inference, "?.next", "list.next")) {
    const node = callAt(call.origin.span);
    const isIterator =
      makerOf(inference, call.receiver)?.operation === "builtins.iter" ||
      loadersOf(inference).some((loader) => loader.call.result === call.receiver);
    if (node?.callee.kind !== "Attribute" || !isIterator || isGuarded(inference, call)) continue;
    const iterator = inference.source.slice(node.callee.value);
    yield {
      span: node,
      message: `Iterators of loaders have no next() method since PyTorch 1.13. Use next(${iterator}).`,
      fix: { title: `Write next(${iterator})`, edits: [{ span: node, text: `next(${iterator})` }] },
    };
  }
}

export const removedApi: Rule = {
  id: "removed-api",
  summary: "A function is called that the library no longer has.",
  category: "data",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
