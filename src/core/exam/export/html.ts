/** Markdown with mathematics as HTML, and an exam sheet as one file that prints well: nothing is loaded from anywhere. */
import { tex } from "@mdit/plugin-tex";
import katex from "katex";
import MarkdownIt from "markdown-it";
import { printStyle, svgOf, svgText } from "../figure/svg";
import { figureOf } from "../figure/text";
import type { Bank } from "../question";
import { pointsText, sheetOf, type SheetBlock, type SheetOption } from "./sheet";

/** Writes a formula; what it returns goes into the HTML as it is. */
export type MathWriter = (formula: string, display: boolean) => string;

/** Renders Markdown; HTML in it stays text, and pictures are left out. */
export function htmlRenderer(math: MathWriter): (markdown: string) => string {
  const reader = new MarkdownIt({ html: false }).disable("image").use(tex, {
    delimiters: "dollars",
    render: (formula: string, display: boolean) => math(formula.trim(), display),
  });
  const fence = reader.renderer.rules.fence!;
  reader.renderer.rules.fence = (tokens, place, ...more) => {
    const { info, content } = tokens[place]!;
    return info.trim() === "figure" ? figureHtml(content) : fence(tokens, place, ...more);
  };
  return (markdown) => reader.render(markdown).trim();
}

/** The picture, or its words. */
function figureHtml(yaml: string): string {
  const shown = figureOf(yaml);
  return "drawing" in shown ? svgText(svgOf(shown.drawing)) : `<p>Figure: ${escapeHtml(shown.says)}</p>`;
}

export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** MathML, which browsers show and print without fonts of ours. */
const mathMl: MathWriter = (formula, displayMode) =>
  katex.renderToString(formula, { displayMode, output: "mathml", throwOnError: false, strict: "ignore", trust: false });

export function htmlSheet(banks: readonly Bank[], solutions: boolean): string {
  const render = htmlRenderer(mathMl);
  const questions: string[][] = [];
  for (const block of banks.flatMap((bank) => sheetOf(bank, solutions))) {
    if (block.kind === "title" || block.kind === "question" || block.kind === "section") questions.push([]);
    questions.at(-1)!.push(write(block, render));
  }
  const body = questions.map((blocks) => `<section>\n${blocks.join("\n")}\n</section>`).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(banks.map(({ title }) => title).join(", "))}</title>
<style>${style}${printStyle}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const style = `
body { font: 11pt/1.45 serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { font-family: sans-serif; line-height: 1.2; break-after: avoid; }
h3 { display: flex; justify-content: space-between; gap: 1rem; font-size: 1.05rem; }
.points { font-weight: normal; white-space: nowrap; }
.part { font-family: sans-serif; break-after: avoid; }
.options { list-style: none; padding-left: 0; }
.options > li { display: flex; gap: 0.6rem; margin: 0.3rem 0; break-inside: avoid; }
.options p { margin: 0; }
.reason { font-size: 0.92em; font-style: italic; }
.solution { border-left: 3px solid #777; margin: 0.6rem 0; padding: 0.1rem 0.8rem; background: #f4f4f4; }
.room { border-bottom: 1px solid #bbb; height: 1.9em; }
pre { overflow-x: auto; white-space: pre-wrap; border: 1px solid #ccc; padding: 0.5rem; font-size: 0.9em; }
table { border-collapse: collapse; } td, th { border: 1px solid #999; padding: 0.2rem 0.5rem; }
math[display="block"] { margin: 0.6rem 0; }
@page { margin: 2cm; }
@media print { body { margin: 0; max-width: none; padding: 0; } pre, .solution, table { break-inside: avoid; } }
`;

function write(block: SheetBlock, render: (markdown: string) => string): string {
  switch (block.kind) {
    case "title":
      return `<h1>${inline(block.text, render)}</h1>\n<p>${block.details.map(escapeHtml).join(" · ")}</p>`;
    case "section":
      return `<h2>${inline(block.text, render)}</h2>`;
    case "question":
      return `<h3><span>${block.number}. ${inline(block.title, render)}</span> <span class="points">${pointsText(block.points)}</span></h3>`;
    case "part":
      return `<p class="part"><strong>${block.letter})</strong> <span class="points">${pointsText(block.points)}</span></p>`;
    case "text":
      return render(block.text);
    case "options":
      return `<ul class="options">\n${block.options.map((option) => writeOption(option, render)).join("\n")}\n</ul>`;
    case "room":
      return `<div class="room"></div>\n`.repeat(block.lines).trimEnd();
    case "solution":
      return `<div class="solution"><strong>${block.name}.</strong>\n${render(block.text)}</div>`;
  }
}

/** A paragraph's inside. */
const inline = (markdown: string, render: (markdown: string) => string): string =>
  render(markdown.replace(/^(?=[\d#>+-])/, "\\")).replace(/^<p>|<\/p>$/g, "");

function writeOption({ text, correct, reason }: SheetOption, render: (markdown: string) => string): string {
  const why = reason === "" ? "" : `<div class="reason">${render(reason)}</div>`;
  return `<li><span>${correct ? "☒" : "☐"}</span><div>${render(text)}${why}</div></li>`;
}
