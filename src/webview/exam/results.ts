/** What the exam was worth: in all above the questions, and by topic below them, as bars that a table says as well. */
import type { ExamState, Marks } from "../../protocol/exam";
import { element } from "../ui/element";
import { ofPoints, plainNumber } from "../ui/words";

export function resultsView({ results, entries }: ExamState): HTMLElement | undefined {
  if (!results) return undefined;
  const { total } = results;
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
          `${open} ${open === 1 ? "question wants" : "questions want"} your own judgement: compare your answer with the model answer and tick what it contains.`,
        ),
    total.points < total.of
      ? element("p", { class: "quiet" }, "What went wrong comes back as due questions.")
      : undefined,
  );
}

export function topicsView({ results }: ExamState): HTMLElement | undefined {
  if (!results || results.topics.length === 0) return undefined;
  const head = ["Topic", "Points", "Share"].map((name) =>
    element("th", { scope: "col", class: name === "Points" ? "align-right" : undefined }, name),
  );
  return element(
    "section",
    { "aria-labelledby": "topics" },
    element("h2", { id: "topics" }, "Points by topic"),
    element(
      "table",
      { class: "topics", "aria-labelledby": "topics" },
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...results.topics.map(({ topic, marks }) => row(topic, marks))),
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
