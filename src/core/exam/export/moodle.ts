/** Moodle XML: choices and numbers with their feedback; every other kind of answer is an essay with notes for the marker. */
import { expected } from "../kinds/registry";
import type { ChoiceOption } from "../answer";
import type { Bank } from "../question";
import { escapeHtml, htmlRenderer } from "./html";
import { itemsOf, rubricText, type Item } from "./items";
import { acceptedNumbers } from "./numbers";

/** The marks that Moodle's MathJax filter looks for. */
const render = htmlRenderer((formula, display) => escapeHtml(display ? `\\[${formula}\\]` : `\\(${formula}\\)`));

export function moodleXml(banks: readonly Bank[]): string {
  const questions = banks.flatMap((bank) => [category(bank), ...itemsOf(bank).map(write)]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${questions.join("\n")}\n</quiz>\n`;
}

const category = ({ title }: Bank): string =>
  `<question type="category"><category><text>${escapeHtml(`$course$/${title.replaceAll("/", "//")}`)}</text></category></question>`;

function write(item: Item): string {
  const { answer } = item.part;
  switch (answer.kind) {
    case "single":
      return question("multichoice", item, choice(answer.options, true));
    case "multiple":
      // Moodle takes no choice without a right option.
      return answer.options.some(({ correct }) => correct)
        ? question("multichoice", item, choice(answer.options, false))
        : essay(item);
    case "number":
    case "count":
      return question("numerical", item, acceptedNumbers(answer).map(number));
    default:
      return essay(item);
  }
}

function question(type: string, item: Item, inner: readonly string[]): string {
  return [
    `<question type="${type}">`,
    `<name><text>${escapeHtml(item.title)}</text></name>`,
    html("questiontext", item.prompt),
    html("generalfeedback", item.solution),
    `<defaultgrade>${item.part.points}</defaultgrade>`,
    `<penalty>0</penalty>`,
    `<idnumber>${escapeHtml(item.key)}</idnumber>`,
    ...inner,
    ...item.part.hints.concat(item.question.hints).map((hint) => html("hint", hint)),
    `<tags>${item.question.topics.map((topic) => `<tag><text>${escapeHtml(topic)}</text></tag>`).join("")}</tags>`,
    `</question>`,
  ].join("\n");
}

/** Right options share the whole; wrong ones take as much away together. */
function choice(options: readonly ChoiceOption[], single: boolean): string[] {
  const right = options.filter(({ correct }) => correct).length;
  const fraction = ({ correct }: ChoiceOption): number => {
    if (correct) return 100 / right;
    return single ? 0 : -100 / (options.length - right);
  };
  return [
    `<single>${single}</single>`,
    `<shuffleanswers>true</shuffleanswers>`,
    `<answernumbering>abc</answernumbering>`,
    ...options.map((option) => answerElement(fraction(option), option.text, option.reason)),
  ];
}

const answerElement = (fraction: number, text: string, reason: string): string =>
  `<answer fraction="${Number(fraction.toFixed(5))}" format="html"><text>${cdata(render(text))}</text>${html("feedback", reason)}</answer>`;

function number({ value, tolerance, credit, says }: ReturnType<typeof acceptedNumbers>[number]): string {
  return `<answer fraction="${Number((100 * credit).toFixed(5))}" format="plain_text"><text>${value}</text>${html("feedback", says)}<tolerance>${tolerance}</tolerance></answer>`;
}

function essay(item: Item): string {
  const { answer } = item.part;
  const options = answer.kind === "multiple" ? answer.options.map(({ text }) => `- ${text}`).join("\n") : "";
  const model = [expected(answer), rubricText(item)].filter((text) => text !== "").join("\n\n");
  return question("essay", { ...item, prompt: [item.prompt, options].filter((text) => text !== "").join("\n\n") }, [
    `<responseformat>editor</responseformat>`,
    `<responserequired>1</responserequired>`,
    `<responsefieldlines>${answer.kind === "open" ? 10 : 3}</responsefieldlines>`,
    `<attachments>0</attachments>`,
    html("graderinfo", model),
  ]);
}

const html = (name: string, markdown: string): string =>
  `<${name} format="html"><text>${cdata(markdown === "" ? "" : render(markdown))}</text></${name}>`;

const cdata = (text: string): string => (text === "" ? "" : `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`);
