/** What the exam was worth: in all, and by topic as bars that a table says as well. */
import type { ExamState, Marks } from "../../protocol/exam";
import { element } from "../ui/element";
import { ofPoints, plainNumber } from "../ui/words";

export function resultsView({ results, entries }: ExamState): HTMLElement | undefined {
  if (!results) return undefined;
  const { total, topics } = results;
  const open = entries.filter(({ marks }) => (marks?.open ?? 0) > 0).length;
  return element(
    "section",
    { "aria-labelledby": "results" },
    element("h2", { id: "results" }, ofPoints(total)),
    open === 0
      ? undefined
      : element(
          "p",
          {},
          `${open} ${open === 1 ? "question wants" : "questions want"} your own judgement: compare the answer with the model answer and tick what it contains.`,
        ),
    element("p", { class: "quiet" }, "What went wrong comes back as due questions."),
    element(
      "table",
      { class: "topics" },
      element("caption", { class: "quiet" }, "Points by topic"),
      element(
        "thead",
        {},
        element("tr", {}, ...["Topic", "Points", "Share"].map((name) => element("th", { scope: "col" }, name))),
      ),
      element("tbody", {}, ...topics.map(({ topic, marks }) => row(topic, marks))),
    ),
  );
}

function row(topic: string, marks: Marks): HTMLElement {
  const share = marks.of > 0 ? marks.points / marks.of : 0;
  const percent = `${Math.round(100 * share)} %`;
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, topic),
    element("td", { class: "align-right" }, `${plainNumber(marks.points)} of ${plainNumber(marks.of)}`),
    element(
      "td",
      {},
      element("meter", { min: 0, max: 1, value: share, "aria-label": `${topic}: ${percent}` }),
      ` ${percent}`,
    ),
  );
}
