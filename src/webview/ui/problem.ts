/** What the page says when the extension cannot do what it was asked. */
import { element } from "./element";

/** Puts the problem above everything else, in the place of an earlier one; what was typed stays. */
export function showProblem(main: HTMLElement, problem: unknown): void {
  const words = problem instanceof Error ? problem.message : String(problem);
  main.querySelector(".problem")?.remove();
  const shown = element("p", { role: "alert", class: "problem", tabindex: -1 }, words);
  main.prepend(shown);
  shown.focus();
}
