/** A generator whose samples are judged against the label that the discriminator learns for fakes: it is taught to be found out. */
import { type Inference } from "../../infer/analysis";
import { type Producer, type TensorValue } from "../../ops/value";
import { type Finding, type Rule } from "../define";
import { constantAt } from "../reading/constantTensors";
import { functionName, handsOn } from "../reading/flow";
import { reachOf, tensorsOf } from "../reading/graph";
import { flowOf } from "../reading/layers";
import { forwardsOf } from "../reading/modes";
import { objectivesOf } from "../reading/objectives";
import { type Update, parametersHeld, updatesOf } from "../reading/updates";

const losses = /\.(BCELoss|BCEWithLogitsLoss|binary_cross_entropy(_with_logits)?|MSELoss|mse_loss)$/;

/** A loss against one label for the whole batch that some optimizer makes small. */
interface Judgement {
  readonly producer: Producer;
  readonly scores: TensorValue;
  readonly label: number;
  /** The parameters that are stepped on it. */
  readonly held: ReadonlySet<number>;
}

function* check(inference: Inference): Iterable<Finding> {
  const updates = updatesOf(inference);
  if (new Set(updates.flatMap(({ steps }) => steps.map(({ object }) => object))).size < 2) return;
  const judgements = updates.flatMap((update) => judgementsIn(update, inference));
  const seen = new Set<number>();
  for (const made of judgements) {
    const { origin } = made.producer;
    if (origin.path !== inference.source.path || seen.has(origin.span.start)) continue;
    const found = judgements.find((judged) => judged.label === made.label && isOfFakes(judged, made));
    if (!found) continue;
    seen.add(origin.span.start);
    yield {
      span: origin.span,
      message: `The generator is stepped on its samples being labelled ${made.label}, which is what the discriminator learns to say of fakes: it is taught to be found out. Give them the label of real samples here.`,
      related:
        found.producer.origin.path === origin.path
          ? [{ span: found.producer.origin.span, message: "The label of fakes, for the discriminator." }]
          : [],
    };
  }
}

function judgementsIn({ losses: backwards, steps }: Update, inference: Inference): Judgement[] {
  const each = steps.map(({ object }) => parametersHeld(object, inference));
  if (each.length === 0 || each.some((ids) => !ids)) return [];
  const held = new Set(each.flatMap((ids) => [...ids!]));
  const calls = new Set(backwards.map(({ call }) => call));
  const terms = objectivesOf(inference).flatMap((objective) => (calls.has(objective.call) ? objective.terms : []));
  return terms.flatMap(({ base, factor }): Judgement[] => {
    const producer = base.kind === "tensor" && factor > 0 ? base.of.producer : undefined;
    const [scores, target] = [producer?.values?.get("input"), producer?.values?.get("target")];
    const reader = producer && losses.test(producer.operation) ? flowOf(inference).callOf(producer) : undefined;
    if (!producer || !reader || scores?.kind !== "tensor" || target?.kind !== "tensor") return [];
    if (!isOutput(scores, inference)) return [];
    const label = constantAt(target, reader, inference);
    return label === undefined ? [] : [{ producer, scores, label, held }];
  });
}

/** What a network says, and no comparison of two answers: in that real samples may be the ones that count as fake. */
function isOutput(scores: TensorValue, inference: Inference): boolean {
  let { producer } = scores;
  while (producer && (handsOn(producer) || functionName(producer.operation) === "sigmoid")) {
    if (isGiven(producer, inference)) return true;
    producer = producer.inputs[0]?.producer;
  }
  return producer !== undefined && isGiven(producer, inference);
}

function isGiven(producer: Producer, inference: Inference): boolean {
  return forwardsOf(inference).some(({ call }) => tensorsOf(call.result).some((given) => given.producer === producer));
}

/** Whether one judgement trains a discriminator on detached samples of the generator that the other one trains. */
function isOfFakes(judged: Judgement, made: Judgement): boolean {
  const [learnt, generated] = [reachOf(judged.scores), reachOf(made.scores)];
  const isMaker = [...made.held].some((id) => learnt.behindCuts.has(id) && generated.parameters.has(id));
  const isJudge = [...judged.held].some((id) => learnt.parameters.has(id) && generated.parameters.has(id));
  return isMaker && isJudge && ![...made.held].some((id) => judged.held.has(id));
}

export const generatorGivenFakeLabels: Rule = {
  id: "generator-given-fake-labels",
  summary: "The generator is trained towards the label of fakes.",
  category: "loss",
  severity: "error",
  confidence: "likely",
  preset: "recommended",
  needs: "dataflow",
  fix: "none",
  check,
};
