/** Scaling and the like whose statistics come from the test data too. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { type Finding, type Rule } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { makerOf } from "../reading/data";
import { pathOf } from "../reading/training";
import { wholeDataStatistics } from "./wholeDataStatistics";

/** Those that learn nothing of the data but which labels or columns there are. */
const harmless =
  /\.(Label\w+|MultiLabelBinarizer|OneHotEncoder|OrdinalEncoder|Normalizer|FunctionTransformer|Binarizer|PolynomialFeatures|HashingVectorizer)$/;
const transformers = /^sklearn\.(preprocessing|decomposition|impute|feature_selection|feature_extraction(\.\w+)?)\./;
const heldOut = /(^|[_.])(x_?)?(test|val|valid|validation|dev)([_.]|$)|^x_?te$/i;

function* check(inference: Inference): Iterable<Finding> {
  const { calls } = inference.record;
  const fits = callsOf(inference, "?.fit", "?.fit_transform").filter((call) => isTransformer(inference, call));
  const splits = callsOf(inference, "sklearn.model_selection.train_test_split");
  for (const fit of fits) {
    const node = callAt(fit.origin.span);
    const data = node?.args[0] && pathOf(node.args[0]);
    const name = makerOf(inference, fit.receiver)!.operation.split(".").at(-1)!;
    if (!node || data === undefined) continue;
    if (heldOut.test(data)) {
      yield {
        span: node,
        message: `${name} learns its statistics from ${data}: data that is held out may only be transformed, by what was learnt from the training data.`,
        ...onlyTransform(fit),
      };
      continue;
    }
    const split = splits.find((one) => calls.indexOf(one) > calls.indexOf(fit) && reaches(inference, fit, one));
    if (!split) continue;
    yield {
      span: node,
      message: `${name} learns its statistics from all of the data, before a part of it is held out: the test data has left its mark on the training data. Split first, and fit on the training part.`,
      severity: "warning",
      related: [{ span: split.origin.span, message: "The data is split here." }],
    };
  }
  yield* wholeDataStatistics(inference);
}

function isTransformer(inference: Inference, { receiver }: CallRecord): boolean {
  const operation = makerOf(inference, receiver)?.operation ?? "";
  return transformers.test(operation) && !harmless.test(operation);
}

/** What was fitted on, or what became of it, is split later. */
function reaches(inference: Inference, fit: CallRecord, split: CallRecord): boolean {
  const transformed = callsOf(inference, "?.transform").filter(({ receiver }) => receiver === fit.receiver);
  const values = [fit.result, ...transformed.map(({ result }) => result), fit.positional[0]];
  return split.positional.some((value) => values.includes(value));
}

function onlyTransform({ origin, operation }: CallRecord): Pick<Finding, "fix"> {
  const callee = callAt(origin.span)?.callee;
  if (operation !== "?.fit_transform" || callee?.kind !== "Attribute") return {};
  return { fix: { title: "Only transform it", edits: [{ span: callee.attribute, text: "transform" }] } };
}

export const testDataLeakage: Rule = {
  id: "test-data-leakage",
  summary: "Statistics are learnt from the test data.",
  category: "data",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "suggested",
  check,
};
