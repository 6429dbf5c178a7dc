/** What the extension and the page “Explanation” say to each other: a rule's document, or a cheat sheet. */

/** A question that teaches what the document is about. */
export interface QuestionLink {
  /** `bank/question`. */
  readonly reference: string;
  readonly title: string;
}

/** What is explained. */
export interface Subject {
  readonly kind: "rule" | "sheet";
  readonly id: string;
}

/** Everything that the page shows. */
export interface Explanation {
  readonly subject: Subject;
  readonly title: string;
  /** The line below the title. */
  readonly label: string;
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
  readonly subject: Subject;
}
