/** Steps to put in order: the prompt labels them with letters or numbers, the answer lists the labels. */
import type { Grade, Reading } from "../answer";
import { fieldReader, type AnswerBlock, type BlockContext, type FieldValue } from "../answerBlock";
import { graded, type AnswerKind } from "./kind";
import { readKnown, type KnownAnswer } from "./known";

type Order = readonly string[];

export interface OrderingSpec {
  readonly kind: "ordering";
  readonly value: Order;
  /** Other orders that are as right. */
  readonly also: readonly KnownAnswer<Order>[];
  readonly refuse: readonly KnownAnswer<Order>[];
}

export const ordering: AnswerKind<OrderingSpec> = {
  input: "line",
  computed: true,
  read: readSpec,
  understand: (spec, response) => understandOrder(spec.value, response.text ?? ""),
  grade(spec, response) {
    const order = readOrder(response.text ?? "", spec.value);
    return "problem" in order ? { state: "unreadable", problem: order.problem } : gradeOrder(spec, order.labels);
  },
  expected: (spec) => spec.value.join(", "),
  selfTest: (spec) =>
    spec.refuse
      .filter(({ value }) => rightOrders(spec).some((order) => isSame(order, value)))
      .map(({ value }) => `The refused order ${value.join(" ")} is a right one.`),
};

const rightOrders = ({ value, also }: OrderingSpec): readonly Order[] => [value, ...also.map((other) => other.value)];
const isSame = (a: Order, b: Order): boolean => a.join(" ") === b.join(" ");

function gradeOrder(spec: OrderingSpec, given: Order): Grade {
  if (isSame(given, spec.value)) return graded(1, "Right.");
  const other = spec.also.find(({ value }) => isSame(value, given));
  if (other) return graded(1, other.says === "" ? "Right." : `Right. ${other.says}`);
  const known = spec.refuse.find(({ value }) => isSame(value, given));
  if (known) return graded(known.credit, known.says);
  const kept = Math.max(...rightOrders(spec).map((order) => longestCommon(order, given)));
  const total = spec.value.length;
  // About half of the steps are in order by chance: that much earns nothing.
  return graded(
    (2 * kept) / total - 1,
    `${kept} of ${total} steps stand in the right order to each other; the ${total - kept === 1 ? "other one is" : "others are"} misplaced.`,
  );
}

/** The length of the longest common subsequence. */
function longestCommon(a: Order, b: Order): number {
  let above = b.map(() => 0);
  for (const label of a) {
    const row: number[] = [];
    for (const [place, other] of b.entries()) {
      const diagonal = place > 0 ? above[place - 1]! : 0;
      row.push(other === label ? diagonal + 1 : Math.max(above[place]!, row.at(-1) ?? 0));
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}

function understandOrder(wanted: Order, text: string): Reading {
  if (text.trim() === "") return { state: "empty" };
  const order = readOrder(text, wanted);
  return "problem" in order
    ? { state: "unreadable", problem: order.problem }
    : { state: "read", echo: order.labels.join(" → ") };
}

/** Words that people put between the labels. */
const fillers = new Set("and then next step steps first last lastly finally before to the order answer is".split(" "));
const longest = 500;

/** Reads `b, a, c`, `b > a > c`, `bac`, `1. b 2. a 3. c`; every label of `wanted` has to stand there once. */
export function readOrder(input: string, wanted: Order): { readonly labels: Order } | { readonly problem: string } {
  if (input.length > longest) return { problem: "This is too long for an order of steps." };
  const numbered = wanted.every((label) => /^\d+$/.test(label));
  const text = input
    .toLowerCase()
    .replace(/\\[a-z]+/g, " ")
    .replace(/(?<=\d)\s*[x×]\s*(?=\d)/g, " ");
  const places = numbered ? text : text.replace(/(?<![a-z\d])\d+\s*[.):]/g, " ");
  const labels: string[] = [];
  for (const word of places.match(/[a-z\d]+/g) ?? []) {
    const found = labelsIn(word, wanted);
    if (!found) return { problem: `“${word}” is none of the steps: ${[...wanted].sort(byLabel).join(", ")}.` };
    labels.push(...found);
  }
  const twice = labels.find((label, place) => labels.indexOf(label) < place);
  if (twice !== undefined) return { problem: `Step ${twice} stands here twice.` };
  const missing = wanted.filter((label) => !labels.includes(label)).sort(byLabel);
  if (missing.length > 0) {
    return {
      problem: `Step ${missing.join(", ")} is missing: each of the ${wanted.length} steps stands in the order once.`,
    };
  }
  return { labels };
}

const byLabel = (a: string, b: string): number => Number(a) - Number(b) || (a < b ? -1 : 1);

/** One label, none for a filler, or several single characters without anything between them. */
function labelsIn(word: string, wanted: Order): Order | undefined {
  if (wanted.includes(word)) return [word];
  if (fillers.has(word)) return [];
  const characters = word.split("");
  return characters.length > 1 && characters.every((label) => wanted.includes(label)) ? characters : undefined;
}

function readSpec(block: AnswerBlock, { report }: BlockContext): OrderingSpec | undefined {
  const fields = fieldReader(block.fields, ["value", "also", "refuse"], block.span, report);
  const found = fields.required("value");
  const value = found && ownOrder(found);
  if (!found) return undefined;
  if (!value || value.length < 2 || new Set(value).size < value.length) {
    report("order", "An order lists the labels of two steps or more, each once: “c, a, b”.", found.span);
    return undefined;
  }
  const other = (given: FieldValue): Order | undefined => {
    const order = ownOrder(given);
    if (order && isSame([...order].sort(), [...value].sort())) return order;
    report("order", "This order does not have the same steps as “value”.", given.span);
    return undefined;
  };
  const known = (name: string) => readKnown(fields.list(name), "value", other, report);
  return { kind: "ordering", value, also: known("also"), refuse: known("refuse") };
}

/** The labels as the bank writes them; a drill's computed labels are joined by `x`. */
function ownOrder(value: FieldValue): Order | undefined {
  if (value.kind === "map") return undefined;
  const texts = value.kind === "list" ? value.items.map((item) => (item.kind === "scalar" ? item.text : "")) : [];
  const text = value.kind === "scalar" ? value.text : texts.join(" ");
  return (
    text
      .toLowerCase()
      .replace(/(?<=\d)x(?=\d)/g, " ")
      .match(/[a-z\d]+/g) ?? undefined
  );
}
