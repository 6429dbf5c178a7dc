/** Every text of the built-in banks, and every echo of their formulas, is Markdown with mathematics that KaTeX renders. */
import { assert } from "chai";
import { builtinBanks } from "../../../src/core/exam/builtin";
import { drawVariant, type Evaluator } from "../../../src/core/exam/drill";
import { expected, understand, type AnswerSpec } from "../../../src/core/exam/kinds/registry";
import type { Bank, Question } from "../../../src/core/exam/question";
import { createCompute } from "../../../src/core/features/compute";
import { loadPythonParser } from "../support/parser";
import { rendered } from "./rendered";

/** Renders, and looks for dollars that were meant to hold mathematics; the number of formulas. */
function check(text: string): number {
  try {
    const { html, formulas } = rendered(text);
    assert.notInclude(html, "$", text);
    return formulas;
  } catch (error) {
    assert.fail(`${error instanceof Error ? error.message : ""}\n${text}`);
  }
}

function textsOfAnswer(answer: AnswerSpec): string[] {
  const shown = [expected(answer)];
  if (answer.kind === "single" || answer.kind === "multiple") {
    return [...shown, ...answer.options.flatMap(({ text, reason }) => [text, reason])];
  }
  if (answer.kind === "open") return answer.rubric.map(({ text }) => text);
  if (answer.kind === "code") return shown;
  shown.push(...answer.refuse.map(({ says }) => says));
  if (answer.kind === "ordering") return [...shown, ...answer.also.map(({ says }) => says)];
  if (answer.kind !== "formula") return shown;
  const typed = [answer.value, ...answer.accept, ...answer.also.map(({ value }) => value)];
  const echoes = typed.map(({ text }) => {
    const reading = understand(answer, { text });
    return reading.state === "read" ? reading.echo : assert.fail(text);
  });
  const symbols = answer.symbols.flatMap(({ latex, says }) => [`$${latex}$`, says]);
  return [...shown, ...echoes, ...symbols, ...answer.also.map(({ says }) => says)];
}

function textsOf({ title, prompt, solution, hints, rubric, parts }: Question): string[] {
  const ofParts = parts.flatMap((part) => [part.prompt, part.solution, ...part.hints, ...textsOfAnswer(part.answer)]);
  return [title, prompt, solution, ...hints, ...rubric.map(({ text }) => text), ...ofParts];
}

function variantsOf(bank: Bank, evaluator: Evaluator): Question[] {
  return bank.drills.flatMap((drill) =>
    [1, 2, 3].map((seed) => {
      const drawn = drawVariant(drill, seed, evaluator, bank.symbols);
      return "variant" in drawn ? drawn.variant.question : assert.fail(drawn.problem);
    }),
  );
}

describe("the texts of the built-in banks", () => {
  it("render", async function () {
    this.timeout(30_000);
    const evaluator = createCompute(await loadPythonParser());
    let formulas = 0;
    for (const { bank } of builtinBanks()) {
      for (const text of [...bank.questions, ...variantsOf(bank, evaluator)].flatMap(textsOf)) formulas += check(text);
    }
    assert.isAbove(formulas, 300);
  });
});
