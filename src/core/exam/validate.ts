/** The deep check of a bank: tries out every answer and draws every drill, as its author should. */
import type { Diagnostic } from "../text/diagnostic";
import type { Span } from "../text/source";
import type { FieldValue } from "./answerBlock";
import { drawVariant, type Evaluator } from "./drill";
import type { GradingTools } from "./kinds/kind";
import { selfTest } from "./kinds/registry";
import type { Bank, DrillTemplate } from "./question";

/** Without a bench programs are not judged. */
export interface ValidationOptions extends GradingTools {
  /** Without it drills are not drawn. */
  readonly evaluator?: Evaluator;
  /** How many variants of each drill are drawn. */
  readonly draws?: number;
}

/** What only trying shows, beyond what reading the bank reports. */
export function validateBank(bank: Bank, options: ValidationOptions = {}): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (rule: string, message: string, span: Span, severity: Diagnostic["severity"] = "error"): void => {
    diagnostics.push({ rule: `bank-${rule}`, severity, message, span, related: [], fixes: [] });
  };
  for (const question of bank.questions) {
    for (const part of question.parts) {
      for (const fault of selfTest(part.answer, options)) {
        const { says, span } = typeof fault === "string" ? { says: fault, span: question.span } : fault;
        report("self-test", `${partName(part.id)}${says}`, span);
      }
    }
    const texts = [question.prompt, question.solution, ...question.parts.map(({ prompt }) => prompt)];
    if (texts.some((text) => text.includes("@{"))) {
      report("params", "“@{…}” stands here, but the question has no “params” block.", question.span);
    }
  }
  const { evaluator, draws = 50 } = options;
  if (evaluator) for (const drill of bank.drills) tryDrill(drill, bank, evaluator, draws, report);
  return diagnostics;
}

const partName = (id: string): string => (id === "answer" ? "" : `${id}: `);

/** Where an answer of the drill holds an expression. */
function placeOf({ parts }: DrillTemplate, expression: string | undefined): Span | undefined {
  const holds = (value: FieldValue): Span | undefined => {
    if (value.kind === "scalar") return value.text.trim() === expression?.trim() ? value.span : undefined;
    const inner = value.kind === "list" ? value.items : value.fields.map((field) => field.value);
    return inner.map(holds).find((span) => span !== undefined);
  };
  return parts.flatMap(({ block }) => block.fields.map(({ value }) => holds(value))).find((span) => span !== undefined);
}

function tryDrill(
  drill: DrillTemplate,
  bank: Bank,
  evaluator: Evaluator,
  draws: number,
  report: (rule: string, message: string, span: Span, severity?: Diagnostic["severity"]) => void,
): void {
  const seen = new Set<string>();
  for (let seed = 1; seed <= draws; seed++) {
    const drawn = drawVariant(drill, seed, evaluator, bank.symbols);
    if ("problem" in drawn) {
      report("drill", `Variant ${seed}: ${drawn.problem}`, placeOf(drill, drawn.expression) ?? drill.span);
      return;
    }
    seen.add(JSON.stringify(drawn.variant.values));
  }
  if (draws > 1 && seen.size === 1) report("drill", "All variants are the same.", drill.span, "warning");
}
