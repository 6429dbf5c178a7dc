/** A command about one file: what it said the last time, where that still holds, else what it says now. */
import { type SourceFiles } from "../../core/python/modules";
import { type SourceText } from "../../core/text/source";
import { readSource } from "../files";
import { type Answer, type ExitStatus, say } from "../outcome";
import { sourceFiles } from "../sourceFiles";
import { notedFiles } from "./noted";
import { keptResults } from "./results";

export interface Question {
  readonly command: string;
  readonly file: string;
  /** As plain data. */
  readonly options: unknown;
  /** Not where everything is to be computed again. */
  readonly cache: boolean;
}

export async function answered(
  { command, file, options, cache }: Question,
  answer: (source: SourceText, files: SourceFiles) => Promise<Answer>,
): Promise<ExitStatus> {
  const disk = sourceFiles();
  const kept = cache ? keptResults<Answer>(command, [], disk) : undefined;
  const subject = JSON.stringify([file, options]);
  const before = kept?.recall(subject);
  if (before) return say(before);
  const source = await readSource(file);
  if (!source) return 2;
  const files = notedFiles(disk);
  const own = files.read(files.absolute(file));
  const now = await answer(source, files);
  // What cannot be answered is no result; nor is what somebody has changed while it was read.
  if (now.status !== 2 && own === source.text) kept?.keep(subject, now, files.take());
  return say(now);
}
