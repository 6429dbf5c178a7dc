/** Markdown with mathematics, rendered strictly: shared by the tests of texts that students read. */
import { tex } from "@mdit/plugin-tex";
import katex from "katex";
import MarkdownIt from "markdown-it";

export interface Rendered {
  /** Without code, and without the source of the formulas: a dollar in here was meant to hold mathematics. */
  readonly html: string;
  readonly formulas: number;
}

let formulas = 0;
const markdown = new MarkdownIt({ html: false }).use(tex, {
  delimiters: "dollars",
  render: (content: string, displayMode: boolean) => {
    formulas++;
    return katex.renderToString(content, { displayMode, throwOnError: true, strict: "error" });
  },
});

/** Throws on mathematics that KaTeX refuses. */
export function rendered(text: string): Rendered {
  formulas = 0;
  const html = markdown.render(text).replace(/<code[\s\S]*?<\/code>|<annotation[\s\S]*?<\/annotation>/g, "");
  return { html, formulas };
}
