/** One option of several, or any number of them, each with the reason why it is right or wrong. */
import type { ChoiceOption, Response } from "../answer";
import { fieldReader, type AnswerBlock, type BlockContext } from "../answerBlock";
import { graded, type AnswerKind } from "./kind";

export interface SingleSpec {
  readonly kind: "single";
  readonly options: readonly ChoiceOption[];
}

export interface MultipleSpec {
  readonly kind: "multiple";
  readonly options: readonly ChoiceOption[];
}

export const single: AnswerKind<SingleSpec> = {
  input: "one",
  computed: false,
  read(block, context) {
    const options = readOptions(block, context);
    if (!options) return undefined;
    if (options.filter(({ correct }) => correct).length !== 1) {
      context.report("options", "A single choice has exactly one right option, marked [x].", block.span);
    }
    return { kind: "single", options };
  },
  understand: (spec, response) => understandChoice(spec.options, response),
  grade(spec, response) {
    const [chosen] = chosenOf(spec.options, response);
    return graded(chosen !== undefined && spec.options[chosen]!.correct ? 1 : 0);
  },
  expected: (spec) => rightOptions(spec.options),
  selfTest: () => [],
};

export const multiple: AnswerKind<MultipleSpec> = {
  input: "many",
  computed: false,
  read(block, context) {
    const options = readOptions(block, context);
    return options ? { kind: "multiple", options } : undefined;
  },
  understand: (spec, response) => understandChoice(spec.options, response),
  /** Right options give, wrong ones take away, so that neither choosing all nor choosing none earns anything. */
  grade(spec, response) {
    const chosen = new Set(chosenOf(spec.options, response));
    const rightly = spec.options.filter(({ correct }, place) => correct === chosen.has(place)).length;
    const total = spec.options.length;
    const fraction = shareOf(spec.options, chosen, true) - shareOf(spec.options, chosen, false);
    if (rightly === total) return graded(fraction);
    return graded(fraction, `${rightly} of ${total} options judged rightly.`, howCounted(spec.options, chosen));
  },
  expected: (spec) => rightOptions(spec.options),
  selfTest: () => [],
};

function readOptions(block: AnswerBlock, { report }: BlockContext): readonly ChoiceOption[] | undefined {
  fieldReader(block.fields, [], block.span, report);
  if (block.options.length < 2) {
    report("options", "A choice has a task list with two options or more: “- [x] …” and “- [ ] …”.", block.span);
    return undefined;
  }
  const texts = block.options.map(({ text }) => text);
  const twice = texts.find((text, place) => texts.indexOf(text) < place);
  if (twice !== undefined) report("options", `Two options say the same: “${twice}”.`, block.span);
  return block.options;
}

/** Which share of the right (or of the wrong) options was chosen; of no right options, choosing none is all. */
function shareOf(options: readonly ChoiceOption[], chosen: ReadonlySet<number>, correct: boolean): number {
  const places = options.flatMap((option, place) => (option.correct === correct ? [place] : []));
  if (places.length === 0) return correct ? 1 : 0;
  return places.filter((place) => chosen.has(place)).length / places.length;
}

/** How the points come about. */
function howCounted(options: readonly ChoiceOption[], chosen: ReadonlySet<number>): string {
  const right = options.filter(({ correct }) => correct).length;
  const wrong = options.length - right;
  const hits = options.filter(({ correct }, place) => correct && chosen.has(place)).length;
  const misses = chosen.size - hits;
  const lost = `${misses} of ${wrong} false ones, which takes ${misses}/${wrong} away`;
  if (right === 0) return `None of them is true. You ticked ${lost}.`;
  const gained = `You ticked ${hits} of ${right} true ones, which gives ${hits}/${right} of the points`;
  return `${gained}${misses === 0 ? "" : `; and ${lost}`}. It never goes below zero.`;
}

function chosenOf(options: readonly ChoiceOption[], response: Response): readonly number[] {
  return [...new Set(response.chosen)].filter((place) => options[place] !== undefined);
}

function understandChoice(options: readonly ChoiceOption[], response: Response) {
  const chosen = chosenOf(options, response);
  if (chosen.length === 0) return { state: "empty" } as const;
  return { state: "read", echo: chosen.map((place) => options[place]!.text).join("; ") } as const;
}

function rightOptions(options: readonly ChoiceOption[]): string {
  const right = options.filter(({ correct }) => correct);
  return right.length === 0 ? "None of them." : right.map(({ text }) => text).join("\n\n");
}
