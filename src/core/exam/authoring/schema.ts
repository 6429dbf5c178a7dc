/** The front matter of a bank as a JSON schema (draft 7), for editors that complete and check YAML by one. */
import { frontWords, symbolWords } from "./fields";

const text = (description?: string): object => ({ type: "string", description });
const texts = (description?: string): object => ({
  description,
  anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
});
const number = String.raw`-?\d+(\.\d+)?`;

/** What the reader says of a domain in words: formula/symbols.ts reads it. */
const domain = {
  type: "string",
  description: symbolWords.domain,
  pattern: String.raw`^\s*(real|positive|unit|int\s+-?\d+\.\.-?\d+|range\s+${number}\.\.${number})\s*$`,
};

const symbol = {
  anyOf: [
    domain,
    {
      type: "object",
      properties: {
        domain,
        is: texts(symbolWords.is),
        latex: text(symbolWords.latex),
        also: texts(symbolWords.also),
        says: text(symbolWords.says),
        index: { type: "string", description: symbolWords.index, pattern: String.raw`^\s*\d+\.\.\d+\s*$` },
        of: texts(symbolWords.of),
      },
      anyOf: [{ required: ["domain"] }, { required: ["is"] }],
      additionalProperties: false,
    },
  ],
};

export const frontMatterSchema: object = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "The head of a bank of questions",
  type: "object",
  properties: {
    id: text(frontWords.id),
    title: text(frontWords.title),
    course: text(frontWords.course),
    licence: text(frontWords.licence),
    minutes: { type: "number", description: frontWords.minutes },
    symbols: {
      type: "object",
      description: frontWords.symbols,
      propertyNames: { pattern: String.raw`^[A-Za-z]\w*$` },
      additionalProperties: symbol,
    },
  },
  required: ["id", "title"],
  additionalProperties: false,
};
