/** What can be written at a place of a bank. */
import type { SourceText, Span } from "../../text/source";
import type { Bank } from "../question";
import { isKind } from "../kinds/registry";
import {
  attributeWords,
  fenceWords,
  figureFields,
  figureKindWords,
  frontWords,
  kindFields,
  kindWords,
  missingWords,
  symbolWords,
} from "./fields";
import { placeAt } from "./place";

export interface Completion {
  readonly label: string;
  readonly detail: string;
  /** What takes the place of `span`; `${1}` stands where the cursor goes. */
  readonly insert: string;
  readonly span: Span;
}

/** The completions at an offset, the written beginning included. `bank` is what was read of the same text. */
export function completeBank(source: SourceText, offset: number, bank: Bank): readonly Completion[] {
  const place = placeAt(source, offset);
  const { before, fence } = place;
  const offer = (words: Readonly<Record<string, string>>, written: string, ending: string): Completion[] =>
    Object.entries(words).map(([label, detail]) => ({
      label,
      detail,
      insert: label + ending,
      span: { start: offset - written.length, end: offset },
    }));
  const name = /^(\w*)$/.exec(before)?.[1];
  if (place.front) {
    const field = /^ {3,}(\w*)$/.exec(before)?.[1];
    if (field !== undefined) return offer(symbolWords, field, ": ");
    return name === undefined ? [] : offer(frontWords, name, ": ");
  }
  if (fence === "answer") {
    const kind = /^kind:\s*(\w*)$/.exec(before)?.[1];
    if (kind !== undefined) return offer(kindWords, kind, "");
    const symbol = /^symbols:\s*\[?(?:[\w\s]*,\s*)*(\w*)$/.exec(before)?.[1];
    if (symbol !== undefined)
      return offer(Object.fromEntries(bank.symbols.map(({ name: own, says }) => [own, says])), symbol, "");
    if (name === undefined) return [];
    const fields = place.kind !== undefined && isKind(place.kind) ? kindFields[place.kind] : {};
    return offer(place.kind === undefined ? { kind: "how it is answered" } : fields, name, ": ");
  }
  if (fence === "figure") {
    const kind = /^kind:\s*(\w*)$/.exec(before)?.[1];
    if (kind !== undefined) return offer(figureKindWords, kind, "");
    if (name === undefined) return [];
    const fields = Object.hasOwn(figureFields, place.kind ?? "") ? figureFields[place.kind!]! : {};
    return offer(place.kind === undefined ? { kind: "what is drawn" } : fields, name, ": ");
  }
  if (fence === "missing") return name === undefined ? [] : offer(missingWords, name, "");
  if (fence !== undefined) return [];
  const opening = /^\s*```(\w*)$/.exec(before)?.[1];
  if (opening !== undefined) return offer(fenceWords, opening, "\n${1}\n```");
  return attributes(before, bank, offer);
}

type Offer = (words: Readonly<Record<string, string>>, written: string, ending: string) => Completion[];

/** Inside the braces of a heading. */
function attributes(before: string, bank: Bank, offer: Offer): readonly Completion[] {
  const match = /^(#{2,3})\s.*\{([^{}]*)$/.exec(before);
  if (!match) return [];
  const topic = /topics=(?:[^\s,]*,)*([^\s,]*)$/.exec(match[2]!)?.[1];
  if (topic !== undefined) return offer(topicsOf(bank), topic, "");
  const written = /(?:^|\s)(\w*)$/.exec(match[2]!)?.[1];
  if (written === undefined) return [];
  return offer(match[1] === "##" ? attributeWords : { pts: attributeWords.pts! }, written, "=");
}

/** The topics in use, with how often. */
function topicsOf({ questions, drills }: Bank): Record<string, string> {
  const counts = new Map<string, number>();
  for (const topic of [...questions, ...drills].flatMap(({ topics }) => topics))
    counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return Object.fromEntries(
    [...counts].sort().map(([topic, count]) => [topic, count === 1 ? "1 question" : `${count} questions`]),
  );
}
