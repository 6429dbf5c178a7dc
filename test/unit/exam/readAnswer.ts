/** Shared by the tests of kinds of answers: one read from a bank of a single question, and the points that a text earns. */
import { assert } from "chai";
import { readBank, type ReadBank } from "../../../src/core/exam/bank";
import { grade, type AnswerSpec } from "../../../src/core/exam/kinds/registry";

/** The bank of one question, whose answer has these fields: `kind: matrix` and what follows. */
export function readAnswer(fields: string): ReadBank {
  return readBank("t.quiz.md", `---\nid: t\ntitle: T\n---\n## q\nWhat?\n\`\`\`answer\n${fields}\n\`\`\`\n\`\`\`solution\nSo.\n\`\`\`\n`); // prettier-ignore
}

export function answerWith(fields: string): AnswerSpec {
  const { bank, diagnostics } = readAnswer(fields);
  assert.deepEqual(diagnostics, []);
  return bank.questions[0]!.parts[0]!.answer;
}

/** To four places, or why there is none. */
export function fraction(spec: AnswerSpec, text: string): number | string {
  const result = grade(spec, { text });
  return result.state === "graded" ? Number(result.fraction.toFixed(4)) : result.state;
}
