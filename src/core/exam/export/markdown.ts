/** An exam sheet in Markdown, with or without solutions. */
import { figuresInWords } from "../figure/text";
import type { Bank } from "../question";
import { pointsText, sheetOf, type SheetBlock, type SheetOption } from "./sheet";

export function markdownSheet(bank: Bank, solutions: boolean): string {
  const blocks = sheetOf(bank, solutions).map(write);
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function write(block: SheetBlock): string {
  switch (block.kind) {
    case "title":
      return [`# ${block.text}`, block.details.join(" · ")].filter((line) => line !== "").join("\n\n");
    case "section":
      return `## ${block.text}`;
    case "question":
      return `### ${block.number}. ${block.title} (${pointsText(block.points)})`;
    case "part":
      return `**${block.letter})** (${pointsText(block.points)})`;
    case "text":
      return figuresInWords(block.text);
    case "options":
      return block.options.map(writeOption).join("\n");
    case "room":
      return "";
    case "solution":
      return quote(`**${block.name}.**${block.text.startsWith("- ") ? "\n\n" : " "}${figuresInWords(block.text)}`);
  }
}

function writeOption({ text, correct, reason }: SheetOption): string {
  const lines = [text, ...(reason === "" ? [] : ["", quote(reason)])].join("\n");
  return `- [${correct ? "x" : " "}] ${lines.replace(/\n(?=.)/g, "\n  ")}`;
}

const quote = (text: string): string => text.replace(/^/gm, "> ").replace(/ +$/gm, "");
