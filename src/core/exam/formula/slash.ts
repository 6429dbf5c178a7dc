/** `x/2y`: whether `y` stands below the bar is not agreed on. Both meanings, typed so that nobody can mistake them. */
import type { SymbolDeclaration } from "./symbols";
import { tokenize, type Token } from "./tokens";
import { matchAt, vocabularyOf, type Vocabulary } from "./vocabulary";

export interface TwoReadings {
  /** `x/(2y)` */
  readonly below: string;
  /** `x/2*y` */
  readonly beside: string;
}

/** The two meanings of the first such place. Nothing where a blank or a bracket tells what is meant. */
export function slashReadings(source: string, symbols: readonly SymbolDeclaration[]): TwoReadings | undefined {
  const read = tokenize(source);
  if (!("tokens" in read)) return undefined;
  const { tokens } = read;
  const vocabulary = vocabularyOf(symbols);
  const number = tokens.findIndex(
    ({ kind }, place) =>
      kind === "number" && tokens[place - 1]?.text === "/" && isFactorBehind(place + 1, tokens, vocabulary),
  );
  if (number < 0) return undefined;
  const [from, middle] = [tokens[number]!.span.start, tokens[number]!.span.end];
  const to = tokens[endOfProduct(number + 1, tokens)]!.span.end;
  return {
    below: `${source.slice(0, from)}(${source.slice(from, to)})${source.slice(to)}`,
    beside: `${source.slice(0, middle)}*${source.slice(middle)}`,
  };
}

/** A symbol that touches what stands before it; a function such as `ln` does not belong to the number. */
function isFactorBehind(place: number, tokens: readonly Token[], vocabulary: Vocabulary): boolean {
  if (tokens[place]?.kind !== "letter" || !touches(place, tokens)) return false;
  const kind = matchAt(vocabulary, tokens, place)?.meaning.kind;
  return kind === "symbol" || kind === "family" || kind === "constant";
}

const touches = (place: number, tokens: readonly Token[]): boolean =>
  tokens[place]?.span.start === tokens[place - 1]?.span.end || tokens[place]?.glued === true;

/** The last token of what is joined without a blank: symbols with their scripts. */
function endOfProduct(from: number, tokens: readonly Token[]): number {
  let depth = 0;
  for (let place = from; place < tokens.length; place++) {
    const { kind, text } = tokens[place]!;
    const isScript = text === "_" || text === "^" || text === "'";
    const opens = "({[".includes(text) && (depth > 0 || "_^".includes(tokens[place - 1]!.text));
    const closes = depth > 0 && ")}]".includes(text);
    const belongs = depth > 0 || opens || isScript || kind !== "mark";
    if (!belongs || !touches(place, tokens)) return place - 1;
    depth += opens ? 1 : closes ? -1 : 0;
  }
  return tokens.length - 1;
}
