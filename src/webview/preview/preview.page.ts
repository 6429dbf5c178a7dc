/** The page beside a bank that shows the question at the cursor as its students will see it, and lets its author answer. */
import type { ShowingPage } from "../../protocol/page";
import type { PreviewHost, PreviewState } from "../../protocol/preview";
import type { QuestionState } from "../../protocol/question";
import type { Response } from "../../core/exam/answer";
import type { Actions } from "../question/actions";
import { layOut, type Layout } from "../question/layout";
import { element } from "../ui/element";
import { connect } from "../ui/host";
import { inlineMarkdown } from "../ui/markdown";
import { showProblem } from "../ui/problem";
import "../ui/page.css";
import "../question/question.css";

const main = document.querySelector("main")!;
let shown: { readonly state: QuestionState; readonly layout: Layout } | undefined;

const host = connect<ShowingPage<PreviewState>, PreviewHost>({
  show: (preview) => {
    draw(preview);
    return null;
  },
});

/** Draws anew and leaves the focus where it is: the author is typing in the editor. */
function draw(preview: PreviewState): void {
  if (preview.kind === "nothing") {
    shown = undefined;
    const reasons = preview.says.map((text) => element("li", {}, inlineMarkdown(text)));
    main.replaceChildren(element("h1", {}, preview.title), element("ul", {}, ...reasons));
    return;
  }
  const { state } = preview;
  const same = shown?.state.place.reference === state.place.reference;
  const layout = layOut(state, actions, navigation);
  shown = { state, layout };
  main.replaceChildren(...layout.nodes);
  if (!same) window.scrollTo(0, 0);
}

function change(asked: Promise<PreviewState>, take: (preview: PreviewState) => void = draw): void {
  asked.then(take, (problem: unknown) => {
    showProblem(main, problem);
  });
}

/** Takes what has changed into the page as it is, and goes to the verdict. */
function judged(part: string): (preview: PreviewState) => void {
  return (preview) => {
    if (preview.kind === "nothing" || !shown) {
      draw(preview);
      return;
    }
    shown.layout.update(preview.state);
    shown.layout.focusResult(part);
  };
}

const handed = (part: string, response: Response) => ({ place: shown!.state.place, part, response });

const actions: Actions = {
  understand: (part, response) =>
    shown ? host.call("understand", handed(part, response)) : Promise.resolve({ state: "empty" }),
  check: (part, response) => {
    if (shown) change(host.call("check", handed(part, response)), judged(part));
  },
  openProgram: () => {
    void host.call("openProgram", null);
  },
  compare: (part, response) => {
    if (shown) change(host.call("compare", handed(part, response)), judged(part));
  },
  hint: (part) => {
    change(host.call("hint", part === undefined ? {} : { part }), (preview) => {
      if (preview.kind === "question") shown?.layout.update(preview.state);
    });
  },
};

const navigation = {
  go: (step: 1 | -1): void => {
    change(host.call("go", step));
  },
  newVariant: (): void => {
    change(host.call("newVariant", null));
  },
  startOver: (): void => {
    change(host.call("startOver", null));
  },
  // A preview belongs to no round and links no sheets.
  nextInRound: (): void => undefined,
  openSheet: (): void => undefined,
  explain: (rule: string): void => {
    void host.call("explain", rule);
  },
};

change(host.call("ready", null));
