/** What the extension and the page “Explanation” say to each other. */

/** A question that teaches what the document is about. */
export interface QuestionLink {
  /** `bank/question`. */
  readonly reference: string;
  readonly title: string;
}

/** Everything that the page shows. */
export interface Explanation {
  readonly rule: string;
  readonly title: string;
  /** One line. */
  readonly summary: string;
  /** Markdown with `$…$`, with headings of the second level. */
  readonly markdown: string;
  readonly questions: readonly QuestionLink[];
}

/** What the page can ask of the extension. */
export interface ExplainHost {
  /** The page is there and listens. */
  ready(argument: null): Explanation;
  openQuestion(reference: string): null;
}

/** What the page keeps, to be opened again after the window was reloaded. */
export interface ExplainMemory {
  readonly rule: string;
}
