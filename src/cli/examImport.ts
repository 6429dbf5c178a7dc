/** `forward-pass exam import`: an exam in Markdown or plain text becomes a draft bank. */
import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { importExam, type ImportedExam } from "../core/exam/import/importExam";
import { missingThings } from "../core/exam/reader/missing";
import { readSource } from "./files";
import { complain, type ExitStatus, print, readError } from "./outcome";

interface Options {
  readonly output?: string;
  readonly format: "text" | "json";
}

/** The draft goes to standard output or a file, what was found to standard error; as JSON both in one object. */
export async function importFile(file: string, { output, format }: Options): Promise<ExitStatus> {
  const source = await readSource(file);
  if (!source) return 2;
  const imported = importExam(basename(file), source.text);
  if (output !== undefined) {
    try {
      await writeFile(output, imported.text, { flag: "wx" });
    } catch (error) {
      const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
      complain(exists ? `${output} is there already; it stays as it is.` : readError(output, error));
      return 2;
    }
  }
  if (format === "json") print(JSON.stringify(toJson(file, imported), undefined, 2));
  else {
    process.stderr.write(`${summaryOf(imported)}\n`);
    if (output === undefined) print(imported.text);
  }
  return imported.questions.length > 0 ? 0 : 1;
}

function toJson(file: string, { id, text, exercises, questions, points }: ImportedExam): unknown {
  return {
    file,
    id,
    exercises,
    points,
    questions: questions.map(({ label, points: own, missing }) => ({
      label,
      points: own ?? null,
      missing: missing.map(({ thing }) => thing),
    })),
    text,
  };
}

function summaryOf({ exercises, questions, points }: ImportedExam): string {
  const counts = missingThings.flatMap((thing) => {
    const count = questions.filter(({ missing }) => missing.some((lack) => lack.thing === thing)).length;
    return count === 0 ? [] : [`${thing} (${count})`];
  });
  const found = `${counted(exercises, "exercise")}, ${counted(questions.length, "question")}, ${counted(points, "point")}.`;
  return counts.length === 0 ? found : `${found} Missing: ${counts.join(", ")}.`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
