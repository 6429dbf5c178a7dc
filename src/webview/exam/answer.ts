/** One answer of a mock exam: while it is sat an input that is kept as it is typed, afterwards what it was worth and why. */
import type { Reading, Response } from "../../core/exam/answer";
import type { PartState } from "../../protocol/question";
import { inputFor } from "../question/inputs";
import { readingView } from "../question/reading";
import { rubricView } from "../question/rubric";
import { verdictView } from "../question/verdict";
import { element } from "../ui/element";
import { inlineMarkdown, markdown } from "../ui/markdown";
import { pointsText } from "../ui/words";

/** Milliseconds of silence before what is typed is kept. */
const pause = 150;

export interface AnswerActions {
  readonly ended: boolean;
  readonly answer: (response: Response) => Promise<Reading>;
  readonly openProgram: () => void;
  readonly tick: (response: Response) => void;
  readonly problem: (problem: unknown) => void;
}

export function answerView(part: PartState, alone: boolean, actions: AnswerActions): HTMLElement {
  const input = inputFor(part, actions.openProgram);
  const shown = actions.ended
    ? [disabled(input.node), ...afterwards(part, actions)]
    : whileSitting(part, input, actions);
  return element(
    "section",
    { class: alone ? "part alone" : "part" },
    alone ? undefined : element("p", { class: "quiet part-points" }, pointsText(part.points)),
    part.prompt === "" ? undefined : element("div", { id: `prompt-${part.id}` }, markdown(part.prompt)),
    element("div", { class: "answer" }, ...shown),
  );
}

function whileSitting(part: PartState, input: ReturnType<typeof inputFor>, actions: AnswerActions): Node[] {
  // What is in the editor is not the page's to keep.
  if (part.input === "code") return [input.node];
  const reading = readingView(part.id, ({ text }) => {
    input.write({ text });
    keep();
    input.node.focus();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    const response = input.read();
    actions.answer(response).then((understood) => {
      if (part.input === "line" && input.read().text === response.text) reading.show(understood, response.text ?? "");
    }, actions.problem);
  };
  input.node.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  });
  // Who leaves the field may leave the page.
  input.node.addEventListener("focusout", () => {
    if (timer !== undefined) keep();
    timer = undefined;
  });
  if ((part.response.text ?? "") !== "") queueMicrotask(keep);
  const symbols = part.symbols.map((text) => element("li", {}, inlineMarkdown(text)));
  return [
    input.node,
    ...(part.input === "line" ? [reading.node] : []),
    ...(symbols.length > 0
      ? [element("details", {}, element("summary", {}, "How to write the symbols"), element("ul", {}, ...symbols))]
      : []),
  ];
}

function afterwards(part: PartState, actions: AnswerActions): Node[] {
  const verdict = verdictView();
  verdict.show(part.verdict);
  const rubric = rubricView((ticked) => {
    actions.tick({ ...part.response, ticked });
  });
  rubric.update(part);
  const solution =
    part.solution === undefined
      ? []
      : [element("details", { class: "solution" }, element("summary", {}, "Worked solution"), markdown(part.solution))];
  return [verdict.node, rubric.node, ...solution];
}

function disabled(node: HTMLElement): HTMLElement {
  for (const field of [node, ...node.querySelectorAll("input, textarea")])
    if (field instanceof HTMLTextAreaElement) field.readOnly = true;
    else if (field instanceof HTMLInputElement && field.type === "text") field.readOnly = true;
    else if (field instanceof HTMLInputElement) field.disabled = true;
  return node;
}
