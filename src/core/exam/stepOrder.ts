/** Steps to put in order, shown in an order drawn from a seed: their places teach nothing, their labels stay with them. */
import type { OrderingSpec } from "./kinds/ordering";
import { randomFrom, seedFrom, shuffled } from "./random";

/** A draw that happens to be right would give the answer away; with two steps every other one is. */
const mostDraws = 20;

/** Changes the list of the labelled steps in a text, `- **a**: …` or `- a) …`; other texts stay as they are. */
export function shuffledSteps(markdown: string, { value, also }: OrderingSpec, seed: number, part: string): string {
  const lines = markdown.split("\n");
  const heads = lines.flatMap((line, place) => {
    const label = labelOf(line);
    return label !== undefined && value.includes(label) ? [{ place, label }] : [];
  });
  const labels = heads.map(({ label }) => label);
  if (labels.length !== value.length || new Set(labels).size !== value.length) return markdown;
  const end = endOfItem(lines, heads.at(-1)!.place);
  const steps = heads.map(({ place, label }, i) => ({ label, lines: lines.slice(place, heads[i + 1]?.place ?? end) }));
  if (steps.some(({ lines: [, ...more] }) => more.some((line) => !isContinued(line)))) return markdown;
  const random = randomFrom(seed ^ seedFrom(part));
  const right = [value, ...also.map((other) => other.value)].map((order) => order.join(" "));
  let drawn = shuffled(steps, random);
  for (let draw = 1; draw < mostDraws && right.includes(drawn.map(({ label }) => label).join(" ")); draw++)
    drawn = shuffled(steps, random);
  const before = lines.slice(0, heads[0]!.place);
  return [...before, ...drawn.flatMap((step) => step.lines), ...lines.slice(end)].join("\n");
}

/** The label of a list's item, in lower case. */
const labelOf = (line: string): string | undefined =>
  /^[-*+] +(?:\*\*([a-z\d]+)\*\*|([a-z\d]+)\)) *:? /i.exec(line)?.slice(1).join("").toLowerCase();

const isContinued = (line: string): boolean => /^\s+\S/.test(line);

function endOfItem(lines: readonly string[], start: number): number {
  let end = start + 1;
  while (end < lines.length && isContinued(lines[end]!)) end++;
  return end;
}
