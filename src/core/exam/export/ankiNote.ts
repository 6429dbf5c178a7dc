/** One note of Anki: its fields as HTML with MathJax marks, and numbers that are the same at every export. */
import { strToU8 } from "fflate";
import { escapeHtml, htmlRenderer } from "./html";
import { rubricText, type Item } from "./items";
import { sha1 } from "./sha1";

export interface Note {
  readonly id: number;
  /** What Anki knows a note by. */
  readonly guid: string;
  readonly tags: string;
  readonly fields: string;
  readonly sortField: string;
  readonly checksum: number;
}

const render = htmlRenderer((formula, display) => escapeHtml(display ? `\\[${formula}\\]` : `\\(${formula}\\)`));
const between = "\u001f";

export function noteOf(item: Item): Note {
  const front = `${render(item.prompt)}${optionsOf(item, false)}`;
  const back = `${optionsOf(item, true)}${item.answer === "" ? "" : render(item.answer)}`;
  const rubric = rubricText(item);
  const solution = `${item.solution === "" ? "" : render(item.solution)}${rubric === "" ? "" : render(rubric)}`;
  const { points } = item.part;
  const about = escapeHtml(`${item.bank.title} · ${item.title} · ${points} ${points === 1 ? "point" : "points"}`);
  const sortField = plain(front);
  return {
    id: idFrom(item.key),
    guid: guidOf(item.key),
    tags: ` ${["forward-pass", item.bank.id, ...item.question.topics].map((tag) => tag.replace(/\s+/g, "-")).join(" ")} `,
    fields: [front, back, solution, about].join(between),
    sortField,
    checksum: sha1(strToU8(sortField))[0]!,
  };
}

function optionsOf({ part: { answer } }: Item, solved: boolean): string {
  if (answer.kind !== "single" && answer.kind !== "multiple") return "";
  const options = answer.options.map(({ text, correct, reason }) => {
    const why = solved && reason !== "" ? `<div class="reason">${render(reason)}</div>` : "";
    const mark = solved ? `<span class="mark">${correct ? "✓" : "✗"}</span>` : "";
    return `<li${solved && correct ? ' class="right"' : ""}>${mark}${render(text)}${why}</li>`;
  });
  return `<ol class="options" type="a">${options.join("")}</ol>`;
}

const plain = (html: string): string => html.replace(/<[^>]*>/g, "");

/** As large as a time in milliseconds, which Anki's own ids are. */
export function idFrom(key: string): number {
  const [high = 0, low = 0] = sha1(strToU8(key));
  return 1_300_000_000_000 + (((high & 0x7f) * 2 ** 30 + (low >>> 2)) % 300_000_000_000);
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function guidOf(key: string): string {
  const words = sha1(strToU8(key));
  return Array.from(
    { length: 10 },
    (_letter, place) => letters[(words[place % 5]! >>> (6 * Math.floor(place / 5))) & 63]!,
  ).join("");
}
