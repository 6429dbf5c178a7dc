/** The arithmetic around names, handed to those that read them. */
import type { Cursor } from "./cursor";
import type { Expression } from "./expression";
import type { Vocabulary } from "./vocabulary";

type Read = (cursor: Cursor, vocabulary: Vocabulary) => Expression;

export interface Grammar {
  readonly expression: Read;
  readonly term: Read;
  readonly power: Read;
  readonly primary: Read;
  readonly startsFactor: (cursor: Cursor) => boolean;
}
