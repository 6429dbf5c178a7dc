/** `forward-pass exam export`: questions for Anki, Moodle and paper. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ReadBank, readBank } from "../core/exam/bank";
import { builtinBanks } from "../core/exam/builtin";
import { ankiPackage } from "../core/exam/export/anki";
import type { ExportFormat } from "../core/exam/export/formats";
import { giftText } from "../core/exam/export/gift";
import { htmlSheet } from "../core/exam/export/html";
import { markdownSheet } from "../core/exam/export/markdown";
import { moodleXml } from "../core/exam/export/moodle";
import { withVariants } from "../core/exam/export/variants";
import { createCompute } from "../core/features/compute";
import type { Bank } from "../core/exam/question";
import { readSource } from "./files";
import { complain, type ExitStatus, print, readError } from "./outcome";
import { loadParser } from "./parser";

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly output?: string;
  readonly solutions: boolean;
  /** Of each drill; 0 leaves drills out. */
  readonly variants: number;
}

/** Status 1 where a bank has errors, whose questions are left out, or a drill that cannot be drawn; 2 where one cannot be read or nothing can be written. */
export async function exportBanks(
  names: readonly string[],
  { format, output, solutions, variants }: ExportOptions,
): Promise<ExitStatus> {
  if (format === "anki" && output === undefined) {
    complain("An Anki package is no text: say with --output where it goes.");
    return 2;
  }
  const reads = await banksNamed(names);
  if (!reads) return 2;
  const evaluator = createCompute(await loadParser());
  const { banks, problems } = withVariants(reads.map(({ bank }) => bank), variants, evaluator); // prettier-ignore
  for (const problem of problems) complain(`This drill cannot be drawn. ${problem}`);
  const written = format === "anki" ? await anki(banks) : text(banks, format, solutions);
  if (output === undefined) print(written as string);
  else {
    try {
      await writeFile(output, written);
    } catch (error) {
      complain(readError(output, error));
      return 2;
    }
  }
  const faulty = reads.filter(({ diagnostics }) => diagnostics.some(({ severity }) => severity === "error"));
  for (const { bank } of faulty) complain(`${bank.path} has errors; "forward-pass exam validate" shows them.`);
  return faulty.length + problems.length > 0 ? 1 : 0;
}

function text(banks: readonly Bank[], format: Exclude<ExportFormat, "anki">, solutions: boolean): string {
  switch (format) {
    case "markdown":
      return banks.map((bank) => markdownSheet(bank, solutions)).join("\n");
    case "html":
      return htmlSheet(banks, solutions);
    case "gift":
      return giftText(banks);
    case "moodle":
      return moodleXml(banks);
  }
}

/** Built-in banks by their ids, others by their paths; nothing, with a message, where one cannot be read. */
async function banksNamed(names: readonly string[]): Promise<readonly ReadBank[] | undefined> {
  if (names.length === 0) return builtinBanks();
  const reads: ReadBank[] = [];
  for (const name of names) {
    const builtin = builtinBanks().find(({ bank }) => bank.id === name);
    const source = builtin ? undefined : await readSource(name);
    if (!builtin && !source) return undefined;
    reads.push(builtin ?? readBank(source!.path, source!.text));
  }
  return reads;
}

/** SQLite is only loaded for this. */
async function anki(banks: readonly Bank[]): Promise<Uint8Array> {
  const { default: initSqlJs } = await import("sql.js");
  const bytes = await readFile(join(__dirname, "sql-wasm.wasm"));
  const sql = await initSqlJs({ wasmBinary: new Uint8Array(bytes).buffer });
  const database = new sql.Database();
  try {
    return ankiPackage(banks, database, Date.now());
  } finally {
    database.close();
  }
}
