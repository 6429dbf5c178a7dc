/** One question of a bank: from its blocks to its texts and parts. */
import type { SourceText, Span } from "../../text/source";
import type { RubricItem } from "../answer";
import type { AnswerBlock, BlockContext } from "../answerBlock";
import { fieldReader } from "../answerBlock";
import { checkFigures, withoutFigures } from "../figure/text";
import { isKind, kindNames, readAnswer, type AnswerSpec, type KindName } from "../kinds/registry";
import type { DrillTemplate, Part, Question, QuestionHead, TemplatePart } from "../question";
import type { Block, FenceName } from "./blocks";
import { readMissing, type MissingThing } from "./missing";
import { readHeading, readOption, readParameters, readPoints, readRubric, type Parameters } from "./lines";
import { checkParameterNames } from "./parameterNames";
import { yamlFields } from "./yamlFields";

interface QuestionContext extends BlockContext {
  readonly section: string;
}

/** What stands under a `##` or a `###`. */
interface Section {
  readonly heading: Span;
  readonly prompt: string;
  readonly hints: readonly string[];
  readonly solution: string;
  readonly rubric: readonly RubricItem[];
  readonly params?: Parameters;
  readonly answer?: AnswerBlock;
  /** What its author still has to add. */
  readonly missing: ReadonlySet<MissingThing>;
}

/** A part whose answer has not been made sense of yet. */
interface RawPart extends Omit<TemplatePart, "points"> {
  readonly points: number | undefined;
  readonly span: Span;
}

/** The kind of a block whose faults are reported already. */
const faulty = "";

/** A question, or a template when it has parameters; nothing when it has no answer at all. */
export function readQuestion(
  source: SourceText,
  heading: Span,
  blocks: readonly Block[],
  context: QuestionContext,
): Question | DrillTemplate | undefined {
  const { report } = context;
  const named = readHeading(source.slice(heading), heading, ["pts", "topics", "source"], report);
  const { id, title, attributes } = named;
  const points = readPoints(named, report) ?? 1;
  const [lead, ...below] = splitParts(source, heading, blocks, context);
  const raw =
    below.length === 0 ? [singlePart(lead, report)] : below.map((section) => partOf(source, section, context));
  if (below.length > 0 && lead?.answer && lead.answer.kind !== "open") {
    report("misplaced", "In a question with parts every answer stands below a “###” heading.", lead.answer.span);
  }
  const parts = sharePoints(raw.filter((part) => part !== undefined), points, heading, context); // prettier-ignore
  const sections = lead ? [lead, ...below] : [];
  const lacks = (thing: MissingThing): boolean => sections.some(({ missing }) => missing.has(thing));
  if (!lead || parts.length === 0 || lacks("answer")) return undefined;
  if (!lacks("solution") && lead.solution === "" && parts.some(({ solution }) => solution === "")) {
    const severity = lead.params ? "error" : "warning";
    report("missing-solution", "There is no worked solution: add a “solution” block.", heading, severity);
  }
  const sourceId = attributes.get("source")?.text;
  const head: QuestionHead = {
    id,
    title: title === "" ? titleOf(lead.prompt, id) : title,
    points,
    topics: (attributes.get("topics")?.text ?? "").split(",").filter((topic) => topic !== ""),
    ...(sourceId === undefined ? {} : { source: sourceId }),
    ...(context.section === "" ? {} : { section: context.section }),
    prompt: lead.prompt,
    hints: lead.hints,
    solution: lead.solution,
    rubric: lead.rubric,
    span: heading,
  };
  if (lead.params) {
    const names = lead.params.parameters.map(({ name }) => name);
    for (const { span } of blocks) checkParameterNames(source, span, names, report);
    for (const { block } of parts) checkDrawnKind(block, context);
    return { ...head, ...lead.params, parts };
  }
  const answered = parts.flatMap((part) => answeredPart(part, context) ?? []);
  if (answered.length < parts.length) return undefined;
  for (const [place, { answer, prompt }] of answered.entries())
    checkLines(answer, `${lead.prompt}\n\n${prompt}`, parts[place]!.block.span, report);
  return { ...head, parts: answered };
}

/** The front words of the prompt, without its mathematics' dollars. */
function titleOf(prompt: string, id: string): string {
  const words = withoutFigures(prompt).trim().replace(/[$*_`]/g, "").split(/\s+/).slice(0, 8).join(" "); // prettier-ignore
  return words === "" ? id : words;
}

/** Makes sense of a part's block; also used on the parts of a drawn variant. */
export function answeredPart({ block, ...part }: TemplatePart, context: BlockContext): Part | undefined {
  const kind = checkKind(block, context);
  const answer = kind && readAnswer(kind, block, context);
  if (answer?.kind === "open") checkRubricSum(answer.rubric, part.points, block.span, context);
  return answer ? { ...part, answer } : undefined;
}

function checkKind({ kind, span }: AnswerBlock, { report }: BlockContext): KindName | undefined {
  if (isKind(kind)) return kind;
  if (kind !== faulty) report("kind", `“${kind}” is no kind of answer. Known: ${kindNames.join(", ")}.`, span);
  return undefined;
}

/** Lines that are asked for are lines of the program above, if there is one. */
function checkLines(answer: AnswerSpec, prompt: string, span: Span, report: BlockContext["report"]): void {
  if (answer.kind !== "line") return;
  const numbered = Array.from(prompt.matchAll(/^ *(\d+)(?: |$)/gm), ([, number]) => Number(number));
  const missing = numbered.length > 0 ? answer.value.flat().find((line) => !numbered.includes(line)) : undefined;
  if (missing !== undefined) report("lines", `The program above has no line that begins with ${missing}.`, span);
}

/** A program has a file of its own in the editor, which a drawn variant has not. */
function checkDrawnKind(block: AnswerBlock, context: BlockContext): void {
  if (checkKind(block, context) === "code")
    context.report("kind", "A drill cannot ask for a program: leave out “params”, and write one question for each.", block.span); // prettier-ignore
}

function checkRubricSum(rubric: readonly RubricItem[], points: number, span: Span, { report }: BlockContext): void {
  const sum = rubric.reduce((total, item) => total + Math.max(0, item.points), 0);
  if (Math.abs(sum - points) > 1e-6)
    report("points-sum", `The rubric adds up to ${sum}, the part gives ${points}.`, span, "warning");
}

function splitParts(source: SourceText, heading: Span, blocks: readonly Block[], context: BlockContext): Section[] {
  const groups: { heading: Span; blocks: Block[] }[] = [{ heading, blocks: [] }];
  for (const block of blocks) {
    if (block.kind === "heading") groups.push({ heading: block.span, blocks: [] });
    else groups.at(-1)!.blocks.push(block);
  }
  return groups.map((group, place) => readSection(source, group.heading, group.blocks, place > 0, context));
}

function readSection(
  source: SourceText,
  heading: Span,
  blocks: readonly Block[],
  isPart: boolean,
  { report }: BlockContext,
): Section {
  const fences = (name: FenceName) =>
    blocks.filter((block) => block.kind === "fence").filter((block) => block.name === name);
  const texts = (name: FenceName): string[] => fences(name).map(({ content }) => source.slice(content).trim());
  for (const block of blocks) {
    if (block.kind === "fence" && !block.closed)
      report("open-fence", "This block is never closed: add “```”.", block.span);
  }
  for (const name of ["answer", "params", "rubric"] as const) {
    for (const extra of fences(name).slice(1))
      report("misplaced", `There is a second “${name}” block here.`, extra.span);
  }
  // What a drill draws is checked in its variants.
  for (const { content, name, span } of ["figure", "hint", "solution"].flatMap((name) => fences(name as FenceName))) {
    const text = source.slice(name === "figure" ? span : content);
    if (!text.includes("@{")) checkFigures(text, name === "figure" ? span.start : content.start, report);
  }
  const [rubricFence] = fences("rubric");
  const rubric = rubricFence ? readRubric(source.slice(rubricFence.content), rubricFence.content.start, report) : [];
  const [paramsFence] = fences("params");
  if (isPart && paramsFence) report("misplaced", "Parameters stand above the first “###” heading.", paramsFence.span);
  const params = paramsFence && readParameters(source.slice(paramsFence.content), paramsFence.content.start, report);
  const missing = new Set(
    fences("missing").flatMap(({ content, span }) => [...readMissing(source.slice(content), span, report)]),
  );
  const answer = answerBlock(source, heading, blocks, rubric, missing.has("reasons") ? withoutReasons(report) : report);
  // A forgotten mark, unless an “answer” block or a draft says that there is none.
  if (answer && answer.options.length > 0 && answer.options.every(({ correct }) => !correct)) {
    const says = "No option is marked right with [x]. If that is meant, say “kind: multiple” in an “answer” block.";
    if (fences("answer").length === 0 && !missing.has("answer")) report("options", says, answer.span, "warning");
  }
  return {
    heading,
    prompt: blocks.filter((block) => block.kind === "prose" || isFigure(block)).map(({ span }) => source.slice(span).trim()).join("\n\n"),
    hints: texts("hint"),
    solution: texts("solution").join("\n\n"),
    rubric,
    missing,
    ...(params ? { params } : {}),
    ...(answer ? { answer } : {}),
  }; // prettier-ignore
}

const isFigure = (block: Block): boolean => block.kind === "fence" && block.name === "figure";

/** A draft says once that it has no reasons, not at every option. */
const withoutReasons =
  (report: BlockContext["report"]): BlockContext["report"] =>
  (rule, ...more) => {
    if (rule !== "missing-reason") report(rule, ...more);
  };

/** The explicit `answer` block, or what a task list or a rubric alone implies. */
function answerBlock(
  source: SourceText,
  heading: Span,
  blocks: readonly Block[],
  rubric: readonly RubricItem[],
  report: BlockContext["report"],
): AnswerBlock | undefined {
  const lists = blocks.filter((block) => block.kind === "tasks");
  for (const extra of lists.slice(1)) report("misplaced", "There is a second task list here.", extra.span);
  const options = (lists[0]?.items ?? []).map((item) => readOption(source.slice(item), item, report));
  const implied = options.filter(({ correct }) => correct).length === 1 ? "single" : "multiple";
  const fence = blocks.filter((block) => block.kind === "fence").find(({ name }) => name === "answer");
  if (!fence) {
    const span = lists[0]?.span ?? heading;
    if (options.length > 0) return { kind: implied, fields: [], options, rubric, span };
    return rubric.length > 0 ? { kind: "open", fields: [], options, rubric, span } : undefined;
  }
  const { fields, sound } = yamlFields(source.slice(fence.content), fence.content.start, report);
  if (!sound) return { kind: faulty, fields: [], options, rubric, span: fence.span };
  const names = fields.map(({ name }) => name);
  const kind = fieldReader(fields, names, fence.span, report).text("kind");
  if (!kind && options.length === 0) {
    report("missing-field", `The field “kind” is missing: ${kindNames.join(", ")}.`, fence.span);
    return { kind: faulty, fields: [], options, rubric, span: fence.span };
  }
  const others = fields.filter(({ name }) => name !== "kind");
  return { kind: kind?.text ?? implied, fields: others, options, rubric, span: kind?.span ?? fence.span };
}

/** A question without `###` has one part; its texts stay with the question. */
function singlePart(lead: Section | undefined, report: BlockContext["report"]): RawPart | undefined {
  if (!lead) return undefined;
  if (lead.missing.has("answer")) return undefined;
  if (lead.answer) {
    return {
      id: "answer",
      prompt: "",
      hints: [],
      solution: "",
      block: lead.answer,
      points: undefined,
      span: lead.heading,
    };
  }
  report("missing-answer", "There is no answer: add an “answer” block, a task list or a “rubric” block.", lead.heading);
  return undefined;
}

function partOf(source: SourceText, section: Section, { report }: BlockContext): RawPart | undefined {
  const { heading: span, prompt, hints, solution, answer } = section;
  const heading = readHeading(source.slice(span), span, ["pts"], report);
  if (!answer && section.missing.has("answer")) return undefined;
  if (!answer) {
    report("missing-answer", "This part has no answer: add an “answer” block, a task list or a “rubric” block.", span);
    return undefined;
  }
  if (section.rubric.length > 0 && answer.kind !== "open") {
    report("misplaced", "A rubric belongs to an open part, or above the first “###” to the whole question.", span);
  }
  const title = heading.title === "" ? prompt : `**${heading.title}**\n\n${prompt}`.trim();
  return { id: heading.id, prompt: title, hints, solution, block: answer, points: readPoints(heading, report), span };
}

/** Parts without points of their own share what the others leave; parts with the same id are reported. */
function sharePoints(raw: readonly RawPart[], points: number, heading: Span, { report }: BlockContext): TemplatePart[] {
  const given = raw.reduce((total, part) => total + (part.points ?? 0), 0);
  const open = raw.filter((part) => part.points === undefined).length;
  const share = open > 0 ? Math.max(0, points - given) / open : 0;
  if (raw.length === 0) return [];
  if (given > points + 1e-6 || (open === 0 && Math.abs(given - points) > 1e-6)) {
    report(
      "points-sum",
      `The parts add up to ${Number(given.toFixed(6))} points, the question has ${points}.`,
      heading,
    );
  }
  return raw.map(({ span, ...part }, place) => {
    if (raw.slice(0, place).some(({ id }) => id === part.id))
      report("duplicate-id", `There is a part “${part.id}” above.`, span);
    return { ...part, points: part.points ?? share };
  });
}
