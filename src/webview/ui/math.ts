/** Mathematics, set in the page: KaTeX then writes styles through the DOM, which the content security policy allows. */
import katex from "katex";
import "katex/dist/katex.min.css";

/** Replaces the TeX inside an element by its rendering; what cannot be read stays there, marked, with the reason. */
export function renderMath(target: HTMLElement, displayMode: boolean): void {
  const tex = target.textContent;
  katex.render(tex, target, {
    displayMode,
    throwOnError: false,
    errorColor: "var(--vscode-errorForeground)",
    strict: "ignore",
    trust: false,
  });
}
