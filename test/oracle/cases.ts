/** The recorded truth: models with what PyTorch said of them (`record.py` writes such records), and where their files are. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface InputRecord {
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** `[name, class, parameters, shape of the output or null]` for each of `named_modules()`. */
export type ModuleRecord = readonly [string, string, number, readonly number[] | null];

/** A model that PyTorch runs. */
export interface RunningCase {
  readonly kind: "runs";
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly model: string;
  readonly inputs: readonly InputRecord[];
  readonly parameters?: number;
  readonly trainable?: number;
  readonly outputs: readonly (readonly number[])[];
  readonly modules?: readonly ModuleRecord[];
}

/** A model that PyTorch refuses; `lines` are those at which a report is right; none where any is. */
export interface RefusedCase {
  readonly kind: "refused";
  readonly id: string;
  readonly path: string;
  readonly text: string;
  readonly model: string;
  readonly inputs: readonly InputRecord[];
  readonly lines: readonly number[];
  readonly edit: string;
  readonly error: string;
}

export type OracleCase = RunningCase | RefusedCase;

/** The rows of the two files as they are written. */
interface Row {
  readonly id: string;
  /** None of a program that stands in the sources' folder itself, as `record.py` writes them. */
  readonly repo?: string;
  readonly commit?: string;
  readonly file: string;
  readonly model: string;
  readonly inputs: readonly InputRecord[];
  readonly parameters?: number;
  readonly trainable?: number;
  readonly outputs?: readonly (readonly number[])[];
  readonly modules?: readonly ModuleRecord[];
  readonly kind?: string;
  readonly edit?: { line: number; column: number; delete: number; insert: string } | null;
  readonly errorLine?: number | null;
  readonly error?: string | null;
}

export interface CaseFolders {
  /** With `cases.jsonl` and `negatives.jsonl`. */
  readonly cases: string;
  /** With one folder `owner+name@commit` (eight digits) for each repository. */
  readonly sources: string;
  /** Where the installed packages are. */
  readonly packages: string;
}

export interface CaseList {
  readonly cases: readonly OracleCase[];
  /** How many cases have no file here, by repository. */
  readonly missing: ReadonlyMap<string, number>;
}

export function readCases(folders: CaseFolders): CaseList {
  const rows = ["cases.jsonl", "negatives.jsonl"].flatMap((name) =>
    readFileSync(join(folders.cases, name), "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Row),
  );
  const missing = new Map<string, number>();
  const cases = rows.flatMap((row): OracleCase[] => {
    const path = pathOf(row, folders);
    if (existsSync(path)) return [caseOf(row, path)];
    const owner = row.repo ?? row.file;
    missing.set(owner, (missing.get(owner) ?? 0) + 1);
    return [];
  });
  return { cases, missing };
}

function pathOf({ repo, commit, file }: Row, { sources, packages }: CaseFolders): string {
  if (repo === undefined || commit === undefined) return join(sources, file);
  const folder = `${repo.replace("/", "+")}@${commit.slice(0, 8)}`;
  return repo === "pytorch/vision" ? join(packages, file) : join(sources, folder, file);
}

function caseOf(row: Row, path: string): OracleCase {
  const { id, model, inputs, edit, parameters, trainable, modules } = row;
  const text = edited(readFileSync(path, "utf8"), edit);
  if (row.kind === undefined || row.error === null) {
    const counts = { ...(parameters !== undefined && { parameters }), ...(trainable !== undefined && { trainable }) };
    return {
      kind: "runs",
      id,
      path,
      text,
      model,
      inputs,
      outputs: row.outputs!,
      ...counts,
      ...(modules && { modules }),
    };
  }
  const lines = [edit?.line, row.errorLine].filter((line) => typeof line === "number");
  return { kind: "refused", id, path, text, model, inputs, lines, edit: row.kind, error: row.error! };
}

function edited(text: string, edit: Row["edit"]): string {
  if (!edit) return text;
  const lines = text.split("\n");
  const line = lines[edit.line - 1]!;
  lines[edit.line - 1] = line.slice(0, edit.column) + edit.insert + line.slice(edit.column + edit.delete);
  return lines.join("\n");
}
