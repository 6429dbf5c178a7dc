/** Options of a choice in a text: boxes to tick, or a row of lettered lines. */

export interface FoundOptions {
  /** The first line of the options, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly { readonly text: string; readonly correct: boolean }[];
}

const box =
  /^\s*(?:[-*+•]\s+)?(?:\[([ xX✓✔]?)\]|\(([ xX✓✔]?)\)|([☐□❏❑▢○◯⃝❍◻])|([☑☒✓✔■●◉])|\$?\\(?:square|Box|bigcirc)\$?)\s+(\S.*)$/u;
const letter = /^\s*(?:[-*+•]\s+)?(?:\*\*)?(?:\(([a-hA-H])\)|([a-hA-H])[.):])(?:\*\*)?\s+(\S.*)$/;

/** The first row of options in the lines. Boxes may have blank lines between them, letters not more than one. */
export function findOptions(lines: readonly string[], literal: readonly boolean[]): FoundOptions | undefined {
  return rowOf(lines, literal, readBox) ?? rowOf(lines, literal, readLetter);
}

type Reader = (line: string, place: number) => { readonly text: string; readonly correct: boolean } | undefined;

const readBox: Reader = (line) => {
  const match = box.exec(line);
  if (!match) return undefined;
  return { text: match[5]!, correct: match[4] !== undefined || /[xX✓✔]/.test(match[1] ?? match[2] ?? "") };
};

const readLetter: Reader = (line, place) => {
  const match = letter.exec(line);
  const found = (match?.[1] ?? match?.[2] ?? "").toLowerCase();
  return match && found === String.fromCharCode(97 + place) ? { text: match[3]!, correct: false } : undefined;
};

function rowOf(lines: readonly string[], literal: readonly boolean[], read: Reader): FoundOptions | undefined {
  for (let from = 0; from < lines.length; from++) {
    if (literal[from] || !read(lines[from]!, 0)) continue;
    const options: { text: string; correct: boolean }[] = [];
    let to = from;
    for (let line = from; line < lines.length; line++) {
      const option = literal[line] ? undefined : read(lines[line]!, options.length);
      const last = options.at(-1);
      if (option) options.push({ ...option });
      else if (last && /^\s+\S/.test(lines[line]!) && line === to) last.text += `\n${lines[line]!.trim()}`;
      else if (lines[line]!.trim() === "" && line < to + 2) continue;
      else break;
      to = line + 1;
    }
    if (options.length >= 2) return { from, to, options };
  }
  return undefined;
}
