/** What stands between the last layer of a network and the loss that reads its outputs. */
import { type Inference } from "../../infer/analysis";
import { type Producer } from "../../ops/value";
import { functionName } from "./flow";
import { behind, isLayout, isWeightLayer } from "./layers";
import { type LossCall, type LossFamily, lossCalls } from "./losses";

/** An operation directly behind a network's last layer, whose result goes into a loss. */
export interface OutputStep {
  readonly producer: Producer;
  readonly loss: LossCall;
}

/** Losses that compare the outputs themselves with targets. */
const families: readonly LossFamily[] = ["cross-entropy", "nll", "bce", "bce-with-logits", "regression"];

/** Those of the file; what makes probabilities of the outputs is passed over. */
export function stepsAtOutput(inference: Inference): OutputStep[] {
  return lossCalls(inference, ...families).flatMap((loss) => {
    const { input } = loss;
    const producer = input?.kind === "tensor" ? behind(input, isLayout, makesProbabilities) : undefined;
    const layer = producer && behind(producer.inputs[0], isLayout);
    const isHere = producer?.origin.path === inference.source.path;
    return isHere && layer && isWeightLayer(layer) ? [{ producer, loss }] : [];
  });
}

function makesProbabilities({ operation }: Producer): boolean {
  return /^((log_)?softmax|sigmoid)$/.test(functionName(operation));
}
