/** The order in which the options of a choice are shown: drawn from a seed, so that their places teach nothing. */
import type { ChoiceOption } from "./answer";
import { randomFrom, seedFrom, shuffled } from "./random";

/** "None of them" speaks of the options before it. */
const speaksOfOthers = /^(?:none|all|both|neither|any) of (?:the|these|them|those)\b/i;
/** A pair that everybody expects in the same order. */
const plainPair = /^(?:true|false|yes|no)\.?$/i;

/** Places in the bank in the order to show them; `part` makes the parts of a question differ. */
export function optionOrder(options: readonly ChoiceOption[], seed: number, part: string): readonly number[] {
  const places = options.map((_option, place) => place);
  if (options.every(({ text }) => plainPair.test(text.trim()))) return places;
  const isLast = (place: number): boolean => speaksOfOthers.test(options[place]!.text.trim());
  const mixed = shuffled(places.filter((place) => !isLast(place)), randomFrom(seed ^ seedFrom(part))); // prettier-ignore
  return [...mixed, ...places.filter(isLast)];
}
