/** The page that shows the student's progress as charts, each with its table. */
import type { ShowingPage } from "../../protocol/page";
import type { ProgressHost, ProgressState } from "../../protocol/progress";
import { chartView } from "../ui/chart";
import { button, element } from "../ui/element";
import { connect, remember } from "../ui/host";
import { showProblem } from "../ui/problem";
import { calibrationChart, forecastChart, studyChart, topicsNow, topicsOverTime } from "./charts";
import "../ui/page.css";
import "./progress.css";

const main = document.querySelector("main")!;

const host = connect<ShowingPage<ProgressState>, ProgressHost>({
  show: (state) => {
    show(state);
    return null;
  },
});

host.call("ready", null).then(show, (problem: unknown) => {
  showProblem(main, problem);
});

function show(state: ProgressState): void {
  remember({});
  // Opened tables stay open while answers come in.
  const idOf = (details: Element): string => details.closest("section")?.getAttribute("aria-labelledby") ?? "";
  const open = new Set([...main.querySelectorAll("details[open]")].map(idOf));
  main.replaceChildren(element("h1", {}, "Progress"), ...(state.answers === 0 ? empty() : filled(state)));
  for (const details of main.querySelectorAll("details")) details.open = open.has(idOf(details));
}

function empty(): readonly Node[] {
  return [
    element("p", {}, "Nothing has been answered yet. What you answer shows here: your points by topic, and what comes back when."), // prettier-ignore
    element(
      "div",
      { class: "buttons" },
      button("Open question…", () => void host.call("openQuestion", null)),
    ),
  ];
}

function filled(state: ProgressState): readonly Node[] {
  const { answers, due, calibration, weeks } = state;
  const dueWords = due === 0 ? "nothing is due" : `${due} ${due === 1 ? "question is" : "questions are"} due`;
  const charts = [
    topicsNow(state),
    ...(weeks.length > 1 ? [topicsOverTime(state)] : []),
    forecastChart(state),
    studyChart(state),
    ...(calibration.some(({ answers: count }) => count > 0) ? [calibrationChart(state)] : []),
  ];
  return [
    element("p", {}, `${answers} ${answers === 1 ? "answer" : "answers"} so far; ${dueWords}.`),
    element(
      "div",
      { class: "buttons" },
      due > 0 ? button("Answer what is due", () => void host.call("answerDue", null)) : undefined,
      button("Set exam date…", () => void host.call("setExamDate", null), { class: "secondary" }),
    ),
    ...charts.map(chartView),
  ];
}
