/** How an answer is understood, shown while it is typed and before it is graded. */
import type { Meaning, Reading } from "../../core/exam/answer";
import { button, element, type Child } from "../ui/element";
import { inlineMarkdown } from "../ui/markdown";

export interface ReadingView {
  readonly node: HTMLElement;
  /** `text`: what was read, to show the stretch in it that cannot be understood. */
  readonly show: (reading: Reading, text: string) => void;
}

/** `choose` puts one of several meanings in the place of what was typed. */
export function readingView(id: string, choose: (meaning: Meaning) => void): ReadingView {
  const node = element("div", { id: `reading-${id}`, class: "reading", role: "status" });
  return {
    node,
    show: (reading, text) => {
      node.classList.toggle("unreadable", reading.state === "unreadable");
      node.replaceChildren(...contentOf(reading, text, choose));
    },
  };
}

function contentOf(reading: Reading, text: string, choose: (meaning: Meaning) => void): Node[] {
  switch (reading.state) {
    case "empty":
      return [];
    case "read": {
      const note = reading.note === undefined ? "" : ` (${reading.note})`;
      return [line("Read as: ", inlineMarkdown(reading.echo), inlineMarkdown(note))];
    }
    case "unreadable":
      return [line(inlineMarkdown(reading.problem), ...place(text, reading.span))];
    case "ambiguous": {
      const choices = reading.meanings.map((meaning) => {
        const made = button("", () => {
          choose(meaning);
        }, { class: "secondary" }); // prettier-ignore
        made.append(inlineMarkdown(meaning.echo));
        return made;
      });
      return [line(inlineMarkdown(reading.ask)), element("div", { class: "buttons" }, ...choices)];
    }
  }
}

const line = (...children: readonly Child[]): HTMLElement => element("p", {}, ...children);

/** The input with the stretch marked that is not understood. */
function place(text: string, span: { start: number; end: number } | undefined): readonly Child[] {
  if (!span || span.start >= text.length) return [];
  const end = Math.max(span.end, span.start + 1);
  const marked = element("mark", {}, text.slice(span.start, end));
  return [" ", element("code", {}, text.slice(0, span.start), marked, text.slice(end))];
}
