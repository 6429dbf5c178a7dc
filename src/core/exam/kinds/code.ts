/** A program that is mended or completed in the editor: right when the engine no longer finds what was wrong with it. */
import { fieldReader, type AnswerBlock, type BlockContext, type FieldReader, type FieldValue } from "../answerBlock";
import type { CallGoal, CodeTask, GivenProgram, ShapeGoal } from "../code/task";
import { readShape } from "../shapeText";
import { graded, type AnswerKind } from "./kind";

export interface CodeSpec extends CodeTask {
  readonly kind: "code";
}

const fieldNames = ["program", "bugs", "mended", "rules", "shapes", "calls"];

export const code: AnswerKind<CodeSpec> = {
  input: "code",
  computed: false,
  read: readSpec,
  understand: (_spec, { text = "" }) =>
    text.trim() === "" ? { state: "empty" } : { state: "read", echo: "the program in the editor" },
  grade(spec, { text = "" }, { bench }) {
    if (!bench) return { state: "self", feedback: ["Nothing here can judge a program."] };
    const verdict = bench.judge(spec, text);
    return verdict.state === "judged" ? graded(verdict.fraction, ...verdict.says) : verdict;
  },
  expected: ({ program }) => (program.kind === "text" ? `\n\n\`\`\`python\n${program.mended.trimEnd()}\n\`\`\`` : ""),
  selfTest: (spec, { bench }) => bench?.faults(spec) ?? [],
};

function readSpec(block: AnswerBlock, { report }: BlockContext): CodeSpec | undefined {
  const fields = fieldReader(block.fields, fieldNames, block.span, report);
  const program = readProgram(fields, block, report);
  const rules = texts(fields.list("rules"));
  const shapes = readShapes(fields.value("shapes"), report);
  const calls = readCalls(fields.value("calls"), report);
  if (rules.length + shapes.length + calls.length === 0) {
    report("missing-field", "Say what has to come of the program: “rules”, “shapes” or “calls”.", block.span);
    return undefined;
  }
  return program && { kind: "code", program, rules, shapes, calls };
}

function readProgram(
  fields: FieldReader,
  { span }: AnswerBlock,
  report: BlockContext["report"],
): GivenProgram | undefined {
  fields.required("program");
  const program = fields.text("program");
  if (!program) return undefined;
  const [mended, bugs] = [fields.text("mended"), texts(fields.list("bugs"))];
  if (mended) return { kind: "text", given: program.text, mended: mended.text };
  if (bugs.length > 0) return { kind: "planted", program: program.text.trim(), bugs };
  report("missing-field", "The field “mended” is missing: a program that solves it.", span);
  return undefined;
}

const texts = (items: readonly FieldValue[]): string[] =>
  items.flatMap((item) => (item.kind === "scalar" && item.text.trim() !== "" ? [item.text.trim()] : []));

function readCalls(value: FieldValue | undefined, report: BlockContext["report"]): CallGoal[] {
  if (!value) return [];
  if (value.kind !== "map") {
    report("field-form", "Calls are given by function: “VAE.sample: [torch.randn_like or torch.randn]”.", value.span);
    return [];
  }
  return value.fields.flatMap(({ name, value: given }) =>
    texts(given.kind === "list" ? given.items : [given]).map((text) => ({
      scope: name,
      operations: text.split(/\s+or\s+/),
    })),
  );
}

function readShapes(value: FieldValue | undefined, report: BlockContext["report"]): ShapeGoal[] {
  if (!value) return [];
  if (value.kind !== "map") {
    report("field-form", "Shapes are given one a line: “Net.forward: (B, 10)”.", value.span);
    return [];
  }
  return value.fields.flatMap(({ name, value: given }) => {
    const read = given.kind === "scalar" ? readShape(given.text) : undefined;
    if (read?.state === "shape") return [{ scope: name, sizes: read.sizes }];
    report("shape", read?.problem ?? "A shape is written as (B, 10).", given.span);
    return [];
  });
}
