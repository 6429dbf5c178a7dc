/** `F.dropout(x)` drops in evaluation too: unlike the layer it does not know the model's mode. */
import { constantValue } from "../../shape/dim";
import { type Inference } from "../../infer/analysis";
import type { Call, Expression } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { withArgument } from "../reading/edits";
import { isUnderTrainingTest, libraryPath } from "../reading/names";
import { ancestorsOf, nodesOf } from "../reading/syntax";

/** Those whose argument `training` is True unless it is given; that of `alpha_dropout` is False. */
const dropouts = /^torch\.nn\.functional\.dropout(1d|2d|3d)?$/;

function* check(inference: Inference): Iterable<Finding> {
  for (const call of nodesOf(inference, "Call")) {
    const name = libraryPath(call.callee, inference);
    if (
      name === undefined ||
      call.args.length + call.keywords.length === 0 ||
      !dropouts.test(name) ||
      saysMode(call) ||
      isZero(rateOf(call), inference)
    )
      continue;
    if (!isInModule(inference, call) || isUnderTrainingTest(inference, call)) continue;
    yield {
      span: call,
      message: `${name.split(".").at(-1)!} drops values in evaluation as well: its argument training is True unless you pass it, whatever model.eval() says. Pass training=self.training.`,
      fix: { title: "Pass training=self.training", edits: [withArgument(call, "training=self.training")] },
    };
  }
}

/** The third argument, or one by name, or arguments that nobody sees. */
function saysMode({ args, keywords }: Call): boolean {
  const isOpen = args.some(({ kind }) => kind === "Starred");
  return isOpen || args.length > 2 || keywords.some(({ name }) => name === undefined || name.name === "training");
}

function rateOf({ args, keywords }: Call): Expression | undefined {
  return keywords.find(({ name }) => name?.name === "p")?.value ?? args[1];
}

/** Nothing is dropped, by what is written or by what every object of the program has there. */
function isZero(rate: Expression | undefined, { record }: Inference): boolean {
  const seen = (rate && record.seenAt(rate)) ?? [];
  const isNone = ({ value }: (typeof seen)[number]): boolean =>
    value.kind === "float" ? value.value === 0 : value.kind === "int" && constantValue(value.value) === 0;
  if (seen.length > 0 && seen.every(isNone)) return true;
  return rate?.kind === "Constant" && (rate.type === "int" || rate.type === "float") && rate.value === 0;
}

/** In a method that runs a model, where `self.training` says the mode. */
function isInModule(inference: Inference, call: Call): boolean {
  let isMethod = false;
  for (const node of ancestorsOf(inference, call)) {
    if (isKind(node, "FunctionDef")) {
      if (node.parameters.some(({ name }) => /^(is_)?train(ing)?$/.test(name.name))) return false;
      isMethod = node.parameters[0]?.name.name === "self";
    } else if (isKind(node, "ClassDef")) return isMethod && node.bases.length > 0;
  }
  return false;
}

export const functionalDropoutAlwaysOn: Rule = {
  id: "functional-dropout-always-on",
  summary: "F.dropout without its training argument drops values in evaluation too.",
  category: "modes",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "syntax",
  fix: "suggested",
  check,
};
