/** How an answer was judged: points in the first line, then what there is to say. */
import type { Verdict } from "../../protocol/question";
import { element } from "../ui/element";
import { inlineMarkdown, markdown } from "../ui/markdown";
import { ofPoints } from "../ui/words";

export interface VerdictView {
  readonly node: HTMLElement;
  readonly show: (verdict: Verdict | undefined) => void;
}

export function verdictView(): VerdictView {
  const node = element("div", { class: "verdict", role: "status", tabindex: -1 });
  return {
    node,
    show: (verdict) => {
      node.className = `verdict ${verdict ? classOf(verdict) : ""}`;
      node.replaceChildren(...(verdict ? contentOf(verdict) : []));
    },
  };
}

const marks = {
  right: { sign: "✓", word: "Right" },
  partly: { sign: "◐", word: "Partly right" },
  wrong: { sign: "✗", word: "Not right" },
};

function degree(fraction: number): keyof typeof marks {
  return fraction >= 1 ? "right" : fraction > 0 ? "partly" : "wrong";
}

const classOf = (verdict: Verdict): string => (verdict.state === "graded" ? degree(verdict.fraction) : "open");

function contentOf(verdict: Verdict): readonly Node[] {
  switch (verdict.state) {
    case "graded": {
      const { sign, word } = marks[degree(verdict.fraction)];
      const points = verdict.points ? ` · ${ofPoints(verdict.points)}` : "";
      const first = element(
        "p",
        { class: "points" },
        element("span", { "aria-hidden": "true" }, `${sign} `),
        word,
        points,
      );
      return [first, ...verdict.feedback.filter((text) => text !== `${word}.`).map(markdown)];
    }
    case "unreadable":
      return [element("p", {}, element("strong", {}, "Not graded yet. "), inlineMarkdown(verdict.problem))];
    case "self":
      return [...verdict.feedback.map(markdown), element("p", {}, "Compare your answer with the model answer.")];
  }
}
