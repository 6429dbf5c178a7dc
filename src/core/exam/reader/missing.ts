/** The `missing` block: what a draft still lacks. */
import type { Span } from "../../text/source";
import type { Report } from "../answerBlock";

export const missingThings = ["text", "figure", "points", "answer", "reasons", "rubric", "solution"] as const;
export type MissingThing = (typeof missingThings)[number];

/** Reads `solution` or `figure: the drawn network` a line, and reports all of it as one warning. */
export function readMissing(text: string, span: Span, report: Report): ReadonlySet<MissingThing> {
  const found = new Set<MissingThing>();
  const said: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/).filter((other) => other.trim() !== "")) {
    const [name = "", ...words] = line.split(":");
    const thing = missingThings.find((other) => other === name.trim());
    if (!thing) {
      report("missing", `“${name.trim()}” cannot be missing. Known: ${missingThings.join(", ")}.`, span);
      continue;
    }
    found.add(thing);
    const details = words.join(":").trim();
    said.push(details === "" ? thing : `${thing} (${details})`);
  }
  if (said.length > 0)
    report("missing", `Still missing: ${said.join(", ")}. Add it and take it off this list.`, span, "warning");
  return found;
}
