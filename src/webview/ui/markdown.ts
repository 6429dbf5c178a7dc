/** Markdown with `$…$`, as elements. HTML in the text stays text, and nothing is loaded from anywhere. */
import { tex } from "@mdit/plugin-tex";
import MarkdownIt from "markdown-it";
import { element } from "./element";
import { figureView } from "./figure";
import { renderMath } from "./math";
import { highlightPython } from "./python";

const reader: MarkdownIt = createReader();

function createReader(): MarkdownIt {
  const made = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable("image");
  made.use(tex, {
    delimiters: "dollars",
    render: (content: string, display: boolean): string => {
      const tag = display ? "div" : "span";
      return `<${tag} class="math">${made.utils.escapeHtml(content)}</${tag}>`;
    },
  });
  made.validateLink = (address) => /^(https?:|mailto:|#)/i.test(address);
  for (const rule of ["th_open", "td_open"]) {
    // Markdown-it aligns cells by styles in the text, which the content security policy forbids.
    made.renderer.rules[rule] = (tokens, place, options, _environment, self) => {
      const cell = tokens[place]!;
      const side = /left|center|right/.exec(cell.attrGet("style") ?? "");
      cell.attrs = side ? [["class", `align-${side[0]}`]] : null;
      return self.renderToken(tokens, place, options);
    };
  }
  return made;
}

/** A block of text. */
export function markdown(text: string): HTMLDivElement {
  const target = element("div", { class: "markdown" });
  target.innerHTML = reader.render(text);
  finish(target);
  return target;
}

/** Text inside a line. */
export function inlineMarkdown(text: string): HTMLSpanElement {
  const target = element("span", {});
  target.innerHTML = reader.renderInline(text);
  finish(target);
  return target;
}

function finish(target: HTMLElement): void {
  for (const node of target.querySelectorAll<HTMLElement>(".math")) renderMath(node, node.tagName === "DIV");
  for (const code of target.querySelectorAll("pre > code.language-figure"))
    code.parentElement!.replaceWith(figureView(code.textContent));
  for (const code of target.querySelectorAll<HTMLElement>("pre > code.language-python, pre > code.language-py")) {
    highlightPython(code);
  }
  for (const table of target.querySelectorAll("table")) {
    const frame = element("div", { class: "scroll" });
    table.replaceWith(frame);
    frame.append(table);
  }
  // What is wider than the page is scrolled by the keyboard, too.
  for (const wide of target.querySelectorAll<HTMLElement>("pre, .scroll")) wide.tabIndex = 0;
}
