/** A module, or what is taken for a tensor, that is asked for an attribute which nothing sets. */
import { type Inference } from "../../infer/analysis";
import { type Problem } from "../../infer/record/part";
import { isInPackages } from "../../python/environment";
import { type Finding, type Rule } from "../define";
import { refusalsOf } from "./refusals";

function check(inference: Inference): Iterable<Finding> {
  const texts = textsOf(inference);
  const isRight = ({ refusal, operation }: Problem): boolean => {
    const { name } = refusal;
    // Nobody sets anything on these.
    if (/^(None|A tuple|A list)/.test(operation)) return true;
    const otherWays = /^(A tensor|torch(\.\w+)*)$/.test(operation) ? waysOutside : ways;
    const target = `^[\\w \\t.,*\\[\\]"']*\\.${name}\\b[\\w \\t.,*\\[\\]"':|]*=(?!=)`;
    const isSet = new RegExp(
      `${target}|\\bfor [\\w., ()]*\\.${name}[\\w., ()]* in\\b|\\bas [\\w.]*\\.${name}\\b|["']${name}["']|${otherWays}`,
      "m",
    );
    return !texts.some((text) => isSet.test(text));
  };
  return refusalsOf(inference, "attributes", isRight);
}

/** Ways to set an attribute by a name that nobody can read off. */
const ways = "\\bsetattr\\b|__dict__|\\bvars\\(|__set_name__";

/** Those that PyTorch itself and tensors have: who sets something on `self` sets nothing there. */
const waysOutside = "\\bsetattr\\b(?!\\(\\s*self\\b)";

/** The files of the user's in which somebody may set it in a way that the run does not show. */
function textsOf({ source, machine }: Inference): string[] {
  const others = [...machine.imports.opened].filter(([path]) => !isInPackages(path));
  return [source.text, ...others.map(([, { file }]) => file.source.text)];
}

export const missingAttribute: Rule = {
  id: "missing-attribute",
  summary: "A module, PyTorch, a tensor or what is taken for one has no such attribute.",
  category: "shapes",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "shapes",
  fix: "none",
  check,
};
