/** The schedule in few bytes, for carrying it between a student's machines: one card for each part, without the answers. */
import type { Card } from "ts-fsrs";
import type { Scheduled } from "./schedule";

/** The numbers of a card in this order; its dates, in milliseconds, come last. */
const numbers = ["stability", "difficulty", "scheduled_days", "learning_steps", "reps", "lapses", "state"] as const; // prettier-ignore

type Cards = ReadonlyMap<string, Card>;

export function writeCards(cards: Cards): string {
  const rows = [...cards].map(([key, card]) => {
    const values = numbers.map((name) => Number(card[name].toFixed(4)));
    return [key, [...values, card.due.getTime(), (card.last_review ?? card.due).getTime()]];
  });
  return JSON.stringify({ version: 1, cards: Object.fromEntries(rows) as unknown });
}

/** What is no schedule, or a newer version's, is empty. */
export function readCards(text: string | undefined): Cards {
  try {
    const read = JSON.parse(text ?? "") as { version?: unknown; cards?: Record<string, unknown> } | null;
    if (read?.version !== 1) return new Map();
    return new Map(Object.entries(read.cards ?? {}).flatMap(([key, row]) => cardIn(row).map((card) => [key, card] as const))); // prettier-ignore
  } catch {
    return new Map();
  }
}

function cardIn(row: unknown): Card[] {
  if (!Array.isArray(row) || row.length !== numbers.length + 2 || !row.every(Number.isFinite)) return [];
  const values = row as number[];
  const date = (place: number): Date => new Date(values[place]!);
  const fields = Object.fromEntries(numbers.map((name, place) => [name, values[place]]));
  return [{ ...fields, due: date(numbers.length), last_review: date(numbers.length + 1) } as Card];
}

/** What is known here and there: of each part the card that was reviewed last. */
export function joinCards(here: ReadonlyMap<string, Scheduled>, there: Cards): Cards {
  const joined = new Map(there);
  for (const [key, { card }] of here) {
    const other = joined.get(key);
    if (!other || reviewed(other) <= reviewed(card)) joined.set(key, card);
  }
  return joined;
}

const reviewed = (card: Card): number => (card.last_review ?? card.due).getTime();
