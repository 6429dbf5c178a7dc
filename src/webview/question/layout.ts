/** The page from top to bottom: what the question is, its parts, and the way to the next one. */
import type { QuestionState } from "../../protocol/question";
import { button, element } from "../ui/element";
import { markdown } from "../ui/markdown";
import { ofPoints, pointsText } from "../ui/words";
import type { Actions } from "./actions";
import { hintsView } from "./hints";
import { partView } from "./part";

export interface Navigation {
  readonly go: (step: 1 | -1) => void;
  readonly newVariant: () => void;
  /** Absent in a preview, whose variants come as they come. */
  readonly chooseVariant?: () => void;
  readonly nextInRound: () => void;
  readonly startOver: () => void;
  readonly explain: (rule: string) => void;
  readonly openSheet: (sheet: string) => void;
}

export interface Layout {
  readonly nodes: readonly Node[];
  readonly update: (state: QuestionState) => void;
  readonly focus: () => void;
  readonly focusInput: (part: string) => void;
  readonly focusResult: (part: string) => void;
}

export function layOut(first: QuestionState, actions: Actions, navigation: Navigation): Layout {
  const parts = first.parts.map((part) => ({ id: part.id, view: partView(part, first.parts.length === 1, actions) }));
  const points = element("p", { class: "quiet", role: "status" });
  const hints = hintsView(first.hints, () => {
    actions.hint();
  });
  const solution = element(
    "details",
    { class: "solution", hidden: true },
    element("summary", {}, "Worked solution of the whole question"),
  );
  const bar = footer(first, navigation);
  const update = (state: QuestionState): void => {
    bar.update(state);
    const unfinished = state.parts.some(({ verdict }) => verdict?.state !== "graded");
    const achieved = state.result ? ofPoints(state.result) + (unfinished ? " so far" : "") : pointsText(state.points);
    points.textContent = [achieved, ...state.topics].join(" · ");
    hints.update(state.hints);
    for (const { id, view } of parts) {
      const part = state.parts.find((candidate) => candidate.id === id);
      if (part) view.update(part);
    }
    solution.hidden = state.solution === undefined;
    if (state.solution !== undefined && solution.childElementCount === 1) solution.append(markdown(state.solution));
  };
  update(first);
  return {
    nodes: [
      element(
        "header",
        {},
        element("p", { class: "quiet" }, `${first.bank} · ${whichOne(first)}`),
        element("h1", {}, first.title),
        points,
      ),
      markdown(first.prompt),
      hints.node,
      ...(hints.button ? [element("div", { class: "buttons" }, hints.button)] : []),
      ...parts.map(({ view }) => view.node),
      solution,
      ...ruleLinks(first, navigation),
      bar.node,
      ...sheetLinks(first, navigation),
    ],
    update,
    focus: () => parts[0]?.view.focusInput(),
    focusInput: (part) => parts.find(({ id }) => id === part)?.view.focusInput(),
    focusResult: (part) => parts.find(({ id }) => id === part)?.view.focusResult(),
  };
}

function whichOne({ place, position }: QuestionState): string {
  if (place.kind === "drill") return `Variant ${place.seed}`;
  return position ? `Question ${position.number} of ${position.of}` : "";
}

function ruleLinks({ rules }: QuestionState, { explain }: Navigation): readonly Node[] {
  if (rules.length === 0) return [];
  const links = rules.map(({ rule, title }) =>
    button(
      title,
      () => {
        explain(rule);
      },
      { class: "secondary" },
    ),
  );
  return [
    element(
      "nav",
      { "aria-labelledby": "rules" },
      element("h2", { id: "rules" }, "In the editor"),
      element("p", { class: "quiet" }, "Forward Pass finds this in code:"),
      element("div", { class: "buttons" }, ...links),
    ),
  ];
}

function sheetLinks({ sheets }: QuestionState, { openSheet }: Navigation): readonly Node[] {
  if (sheets.length === 0) return [];
  const links = sheets.map(({ sheet, title }) =>
    button(
      title,
      () => {
        openSheet(sheet);
      },
      { class: "secondary", "aria-label": `Cheat sheet: ${title}` },
    ),
  );
  return [
    element("nav", { class: "buttons sheets", "aria-label": "Cheat sheets" }, element("span", { class: "quiet" }, "Cheat sheets:"), ...links), // prettier-ignore
  ];
}

interface Footer {
  readonly node: HTMLElement;
  readonly update: (state: QuestionState) => void;
}

const roundWords = {
  due: { next: "Next due question", done: "Nothing else is due" },
  cram: { next: "Next question to cram", done: "No more questions about this" },
};

function footer({ place, position, round }: QuestionState, navigation: Navigation): Footer {
  const { go, newVariant, chooseVariant, nextInRound, startOver } = navigation;
  const secondary = { class: "secondary" };
  const next = round && button("", nextInRound);
  const steps = round
    ? []
    : position
      ? [
        button("Previous question", () => { go(-1); }, { ...secondary, disabled: position.number === 1 }),
        button("Next question", () => { go(1); }, { ...secondary, disabled: position.number === position.of }),
      ] // prettier-ignore
      : [];
  const node = element(
    "nav",
    { class: "buttons footer", "aria-label": "Other questions" },
    next,
    ...(place.kind === "drill"
      ? [
          button("New variant", newVariant, round ? secondary : {}),
          chooseVariant && button("Variant by number…", chooseVariant, secondary),
        ]
      : []),
    ...steps,
    button("Start over", startOver, secondary),
  );
  return {
    node,
    update: (state) => {
      if (!next || !state.round) return;
      const { round: shown, left } = state.round;
      const words = roundWords[shown.kind];
      next.disabled = left === 0;
      next.textContent = left === 0 ? words.done : `${words.next} (${left} left)`;
    },
  };
}
