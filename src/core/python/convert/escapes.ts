/** The value of a string literal's source text: escape sequences, doubled braces of f-strings, line ends. */

export interface LiteralStyle {
  readonly raw: boolean;
  readonly bytes: boolean;
  /** `{{` stands for `{`. */
  readonly formatted: boolean;
}

const simple: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const escape =
  /\\(?:\n|([\\'"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{[^}\n]*\})/g;

/** Bytes come out as one character per byte. `\N{…}` comes out as U+FFFD: the names of characters are not known here. */
export function literalValue(source: string, style: LiteralStyle): string {
  const lines = source.includes("\r") ? source.replace(/\r\n?/g, "\n") : source;
  if (!style.formatted) return style.raw ? lines : unescape(lines, style.bytes);
  // A `\N{…}` keeps its braces; every other pair of braces is one brace.
  const pieces = style.raw ? [lines] : lines.split(/(\\N\{[^}\n]*\})/);
  const text = pieces.map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/\{\{|\}\}/g, single))).join("");
  return style.raw ? text : unescape(text, style.bytes);
}

function single(pair: string): string {
  return pair.slice(1);
}

function unescape(text: string, bytes: boolean): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    escape,
    (whole, letter?: string, octal?: string, hex?: string, short?: string, long?: string): string => {
      if (whole === "\\\n") return "";
      if (letter !== undefined) return simple[letter]!;
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & (bytes ? 0xff : 0x1ff));
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (bytes) return whole;
      return codePoint(short ?? long);
    },
  );
}

function codePoint(hex: string | undefined): string {
  const value = hex === undefined ? Infinity : Number.parseInt(hex, 16);
  return value <= 0x10ffff ? String.fromCodePoint(value) : "\ufffd";
}
