/** One question being answered: the answers so far, and what of it the page may show. Plain values, new ones at each step. */
import type { Grade, Response, RubricItem } from "../core/exam/answer";
import type { SymbolDeclaration } from "../core/exam/formula/symbols";
import type { GradingTools } from "../core/exam/kinds/kind";
import { expected, grade, inputOf, understand, type KindName } from "../core/exam/kinds/registry";
import { gradeHandedIn } from "../core/exam/mock";
import { rubricFraction } from "../core/exam/kinds/open";
import { optionOrder } from "../core/exam/optionOrder";
import type { Part, Question } from "../core/exam/question";
import { shuffledSteps } from "../core/exam/stepOrder";
import type { Hints, OptionState, PartState, QuestionState, Result, RubricState, Verdict } from "./question";

/** How far one part has come. */
export interface PartSitting {
  readonly response: Response;
  readonly grade?: Grade;
  /** What was graded: the response may have been changed since. */
  readonly judged?: Response;
  /** An open answer's model answer is on the page. */
  readonly compared?: boolean;
  readonly hints: number;
}

export interface Sitting {
  readonly parts: Readonly<Record<string, PartSitting>>;
  readonly hints: number;
  /** What the order of options and of steps is drawn from; without it they stand as in the bank. */
  readonly order?: number;
}

type Judge = (part: Part, response: Response, tools: GradingTools) => Grade;

const judgePart: Judge = ({ answer }, response, tools) => grade(answer, response, tools);

const untouched: PartSitting = { response: {}, hints: 0 };

/** A sitting with responses that were graded before. */
export function beginSitting(
  question: Question,
  graded: Readonly<Record<string, Response>> = {},
  order?: number,
  tools: GradingTools = {},
): Sitting {
  const none: Sitting = { parts: {}, hints: 0, ...(order === undefined ? {} : { order }) };
  return question.parts.reduce((sitting, part) => {
    const response = graded[part.id];
    return response ? checkPart(question, sitting, part.id, response, tools).sitting : sitting;
  }, none);
}

const partOf = (sitting: Sitting, id: string): PartSitting =>
  Object.hasOwn(sitting.parts, id) ? sitting.parts[id]! : untouched;

function withPart(sitting: Sitting, id: string, change: Partial<PartSitting>): Sitting {
  return { ...sitting, parts: { ...sitting.parts, [id]: { ...partOf(sitting, id), ...change } } };
}

/** What was handed in in an exam. Nothing can be typed anew: what is blank gets no points, what cannot be read is compared. */
export function handedIn(
  question: Question,
  given: Readonly<Record<string, Response>>,
  order: number,
  tools: GradingTools = {},
): Sitting {
  const none: Sitting = { parts: {}, hints: 0, order };
  return question.parts.reduce((sitting, part) => {
    const response = given[part.id];
    if (!response) return blankPart(sitting, part.id);
    return checkPart(question, sitting, part.id, response, tools, gradeHandedIn).sitting;
  }, none);
}

/** Keeps what is typed; an earlier verdict stays. */
export function draftPart(sitting: Sitting, id: string, response: Response): Sitting {
  return withPart(sitting, id, { response });
}

/** Grades a part. `graded` is absent where the response is no attempt: nothing then goes into the log. */
export function checkPart(
  question: Question,
  sitting: Sitting,
  id: string,
  response: Response,
  tools: GradingTools = {},
  judge: Judge = judgePart,
): { readonly sitting: Sitting; readonly graded?: Extract<Grade, { state: "graded" }> } {
  const part = question.parts.find((candidate) => candidate.id === id);
  if (!part) throw new Error(`This question has no part “${id}”.`);
  const result = gradePart(part, question, response, tools, judge);
  const compared = result.state === "self" || response.ticked !== undefined || partOf(sitting, id).compared === true;
  const next = withPart(sitting, id, { response, grade: result, judged: response, compared });
  return result.state === "graded" ? { sitting: next, graded: result } : { sitting: next };
}

/** What no machine can decide gets the points of the items that its student has ticked. */
function gradePart(part: Part, question: Question, response: Response, tools: GradingTools, judge: Judge): Grade {
  const result = response.ticked === undefined ? judge(part, response, tools) : gradeHandedIn(part, response, tools);
  if (result.state !== "self" || response.ticked === undefined) return result;
  return { state: "graded", fraction: rubricFraction(rubricOf(part, question), response.ticked), feedback: [] };
}

/** What was left blank when an exam was handed in: no points, and the right answer to learn from. */
function blankPart(sitting: Sitting, id: string): Sitting {
  const grade: Grade = { state: "graded", fraction: 0, feedback: ["Nothing was answered."] };
  return withPart(sitting, id, { response: {}, grade, judged: {} });
}

/** Shows the model answer of an open part. */
export function comparePart(sitting: Sitting, id: string, response: Response): Sitting {
  return withPart(sitting, id, { response, compared: true });
}

/** One hint more, of the question or of a part. */
export function showHint(sitting: Sitting, part?: string): Sitting {
  if (part === undefined) return { ...sitting, hints: sitting.hints + 1 };
  return withPart(sitting, part, { hints: partOf(sitting, part).hints + 1 });
}

/** How a response is understood, before grading. */
export function understandPart(question: Question, id: string, response: Response) {
  const part = question.parts.find((candidate) => candidate.id === id);
  return part ? understand(part.answer, response) : ({ state: "empty" } as const);
}

type Shown = Pick<QuestionState, "title" | "points" | "topics" | "prompt" | "hints" | "parts" | "result" | "solution">;

/** What the page shows of a question. Nothing that gives the answer away is in it before it was graded. */
export function shownQuestion(question: Question, sitting: Sitting): Shown {
  const parts = question.parts.map((part) => shownPart(part, question, partOf(sitting, part.id), sitting.order));
  const results = parts.flatMap(({ verdict }) => verdict?.points ?? []);
  const { title, points, topics } = question;
  const prompt = question.parts.reduce((text, part) => stepsIn(text, part, sitting.order), question.prompt);
  const complete = results.length === parts.length;
  return {
    ...{ title, points, topics, prompt, parts },
    hints: hintsOf(question.hints, sitting.hints),
    ...(results.length > 0 ? { result: total(results, question.points) } : {}),
    ...(complete && parts.length > 1 && question.solution !== "" ? { solution: question.solution } : {}),
  };
}

function shownPart(part: Part, question: Question, sitting: PartSitting, order: number | undefined): PartState {
  const graded = sitting.grade?.state === "graded";
  const kind = part.answer.kind;
  return {
    ...{ id: part.id, prompt: stepsIn(part.prompt, part, order), points: part.points, response: sitting.response },
    input: inputOf(kind),
    placeholder: placeholders[kind] ?? "",
    symbols: part.answer.kind === "formula" ? part.answer.symbols.map(symbolText) : [],
    options: optionsOf(part, graded ? sitting.judged : undefined, order),
    hints: hintsOf(part.hints, sitting.hints),
    ...(sitting.grade ? { verdict: verdictOf(sitting.grade, part.points) } : {}),
    ...(sitting.compared ? { rubric: rubricState(part, question) } : {}),
    ...(graded && !sitting.compared ? solutionOf(part, question) : {}),
  };
}

const placeholders: Partial<Record<KindName, string>> = {
  number: "A number, such as 0.25, 1/4 or 2^10",
  count: "A whole number, such as 1216 or 16*3*5*5 + 16",
  shape: "A shape, such as 8x3x32x32",
  formula: "A formula",
  matrix: "Row by row, such as 1 2; 3 4",
  ordering: "The letters in order, such as b, a, c",
  line: "Numbers of lines, such as 12, 14",
};

/** How a symbol is typed, how it is shown, and what it stands for. */
function symbolText({ name, latex, says, index }: SymbolDeclaration): string {
  const typed = index ? `\`${name}_${index.first}\` to \`${name}_${index.last}\`` : `\`${name}\``;
  return `${typed} for $${latex}$${says === "" ? "" : `, ${says}`}`;
}

/** In the order of the sitting; each knows its place in the bank, by which answers name it. */
function optionsOf({ id, answer }: Part, judged: Response | undefined, order?: number): readonly OptionState[] {
  if (!("options" in answer)) return [];
  const options = answer.options.map(({ text, correct, reason }, place): OptionState => {
    const chosen = judged?.chosen?.includes(place) === true;
    return judged ? { place, text, reason: { correct, chosen, text: reason } } : { place, text };
  });
  return order === undefined ? options : optionOrder(answer.options, order, id).map((place) => options[place]!);
}

/** A text with the steps of an ordering in the order of the sitting. */
const stepsIn = (text: string, { id, answer }: Part, order?: number): string =>
  order === undefined || answer.kind !== "ordering" ? text : shuffledSteps(text, answer, order, id);

function hintsOf(hints: readonly string[], count: number): Hints {
  return { shown: hints.slice(0, count), left: Math.max(0, hints.length - count) };
}

function verdictOf(result: Grade, points: number): Verdict {
  return result.state === "graded" ? { ...result, points: { points: result.fraction * points, of: points } } : result;
}

function total(results: readonly Result[], of: number): Result {
  return { points: results.reduce((sum, { points }) => sum + points, 0), of };
}

/** The right answer, unless the options show it already, and the way to it; a question of one part has it for itself. */
function solutionOf(part: Part, question: Question): { solution?: string } {
  const answer = "options" in part.answer ? "" : expected(part.answer);
  const way = part.solution === "" && question.parts.length === 1 ? question.solution : part.solution;
  const text = [answer === "" ? "" : `**Answer:** ${answer}`, way].filter((line) => line !== "").join("\n\n");
  return text === "" ? {} : { solution: text };
}

/** A part without a solution of its own is compared with that of the whole question. */
function rubricState(part: Part, question: Question): RubricState {
  const own = solutionOf(part, question).solution ?? question.solution;
  const model = own === "" ? "There is no model answer." : own;
  return { model, items: rubricOf(part, question) };
}

/** An answer that turned out to need a person's eye may come without a rubric of its own. */
function rubricOf(part: Part, question: Question): readonly RubricItem[] {
  const own = part.answer.kind === "open" ? part.answer.rubric : question.parts.length === 1 ? question.rubric : [];
  return own.length > 0 ? own : [{ points: part.points, text: "My answer says the same as the model answer." }];
}
