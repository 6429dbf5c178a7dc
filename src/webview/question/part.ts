/** One answer to give: its text, its input, how it is understood, and how it was judged. */
import type { PartState } from "../../protocol/question";
import { element } from "../ui/element";
import { inlineMarkdown, markdown } from "../ui/markdown";
import { pointsText } from "../ui/words";
import type { Actions } from "./actions";
import { confidenceView } from "./confidence";
import { hintsView } from "./hints";
import { inputFor } from "./inputs";
import { readingView } from "./reading";
import { rubricView } from "./rubric";
import { verdictView } from "./verdict";

/** Milliseconds of silence before an answer that is being typed is read. */
const pause = 120;

export interface PartView {
  readonly node: HTMLElement;
  readonly update: (part: PartState) => void;
  /** Moves to what has just been said about the answer. */
  readonly focusResult: () => void;
  readonly focusInput: () => void;
}

/** `alone`: the question has no other part, so this one needs no points of its own. */
export function partView(first: PartState, alone: boolean, actions: Actions): PartView {
  const { id } = first;
  const input = inputFor(first, () => {
    actions.openProgram(id);
  });
  const verdict = verdictView();
  const hints = hintsView(first.hints, () => {
    actions.hint(id);
  });
  const confidence = confidenceView(id);
  const rubric = rubricView((ticked) => {
    actions.check(id, { ...input.read(), ticked }, confidence.read());
  });
  const solution = element("details", { class: "solution", hidden: true }, element("summary", {}, "Worked solution"));
  const isText = first.input === "text";
  const submit = element("button", { type: "submit" }, isText ? "Show model answer" : "Check");
  const reading = readingView(id, ({ text }) => {
    input.write({ text });
    understand();
    input.node.focus();
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  const understand = (): void => {
    clearTimeout(timer);
    if (!form.isConnected) return; // The next question has taken its place.
    const response = input.read();
    void actions.understand(id, response).then((understood) => {
      // Options are their own echo, and so is a free text.
      if (first.input === "line" && input.read().text === response.text) reading.show(understood, response.text ?? "");
    });
  };

  const form = element(
    "form",
    { class: "answer" },
    input.node,
    first.input === "line" ? reading.node : undefined,
    symbolList(first.symbols),
    element("div", { class: "buttons" }, submit, hints.button, confidence.node),
  );
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(understand, pause);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    understand();
    if (isText) actions.compare(id, input.read());
    else actions.check(id, input.read(), confidence.read());
  });

  const update = (part: PartState): void => {
    input.update(part);
    hints.update(part.hints);
    verdict.show(part.verdict);
    rubric.update(part);
    confidence.lock(part.rubric !== undefined);
    submit.hidden = isText && part.rubric !== undefined;
    solution.hidden = part.solution === undefined;
    if (part.solution !== undefined && solution.childElementCount === 1) solution.append(markdown(part.solution));
  };
  update(first);
  if ((first.response.text ?? "") !== "") queueMicrotask(understand);

  return {
    node: element(
      "section",
      { class: alone ? "part alone" : "part" },
      ...(alone
        ? []
        : [element("p", { class: "quiet part-points" }, pointsText(first.points) + (first.due ? " · due" : ""))]),
      first.prompt === "" ? undefined : element("div", { id: `prompt-${id}` }, markdown(first.prompt)),
      ...[hints.node, form, rubric.node, verdict.node, solution],
    ),
    update,
    focusResult: () => {
      const model = verdict.node.childElementCount === 0 ? rubric.node.querySelector("h3") : null;
      (model ?? verdict.node).focus();
    },
    focusInput: () => {
      const field = input.node instanceof HTMLFieldSetElement ? input.node.querySelector("input") : input.node;
      field?.focus({ preventScroll: true });
    },
  };
}

/** How the symbols are typed, for those who ask. */
function symbolList(symbols: readonly string[]): HTMLElement | undefined {
  if (symbols.length === 0) return undefined;
  const rows = symbols.map((text) => element("li", {}, inlineMarkdown(text)));
  return element("details", {}, element("summary", {}, "How to write the symbols"), element("ul", {}, ...rows));
}
