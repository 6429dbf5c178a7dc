/** The model answer of an open question, and what its student ticks in the own answer. */
import type { Response } from "../../core/exam/answer";
import type { PartState } from "../../protocol/question";
import { element } from "../ui/element";
import { inlineMarkdown, markdown } from "../ui/markdown";
import { plainNumber } from "../ui/words";

export interface RubricView {
  readonly node: HTMLElement;
  readonly update: (part: PartState) => void;
}

/** `count` is called with what is ticked. */
export function rubricView(count: (ticked: readonly number[]) => void): RubricView {
  const node = element("form", { class: "rubric", hidden: true });
  let boxes: readonly HTMLInputElement[] = [];
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    count(boxes.flatMap(({ checked }, place) => (checked ? [place] : [])));
  });
  return {
    node,
    update: ({ id, rubric, response }) => {
      node.hidden = !rubric;
      if (!rubric || boxes.length > 0) return;
      boxes = rubric.items.map((_item, place) => rubricBox(id, place, response));
      const rows = rubric.items.map(({ points, text }, place) =>
        element(
          "div",
          { class: "option" },
          boxes[place],
          element("label", { for: boxes[place]!.id }, inlineMarkdown(text), ` (${signed(points)})`),
        ),
      );
      node.replaceChildren(
        element("h3", { tabindex: -1 }, "Model answer"),
        markdown(rubric.model),
        element("fieldset", { class: "options" }, element("legend", {}, "Tick what your answer contains"), ...rows),
        element("div", { class: "buttons" }, element("button", { type: "submit" }, "Count my points")),
      );
    },
  };
}

function rubricBox(part: string, place: number, { ticked = [] }: Response): HTMLInputElement {
  return element("input", { type: "checkbox", id: `rubric-${part}-${place}`, checked: ticked.includes(place) });
}

const signed = (points: number): string => `${points > 0 ? "+" : "−"}${plainNumber(Math.abs(points))}`;
