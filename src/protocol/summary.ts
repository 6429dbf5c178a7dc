/** What the extension and the page “Model summary” say to each other. */
import type { ModelSummary } from "../core/features/summary";

/** Which model of which file, run on which input; kept by the page over a reload. */
export interface SummaryRequest {
  /** The file's URI. */
  readonly uri: string;
  /** An expression in the file's namespace: `Net()`. */
  readonly model: string;
  /** A shape as it was typed; empty where the model is only counted, not run. */
  readonly input: string;
}

export interface SummaryState {
  readonly request: SummaryRequest;
  readonly file: string;
  readonly summary: ModelSummary;
}

/** What the page can ask of the extension. */
export interface SummaryHost {
  /** The page is there and listens. */
  ready(argument: null): SummaryState;
}
