/** The page on which a mock exam is sat, paused, handed in and looked through. All state is the extension's. */
import type { ExamEntry, ExamHost, ExamMemory, ExamState } from "../../protocol/exam";
import type { ShowingPage } from "../../protocol/page";
import { button, element } from "../ui/element";
import { connect, remember } from "../ui/host";
import { markdown } from "../ui/markdown";
import { showProblem } from "../ui/problem";
import { pointsText } from "../ui/words";
import { createClock } from "./clock";
import { answerView } from "./answer";
import { markEntry, overview } from "./overview";
import { resultsView, topicsView } from "./results";
import "../ui/page.css";
import "../question/question.css";
import "./exam.css";

const main = document.querySelector("main")!;
let state: ExamState | undefined;

const host = connect<ShowingPage<ExamState>, ExamHost>({
  show: (next) => {
    draw(next, "heading");
    return null;
  },
});

const clock = createClock(() => {
  change(host.call("timeUp", null), "heading");
});

/** Where the focus goes when the page has changed. */
type Focus = "answer" | "heading" | "same";

function change(asked: Promise<ExamState>, focus: Focus): void {
  asked.then(
    (next) => {
      draw(next, focus);
    },
    (problem: unknown) => {
      showProblem(main, problem);
    },
  );
}

function draw(next: ExamState, focus: Focus): void {
  const before = document.activeElement?.id;
  const isOther = state?.at !== next.at || state.stage !== next.stage;
  state = next;
  remember({ exam: next.id } satisfies ExamMemory);
  clock.show(next.stage === "running" ? next.left : undefined, next.minutes);
  main.replaceChildren(header(next), ...body(next).filter((node) => node !== undefined));
  if (isOther) window.scrollTo(0, 0);
  const first = main.querySelector<HTMLElement>(".answer input, .answer textarea");
  const same = before ? document.getElementById(before) : null;
  (focus === "same" && same ? same : focus === "answer" && first ? first : main.querySelector("h1"))?.focus();
}

function header({ title, stage }: ExamState): HTMLElement {
  return element(
    "header",
    {},
    element(
      "p",
      { class: "quiet" },
      { running: "Mock exam", paused: "Mock exam, paused", ended: "Mock exam, handed in" }[stage],
    ),
    element("h1", { tabindex: -1 }, title),
    stage === "running" ? clock.node : undefined,
  );
}

function body(shown: ExamState): readonly (Node | undefined)[] {
  switch (shown.stage) {
    case "paused":
      return [
        element("p", {}, "The clock stands still. The questions come back when you go on."),
        element("div", { class: "buttons" }, button("Go on", () => { change(host.call("resume", null), "answer"); })), // prettier-ignore
      ];
    case "running":
      return [overview(shown, go), question(shown), controls(shown)];
    case "ended":
      return [resultsView(shown), overview(shown, go), question(shown), lookThrough(shown), topicsView(shown)];
  }
}

const go = (at: number): void => {
  change(host.call("go", at), state?.stage === "running" ? "answer" : "heading");
};

function question(shown: ExamState): HTMLElement | undefined {
  const { id: exam, at, stage, question: asked } = shown;
  if (!asked) return undefined;
  const parts = asked.parts.map((part) =>
    answerView(part, asked.parts.length === 1, {
      ended: stage === "ended",
      answer: async (response) => {
        const { reading, answered } = await host.call("answer", { exam, at, part: part.id, response });
        noteAnswered(at, answered);
        return reading;
      },
      openProgram: () => {
        host.call("openProgram", { exam, at, part: part.id, response: {} }).catch((problem: unknown) => {
          showProblem(main, problem);
        });
      },
      tick: (response) => {
        change(host.call("tick", { exam, at, part: part.id, response }), "same");
      },
      problem: (problem) => {
        showProblem(main, problem);
      },
    }),
  );
  return element(
    "section",
    { "aria-labelledby": "question" },
    element("h2", { id: "question" }, `${at + 1}. ${asked.title}`),
    element("p", { class: "quiet" }, pointsText(asked.points)),
    markdown(asked.prompt),
    ...parts,
    asked.solution === undefined
      ? undefined
      : element("details", { class: "solution" }, element("summary", {}, "Worked solution"), markdown(asked.solution)),
  );
}

/** Programs are written in the editor: what has come of them there is looked up, and the page is not drawn anew for it. */
async function lookUpAnswers(): Promise<void> {
  const { id, entries } = await host.call("ready", null);
  if (state?.id !== id || state.stage !== "running") return;
  for (const [at, { answered }] of entries.entries()) noteAnswered(at, answered);
}

window.addEventListener("focus", () => {
  lookUpAnswers().catch(() => undefined);
});

/** What is typed does not draw the page anew, so what hangs on it is told here. */
function noteAnswered(at: number, answered: ExamEntry["answered"]): void {
  markEntry(at, answered);
  if (!state) return;
  const entries = state.entries.map((entry, i) => (i === at ? { ...entry, answered } : entry));
  state = { ...state, entries };
}

function steps({ at, entries }: ExamState): HTMLElement {
  const secondary = { class: "secondary" };
  return element(
    "nav",
    { class: "buttons footer", "aria-label": "Other questions" },
    button("Previous question", () => { go(at - 1); }, { ...secondary, disabled: at === 0 }), // prettier-ignore
    button("Next question", () => { go(at + 1); }, { ...secondary, disabled: at === entries.length - 1 }), // prettier-ignore
  );
}

/** Afterwards one looks at what went wrong, and at what waits for one's own judgement. */
function lookThrough(shown: ExamState): HTMLElement {
  const { at, entries } = shown;
  const bar = steps(shown);
  const isOver = ({ marks }: ExamEntry): boolean => !marks || (marks.open === 0 && marks.points >= marks.of);
  const round = entries.map((_entry, place) => (at + 1 + place) % entries.length);
  const next = round.find((place) => place !== at && !isOver(entries[place]!));
  if (next !== undefined) bar.append(button("Next to look at", () => { go(next); }, { id: "next-mistake" })); // prettier-ignore
  return bar;
}

function controls(shown: ExamState): HTMLElement {
  const { at, entries } = shown;
  const secondary = { class: "secondary" };
  const flagged = entries[at]?.flagged === true;
  const bar = steps(shown);
  bar.append(
    button(flagged ? "Take the flag off" : "Flag for later", () => { change(host.call("flag", at), "same"); }, { ...secondary, id: "flag" }), // prettier-ignore
    button("Pause", () => { change(host.call("pause", null), "heading"); }, secondary), // prettier-ignore
    handIn(),
  );
  return bar;
}

/** Asks once more where something is missing: there is no way back. */
function handIn(): HTMLElement {
  const end = (): void => {
    change(host.call("end", null), "heading");
  };
  const sure = button("", end, { id: "sure", hidden: true });
  const decide = (): void => {
    const states = (state?.entries ?? []).map(({ answered }) => answered);
    const unclear = states.filter((answered) => answered === "unclear").length;
    const missing = states.filter((answered) => answered !== "all").length - unclear;
    if (missing + unclear === 0) {
      end();
      return;
    }
    const words = [...(missing > 0 ? [`${missing} not fully answered`] : []), ...(unclear > 0 ? [`${unclear} not understood`] : [])]; // prettier-ignore
    sure.textContent = `Hand in with ${words.join(" and ")}`;
    sure.hidden = false;
    sure.focus();
  };
  const ask = button("Hand in", () => {
    lookUpAnswers().then(decide, decide);
  });
  return element("span", {}, ask, " ", sure);
}

change(host.call("ready", null), "answer");
