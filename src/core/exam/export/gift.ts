/** GIFT: choices and numbers with their feedback; every other kind of answer is an essay. */
import type { Bank } from "../question";
import { itemsOf, rubricText, type Item } from "./items";
import { acceptedNumbers } from "./numbers";

export function giftText(banks: readonly Bank[]): string {
  return banks
    .flatMap((bank) => [`$CATEGORY: ${bank.title.replaceAll("/", "//")}`, ...itemsOf(bank).map(write)])
    .join("\n\n")
    .concat("\n");
}

function write(item: Item): string {
  return `// ${item.key}\n::${escaped(item.title)}::[markdown]${escaped(item.prompt)} {\n${answers(item).join("\n")}\n}`;
}

function answers(item: Item): string[] {
  const { answer } = item.part;
  const solution = item.solution === "" ? [] : [`####${escaped(item.solution)}`];
  switch (answer.kind) {
    case "single":
      return [
        ...answer.options.map(
          ({ text, correct, reason }) => `${correct ? "=" : "~"}${escaped(text)}${feedback(reason)}`,
        ),
        ...solution,
      ];
    case "multiple": {
      const right = answer.options.filter(({ correct }) => correct).length;
      const share = (correct: boolean): number =>
        Number((correct ? 100 / right : -100 / (answer.options.length - right)).toFixed(5));
      // Without a right option there is nothing to give points for.
      if (right === 0) return [`####${escaped([item.answer, item.solution].join("\n\n").trim())}`];
      return [
        ...answer.options.map(({ text, correct, reason }) => `~%${share(correct)}%${escaped(text)}${feedback(reason)}`),
        ...solution,
      ];
    }
    case "number":
    case "count":
      return [
        "#",
        ...acceptedNumbers(answer).map(
          ({ value, tolerance, credit, says }) =>
            `=${credit === 1 ? "" : `%${100 * credit}%`}${value}:${tolerance}${feedback(says)}`,
        ),
        ...solution,
      ];
    default: {
      const notes = [item.answer, rubricText(item), item.solution].filter((text) => text !== "").join("\n\n");
      return notes === "" ? [] : [`####${escaped(notes)}`];
    }
  }
}

const feedback = (text: string): string => (text === "" ? "" : `#${escaped(text)}`);

/** Its special characters get a backslash; a blank line would end the question. */
function escaped(text: string): string {
  return text
    .replace(/[\\~=#{}:]/g, "\\$&")
    .replace(/\r\n|\r/g, "\n")
    .replace(/\n/g, "\\n");
}
