/** Looks for lines of an imported text in its draft; knows nothing of how the import works. */

/** The lines, not blank, that are not in the draft: their words in their order, or for a label and points their numbers. */
export function lostLines(text: string, draft: string): string[] {
  const all = letters(draft);
  return text
    .split(/\r\n|\n|\r|\f/)
    .filter((line) => line.trim() !== "")
    .filter((line) => !all.includes(letters(line)) && !isCarried(line, all, draft));
}

const letters = (text: string): string => text.replace(/[^\p{L}\p{N}∂∑=^+/<>|≥≤]/gu, "");

const label =
  /^[\s#*_>•+-]*(?:\\item\s*)?(?:(?:exercise|question|part)\s*\w+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})(?:[.-]?\(?(?:\d{1,2}|[a-h]))?[.:)]*)[\s*_$]*/i;
const box = /^\s*(?:[-*+]\s+)?(?:[☐☑]|\[[ x]\]|\( \)|\(?[a-hA-H][.)])\s*/;
const answerWord = /^\s*(?:Solution|Answer)\s*[:.]/;
const points = /[([{*_$\s]*(?:points:\s*)?(?:\d+(?:\.\d+)?)\s*(?:\*\*)?\s*(?:points?|pts?|p)?\b[)\]}*_$\s]*/i;

const marks = [label, box, answerWord, points];

/** Whether the line is there without its label and its points, and these are in a heading. */
function isCarried(line: string, all: string, draft: string): boolean {
  let rests = [line];
  for (let step = 0; step < 4; step++) {
    const shorter = rests.flatMap((rest) => [...marks.flatMap((mark) => without(rest, mark)), ...withoutEnd(rest)]);
    rests = [...new Set([...rests, ...shorter])];
  }
  if (!rests.some((rest) => all.includes(letters(rest)))) return false;
  const worth = /(\d+(?:\.\d+)?)\s*\**\s*(?:points?|pts?|p)\b|points: (\d+)|\/(\d+)\s*$|\[\**(\d+)/i.exec(line);
  const number = worth?.slice(1).find(Boolean);
  const unlabelled = [line, ...without(line, label), ...without(line, box)];
  return (
    number === undefined ||
    [`pts=${number}`, `the text gives ${number},`].some((place) => draft.includes(place)) ||
    unlabelled.some((rest) => all.includes(letters(rest)))
  );
}

function without(line: string, mark: RegExp): string[] {
  const match = mark.exec(line);
  return match?.index === 0 ? [line.slice(match[0].length)] : [];
}

function withoutEnd(line: string): string[] {
  const match = /[\s–—-]*(?:\(\d+(?:\.\d+)? ?(?:points?|pts?)\)|\[\d+(?:pts)?\]|\/\d+|\d+pts)\s*$/i.exec(line);
  return match ? [line.slice(0, match.index)] : [];
}
