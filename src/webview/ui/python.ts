/** Colours for Python in code blocks: comments, strings and keywords, which is what the eye looks for. */
import { element } from "./element";

const keywords =
  "and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|raise|return|try|while|with|yield|None|True|False";

const token = new RegExp(
  [
    String.raw`(?<comment>#[^\n]*)`,
    String.raw`(?<string>[rbfuRBFU]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))`,
    String.raw`(?<keyword>\b(?:${keywords})\b)`,
  ].join("|"),
  "g",
);

/** Wraps the tokens of a code element in spans with the token's name as class. */
export function highlightPython(code: HTMLElement): void {
  const text = code.textContent;
  const pieces: (Node | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(token)) {
    const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
    const name = Object.keys(groups).find((group) => groups[group] !== undefined) ?? "";
    pieces.push(text.slice(at, match.index), element("span", { class: `token-${name}` }, match[0]));
    at = match.index + match[0].length;
  }
  code.replaceChildren(...pieces, text.slice(at));
}
