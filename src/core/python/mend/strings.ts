/** Where a string literal ends. */

export interface StringEnd {
  readonly end: number;
  /** The quotes that are missing there. */
  readonly unclosed?: string;
}

/** Strings inside the braces of an f-string may use its own quotes (Python 3.12); this many levels are followed. */
const nestingLimit = 8;

const backslash = 92;
const newline = 10;
const carriageReturn = 13;
const braceOpen = 123;
const braceClose = 125;
const quoteCodes = new Set([34, 39]);

/** `opening`: the prefix and the opening quotes, which end at `from`. */
export function stringEnd(text: string, from: number, opening: string, level = 0): StringEnd {
  const quote = opening.charCodeAt(opening.length - 1);
  const quotes = opening.slice(opening.search(/["']/));
  const formatted = level < nestingLimit && /^[rR]?[fFtT]/.test(opening);
  const single = quotes.length === 1;
  let braces = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (single && (code === newline || code === carriageReturn)) return { end: at, unclosed: quotes };
    else if (code === quote && braces === 0) {
      if (single || text.startsWith(quotes, at)) return { end: at + quotes.length };
    } else if (!formatted) continue;
    else if (code === braceOpen && braces === 0 && text.charCodeAt(at + 1) === braceOpen) at++;
    else if (code === braceOpen) braces++;
    else if (code === braceClose && braces > 0) braces--;
    else if (braces > 0 && quoteCodes.has(code)) {
      const inner = text[at]!.repeat(text.startsWith(text[at]!.repeat(3), at) ? 3 : 1);
      const { end, unclosed } = stringEnd(text, at + inner.length, inner, level + 1);
      // An f-string whose brace was never closed ends at its own quotes.
      if (unclosed !== undefined) return { end: text.startsWith(quotes, at) ? at + quotes.length : end };
      at = end - 1;
    }
  }
  return { end: text.length, unclosed: quotes };
}
