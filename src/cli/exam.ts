/** `forward-pass exam`: lists, shows and checks banks of questions. */
import { type ReadBank, readBank } from "../core/exam/bank";
import { drawVariant } from "../core/exam/drill";
import { frontMatterSchema } from "../core/exam/authoring/schema";
import { builtinBanks } from "../core/exam/builtin";
import { mathematicsFaults } from "../core/exam/authoring/mathematics";
import { pointsText } from "../core/exam/export/sheet";
import { figuresInWords } from "../core/exam/figure/text";
import { createCodeBench } from "../core/exam/hunt/bench";
import { createHunts } from "../core/exam/hunt/hunt";
import { type DrillTemplate, type Question } from "../core/exam/question";
import { validateBank } from "../core/exam/validate";
import { createCompute } from "../core/features/compute";
import { SourceText } from "../core/text/source";
import { readSource } from "./files";
import { type ExitStatus, complain, print } from "./outcome";
import { loadParser } from "./parser";
import { diagnosticToJson } from "./reports/entries";
import { textReport } from "./reports/text";
import { table } from "./table";

type Format = "text" | "json";

/** One row a question or drill; `graded` says whether a machine decides on all of it, some of it or nothing. */
interface QuestionRow {
  readonly bank: string;
  readonly id: string;
  readonly source: string | null;
  readonly points: number;
  readonly topics: readonly string[];
  /** The kinds of its answers, each once, with `+` between them. */
  readonly kind: string;
  readonly graded: "machine" | "partly" | "self";
}

async function banksOf(files: readonly string[]): Promise<{ banks: ReadBank[]; failed: boolean }> {
  if (files.length === 0) return { banks: [...builtinBanks()], failed: false };
  const sources = await Promise.all(files.map(readSource));
  const banks = sources.flatMap((source) => (source ? [readBank(source.path, source.text)] : []));
  return { banks, failed: banks.length < files.length };
}

export async function listQuestions(files: readonly string[], format: Format): Promise<ExitStatus> {
  const { banks, failed } = await banksOf(files);
  const rows = banks.flatMap(({ bank }) =>
    [...bank.questions, ...bank.drills].map((question) => rowOf(bank.id, question)),
  );
  if (format === "json") print(JSON.stringify(rows, undefined, 2));
  else
    print(
      table(
        rows.map((row) => [`${row.bank}/${row.id}`, `${row.points} pt`, row.kind, row.graded, row.topics.join(", ")]),
      ),
    );
  return failed ? 2 : 0;
}

function rowOf(bank: string, question: Question | DrillTemplate): QuestionRow {
  const kinds = question.parts.map((part) => ("block" in part ? part.block.kind : part.answer.kind));
  const open = kinds.filter((kind) => kind === "open").length;
  return {
    bank,
    id: question.id,
    source: question.source ?? null,
    points: question.points,
    topics: question.topics,
    kind: [...new Set(kinds)].join("+"),
    graded: open === 0 ? "machine" : open === kinds.length ? "self" : "partly",
  };
}

/**
 * Shows a question as text: what is asked, and with `solution` how it is answered. `hunt/NUMBER` is a bug hunt, and a
 * number behind a drill is one of its variants.
 */
export async function showQuestion(reference: string, solution: boolean): Promise<ExitStatus> {
  const [bankId, id, number] = reference.split("/");
  if (bankId === "hunt" && id !== undefined && /^[1-9]\d{0,8}$/.test(id)) return showHunt(Number(id), solution);
  const bank = builtinBanks().find((read) => read.bank.id === bankId)?.bank;
  const drill = bank?.drills.find((other) => other.id === id);
  if (bank && drill && number !== undefined && /^[1-9]\d{0,5}$/.test(number)) {
    const drawn = drawVariant(drill, Number(number), createCompute(await loadParser()), bank.symbols);
    if ("variant" in drawn) return printQuestion(drawn.variant.question, solution);
    complain(drawn.problem);
    return 2;
  }
  const question = number === undefined ? (drill ?? bank?.questions.find((other) => other.id === id)) : undefined;
  if (question) return printQuestion(question, solution);
  complain(`${reference} is no question. "forward-pass exam list" names them all.`);
  return 2;
}

function printQuestion(question: Question | DrillTemplate, solution: boolean): ExitStatus {
  const parts = question.parts.map((part) => part.prompt).filter((prompt) => prompt !== "");
  const text = [`${question.title} (${pointsText(question.points)})`, question.prompt, ...parts].filter(
    (part) => part !== "",
  );
  const shown = [...text, ...(solution && question.solution !== "" ? ["Solution", question.solution] : [])];
  print(figuresInWords(shown.join("\n\n")));
  return 0;
}

/** The program with its bugs; with `solution` where each of them is, and the correct program. */
async function showHunt(number: number, solution: boolean): Promise<ExitStatus> {
  const { planted, correct, bugs } = createHunts(await loadParser()).draw(number);
  const places = bugs.map(({ line, rules }) => `Line ${line + 1} of the correct program: ${rules.join(", ")}`);
  const text = solution ? [planted.text, places.join("\n"), correct.text] : [planted.text];
  print(text.map((part) => part.trimEnd()).join("\n\n"));
  return 0;
}

/** Checks banks as deeply as their authors should: status 1 where one of them has a fault. */
export async function validateBanks(files: readonly string[], format: Format): Promise<ExitStatus> {
  const parser = await loadParser();
  const tools = { evaluator: createCompute(parser), bench: createCodeBench(parser) };
  const sources = await Promise.all(files.map(readSource));
  const own = sources.flatMap((source) => (source ? [{ source, read: readBank(source.path, source.text) }] : []));
  const builtin = builtinBanks().map((read) => ({ source: new SourceText(read.bank.path, ""), read }));
  const reports = (files.length > 0 ? own : builtin).map(({ source, read }) => ({
    source,
    diagnostics: [...read.diagnostics, ...mathematicsFaults(source), ...validateBank(read.bank, tools)],
  }));
  const rows = reports.flatMap(({ source, diagnostics }) =>
    diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, { source })),
  );
  print(format === "json" ? JSON.stringify(rows, undefined, 2) : textReport(reports, process.stdout.isTTY));
  if (own.length < files.length) return 2;
  return rows.length > 0 ? 1 : 0;
}

export function printSchema(): ExitStatus {
  print(JSON.stringify(frontMatterSchema, undefined, 2));
  return 0;
}
