/** Python's own seed for hashes, set when Python has long read it. */
import { type Inference } from "../../infer/analysis";
import type { Expression } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { isMentioned } from "../reading/mentions";
import { callsNamed, libraryPath } from "../reading/names";
import { nodesOf } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  // Programs that are started from here do read it.
  if (isMentioned(inference, /\bexec[lv]\w*\(|subprocess|Popen|os\.(system|spawn)|spawn|multiprocessing/)) return;
  const writes = nodesOf(inference, "Assign").filter(({ targets }) =>
    targets.some((target) => isSeed(target, inference)),
  );
  const calls = callsNamed(inference, /^os\.(environ\.(setdefault|__setitem__)|putenv)$/).filter(({ args }) =>
    isName(args[0]),
  );
  for (const node of [...writes, ...calls])
    yield {
      span: node,
      message:
        "Python reads PYTHONHASHSEED when it starts, so this changes nothing in the program that sets it. Set it in front of the command: PYTHONHASHSEED=0 python train.py.",
    };
}

function isSeed(target: Expression, inference: Inference): boolean {
  return target.kind === "Subscript" && libraryPath(target.value, inference) === "os.environ" && isName(target.index);
}

function isName(expression: Expression | undefined): boolean {
  return expression?.kind === "Constant" && expression.type === "str" && expression.value === "PYTHONHASHSEED";
}

export const hashSeedTooLate: Rule = {
  id: "hash-seed-too-late",
  summary: "PYTHONHASHSEED is set inside of the program, which no longer reads it.",
  category: "data",
  severity: "information",
  confidence: "certain",
  preset: "none",
  needs: "syntax",
  fix: "none",
  check,
};
