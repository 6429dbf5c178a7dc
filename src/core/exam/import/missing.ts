/** What an imported question still lacks, for the block that marks it and for the summary. */
import type { MissingThing } from "../reader/missing";

export interface Lack {
  readonly thing: MissingThing;
  /** What exactly, where there is more to say. */
  readonly says: string;
}

const figureWords =
  /\b(?:figures?|diagrams?|pictures?|depicted|plotted|sketch below|(?:shown|drawn|illustrated) (?:below|above|here|in the)|(?:image|graph|plot|network|mlps?) (?:below|above)|following (?:\w+ )?(?:graph|image|plot|(?:\w+ ){0,2}networks?(?: \(\w+\))? computes|mlps)|Abbildung|Skizze|schéma)\b/iu;
const lostText = /\[illegible\]|\uFFFD|\[unreadable\]|\[\.\.\.\]/i;
const image = /!\[[^\]]*\]\([^)]*\)|<img\b|\.(?:pdf|png|jpe?g|svg)\b/i;

/** What the words of a question show to be missing. */
export function lacksOf(lines: readonly string[]): readonly Lack[] {
  const text = lines.join("\n");
  const words = text.match(/[\p{L}\d]{2,}/gu) ?? [];
  const lacks: Lack[] = [];
  if (words.length < 3) lacks.push({ thing: "text", says: "what is asked" });
  else if (lostText.test(text)) lacks.push({ thing: "text", says: "what could not be read" });
  if (figureWords.test(text) || image.test(text)) lacks.push({ thing: "figure", says: "the text speaks of one" });
  return lacks;
}
