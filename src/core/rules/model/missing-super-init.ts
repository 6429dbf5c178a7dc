/** A model whose `__init__` sets layers before, or without, that of `nn.Module`. */
import { isModule } from "../../infer/classes/classes";
import { type Inference } from "../../infer/analysis";
import type { Assign, Call, FunctionDef } from "../../python/syntax";
import { type Finding, type Rule } from "../define";
import { type ModelClass, methodOf, modelClasses } from "../reading/classes";
import { nodesWithin } from "../reading/syntax";

function* check(inference: Inference): Iterable<Finding> {
  for (const model of modelClasses(inference)) {
    const initialise = methodOf(model, "__init__");
    const first = initialise && firstLayer(model, initialise, inference);
    if (!first || model.node.decorators.length > 0) continue;
    const call = callOfInit(initialise);
    if (call && call.start < first.start) continue;
    const target = inference.source.slice(first.targets[0]!);
    const rest = `PyTorch refuses ${target}: "cannot assign module before Module.__init__() call".`;
    yield call
      ? { span: first, message: `super().__init__() comes only after the first layer, so ${rest}` }
      : {
          span: initialise.name,
          message: `__init__ never calls super().__init__(), so ${rest}`,
          ...mend(model, initialise, inference),
        };
  }
}

/** The first assignment of a layer or parameter to `self`. */
function firstLayer(model: ModelClass, initialise: FunctionDef, { record }: Inference): Assign | undefined {
  return model.uses
    .flatMap(({ written, method }) => (written && method === initialise ? [written] : []))
    .find(({ value }) =>
      record.seenAt(value)?.some(({ value: seen }) => isModule(seen) || (seen.kind === "tensor" && seen.stored)),
    );
}

/** The first call of the `__init__` of some base. */
function callOfInit(initialise: FunctionDef): Call | undefined {
  return nodesWithin(initialise, "Call").find(
    ({ callee }) => callee.kind === "Attribute" && /^(__init__|__setstate__|update)$/.test(callee.attribute.name),
  );
}

/** `nn.Module` wants no arguments; what another base wants is not known. */
function mend({ node, type }: ModelClass, { body }: FunctionDef, { source }: Inference): Pick<Finding, "fix"> {
  const [base] = type.bases;
  const first = body[0];
  if (!first || node.bases.length !== 1 || base?.kind !== "external" || !base.name.endsWith(".Module")) return {};
  const line = source.positionAt(first.start);
  const before = source.lineAt(line.line).slice(0, line.column);
  if (before.trim() !== "") return {};
  const edit = { span: { start: first.start, end: first.start }, text: `super().__init__()\n${before}` };
  return { fix: { title: "Call super().__init__() first", edits: [edit] } };
}

export const missingSuperInit: Rule = {
  id: "missing-super-init",
  summary: "A model sets its layers before nn.Module is initialised.",
  category: "model",
  severity: "error",
  confidence: "certain",
  preset: "recommended",
  needs: "dataflow",
  fix: "safe",
  check,
};
