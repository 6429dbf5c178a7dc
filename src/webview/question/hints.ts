/** Hints, one more at each request. */
import type { Hints } from "../../protocol/question";
import { button, element } from "../ui/element";
import { markdown } from "../ui/markdown";

export interface HintsView {
  readonly node: HTMLElement;
  /** Asks for one more; not there where the question has no hints at all. */
  readonly button: HTMLButtonElement | undefined;
  readonly update: (hints: Hints) => void;
}

export function hintsView(hints: Hints, ask: () => void): HintsView {
  const node = element("div", { class: "hints", role: "status" });
  const asking = hints.left + hints.shown.length > 0 ? button("Hint", ask, { class: "secondary" }) : undefined;
  const update = ({ shown, left }: Hints): void => {
    for (const text of shown.slice(node.childElementCount)) {
      node.append(element("div", { class: "hint" }, markdown(text)));
    }
    if (!asking) return;
    asking.disabled = left === 0;
    asking.textContent = left === 0 ? "No more hints" : `Hint (${left} left)`;
  };
  update(hints);
  return { node, button: asking, update };
}
