/** The page on which a question is answered. All state is the extension's; this draws it and hands answers in. */
import type { Response } from "../../core/exam/answer";
import type { Confidence } from "../../core/exam/statistics";
import { focusAfter } from "../../protocol/judgement";
import type { QuestionHost, QuestionMemory, QuestionState } from "../../protocol/question";
import type { ShowingPage } from "../../protocol/page";
import { connect, remember, remembered } from "../ui/host";
import { showProblem } from "../ui/problem";
import type { Actions } from "./actions";
import { layOut, type Layout } from "./layout";
import "../ui/page.css";
import "./question.css";

const main = document.querySelector("main")!;
let layout: Layout | undefined;
let place: QuestionMemory["place"] | undefined;
let order = 0;
let round: QuestionMemory["round"];
let drafts: Record<string, Response> = {};
/** An answer is on its way: a second Enter is not a second attempt. */
let busy = false;

const host = connect<ShowingPage<QuestionState>, QuestionHost>({
  show: (state) => {
    drafts = {};
    build(state);
    return null;
  },
});

const keep = (): void => {
  if (place) remember({ place, order, drafts, ...(round && { round }) } satisfies QuestionMemory);
};

/** Draws the whole page anew, with the focus in its first answer: the user asked for it. */
function build(state: QuestionState): void {
  draw(state).focus();
}

function draw(state: QuestionState): Layout {
  place = state.place;
  order = state.order;
  round = state.round?.round;
  keep();
  layout = layOut(state, actions, navigation);
  main.replaceChildren(...layout.nodes);
  window.scrollTo(0, 0);
  return layout;
}

/** Asks the extension for something that changes the page; a refusal is shown. */
function change(asked: Promise<QuestionState>, take: (state: QuestionState) => void): void {
  asked.then(take, (problem: unknown) => {
    showProblem(main, problem);
  });
}

function handIn(call: "check" | "compare", part: string, response: Response, confidence?: Confidence): void {
  if (!place || busy) return;
  busy = true;
  const asked = host.call(call, { place, part, response, ...(confidence && { confidence }) }).finally(() => {
    busy = false;
  });
  change(asked, (state) => {
    layout?.update(state);
    const verdict = state.parts.find(({ id }) => id === part)?.verdict;
    // Only what was graded is in the log; the rest would be lost with the window.
    if (verdict?.state === "graded") drafts = Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== part));
    keep();
    if (focusAfter(verdict) === "input") layout?.focusInput(part);
    else layout?.focusResult(part);
  });
}

const actions: Actions = {
  understand: async (part, response) => {
    if (!place) return { state: "empty" };
    drafts = { ...drafts, [part]: response };
    keep();
    return host.call("understand", { place, part, response });
  },
  check: (part, response, confidence) => {
    handIn("check", part, response, confidence);
  },
  compare: (part, response) => {
    handIn("compare", part, response);
  },
  openProgram: (part) => {
    if (!place) return;
    host.call("openProgram", { place, part, response: {} }).catch((problem: unknown) => {
      showProblem(main, problem);
    });
  },
  hint: (part) => {
    change(host.call("hint", part === undefined ? {} : { part }), (state) => layout?.update(state));
  },
};

const replace = (state: QuestionState): void => {
  drafts = {};
  build(state);
};

const navigation = {
  go: (step: 1 | -1): void => {
    change(host.call("go", step), replace);
  },
  newVariant: (): void => {
    change(host.call("newVariant", null), replace);
  },
  chooseVariant: (): void => {
    change(host.call("chooseVariant", null), (state) => {
      if (place?.kind === "drill" && state.place.kind === "drill" && state.place.seed === place.seed) return;
      replace(state);
    });
  },
  nextInRound: (): void => {
    change(host.call("nextInRound", null), replace);
  },
  startOver: (): void => {
    change(host.call("startOver", null), replace);
  },
  openSheet: (sheet: string): void => {
    void host.call("openSheet", sheet);
  },
  explain: (rule: string): void => {
    void host.call("explain", rule);
  },
};

change(host.call("ready", null), (state) => {
  // The extension has laid the drafts on top already; here they are kept for the next time.
  drafts = { ...(remembered() as Partial<QuestionMemory> | undefined)?.drafts };
  const { focus } = draw(state);
  // A window that is loaded again brings pages back without asking for them: they wait for the focus.
  if (document.hasFocus()) focus();
  else window.addEventListener("focus", focus, { once: true });
});
