/** All questions of the exam at a glance: which are answered, flagged, on the table, and afterwards what they were worth. */
import type { ExamEntry, ExamState } from "../../protocol/exam";
import { button, element } from "../ui/element";
import { ofPoints } from "../ui/words";

export function overview({ entries, at, stage }: ExamState, go: (at: number) => void): HTMLElement {
  const items = entries.map((entry, i) => {
    const name = `Question ${i + 1}, ${entry.title}: ${wordsFor(entry)}`;
    const made = button(
      String(i + 1),
      () => {
        go(i);
      },
      {
        class: `secondary ${stage === "ended" ? outcomeOf(entry) : `${entry.answered}${entry.flagged ? " flagged" : ""}`}`,
        id: `entry-${i}`,
        "aria-label": name,
        title: name,
        "aria-current": i === at ? "true" : undefined,
      },
    );
    return element("li", {}, made);
  });
  return element("nav", { "aria-label": "Questions" }, element("ol", { class: "overview" }, ...items));
}

function wordsFor({ answered, flagged, marks }: ExamEntry): string {
  if (marks && answered === "none") return `not answered, ${ofPoints(marks)}`;
  if (marks) return `${ofPoints(marks)}${marks.open > 0 ? ", to be compared" : ""}`;
  const words = answeredWords[answered];
  return flagged ? `${words}, flagged` : words;
}

function outcomeOf({ answered, marks }: ExamEntry): string {
  if (!marks) return "none";
  if (answered === "none" && marks.points === 0) return "blank";
  if (marks.open > 0) return "open";
  return marks.points >= marks.of ? "right" : marks.points > 0 ? "partly" : "wrong";
}

/** Shows at once how much of a question is answered, without drawing the page under the student's hands. */
export function markEntry(at: number, answered: ExamEntry["answered"]): void {
  const entry = document.getElementById(`entry-${at}`);
  entry?.classList.remove("all", "unclear", "some", "none");
  entry?.classList.add(answered);
  const title = entry?.title.replace(/(not |partly )?answered(, not all of it understood)?/, answeredWords[answered]);
  if (entry && title !== undefined) {
    entry.title = title;
    entry.setAttribute("aria-label", title);
  }
}

const answeredWords = {
  all: "answered",
  unclear: "answered, not all of it understood",
  some: "partly answered",
  none: "not answered",
};
