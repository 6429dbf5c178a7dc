/** Sittings of mock exams as they are kept; of two windows with the same sitting, each answer that was given last counts. */
import { changeKey, type MockExam, readExam } from "../mock";
import type { KeptKind } from "./keptValues";

export const examKind: KeptKind<MockExam> = {
  ending: ".json",
  read: readExam,
  write: (exam) => JSON.stringify(exam),
  join: joinExams,
};

/** An exam that was handed in in one of the windows is handed in; the clock is that of the longer work. */
export function joinExams(earlier: MockExam, later: MockExam): MockExam {
  const last = earlier.ended !== undefined && later.ended === undefined ? earlier : later;
  const isNewer = (key: string): boolean => (earlier.changed?.[key] ?? "") > (later.changed?.[key] ?? "");
  const used = Math.max(earlier.used, later.used);
  return {
    ...last,
    used,
    responses: joinedResponses(earlier, later, isNewer),
    ...joinedFlags(earlier, later, isNewer),
  };
}

type IsNewer = (key: string) => boolean;

function joinedResponses(earlier: MockExam, later: MockExam, isNewer: IsNewer): MockExam["responses"] {
  const joined: Record<string, MockExam["responses"][string]> = { ...later.responses };
  for (const [question, parts] of Object.entries(earlier.responses)) {
    const known = joined[question];
    const kept = Object.entries(parts).filter(([part]) => !known?.[part] || isNewer(changeKey(question, part)));
    joined[question] = { ...known, ...Object.fromEntries(kept) };
  }
  return joined;
}

function joinedFlags(earlier: MockExam, later: MockExam, isNewer: IsNewer): Pick<MockExam, "flagged" | "changed"> {
  const questions = [...new Set([...later.flagged, ...earlier.flagged])];
  const flagged = questions.filter((id) => (isNewer(changeKey(id)) ? earlier : later).flagged.includes(id));
  const times = { ...earlier.changed };
  for (const [key, time] of Object.entries(later.changed ?? {})) if ((times[key] ?? "") <= time) times[key] = time;
  return { flagged, ...((earlier.changed ?? later.changed) && { changed: times }) };
}
