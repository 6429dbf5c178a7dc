/** The page that shows how a bug hunt stands: each bug, what was broken, the hints, and at its end what there was to find. */
import type { ShowingPage } from "../../protocol/page";
import type { BugRow, HuntHost, HuntMemory, HuntState } from "../../protocol/hunt";
import { button, element } from "../ui/element";
import { connect, remember } from "../ui/host";
import { inlineMarkdown } from "../ui/markdown";
import { showProblem } from "../ui/problem";
import "../ui/page.css";
import "./hunt.css";

const main = document.querySelector("main")!;

const host = connect<ShowingPage<HuntState>, HuntHost>({
  show: (state) => {
    show(state);
    return null;
  },
});

host.call("ready", null).then(show, (problem: unknown) => {
  showProblem(main, problem);
});

function show(state: HuntState): void {
  remember({ number: state.number } satisfies HuntMemory);
  const { number, title, bugs, broken, problem } = state;
  const verdict = element("p", { class: "verdict", role: "status", tabindex: -1 }, verdictOf(state));
  main.replaceChildren(
    element("header", {}, element("h1", {}, title), element("p", { class: "quiet" }, `Bug hunt ${number}`)),
    verdict,
    ...(problem === undefined ? [] : [element("p", { class: "problem" }, problem)]),
    section("bugs", "Bugs", element("ol", { class: "bugs" }, ...bugs.map((bug) => bugItem(bug, state)))),
    ...(broken.length === 0
      ? []
      : [
          section(
            "broken",
            "Broken",
            element("ul", {}, ...broken.map((text) => element("li", {}, inlineMarkdown(text)))),
          ),
        ]),
    element("nav", { "aria-label": "Go on", class: "buttons" }, ...buttonsOf(state)),
  );
  verdict.focus();
}

const section = (id: string, title: string, content: Node): HTMLElement =>
  element("section", { "aria-labelledby": id }, element("h2", { id }, title), content);

function verdictOf({ outcome, bugs, broken, problem, percent, hints }: HuntState): string {
  const mended = bugs.filter(({ state }) => state === "mended").length;
  const price = hints === 0 ? "" : ` after ${hints} ${hints === 1 ? "hint" : "hints"}`;
  if (outcome === "solved") return `Solved: ${percent} %${price}.`;
  if (outcome === "given up") return `Given up: ${percent} %${price}.`;
  if (problem !== undefined) return "Nothing was judged.";
  const harm =
    broken.length === 0 ? "" : `, and ${broken.length === 1 ? "something is" : `${broken.length} things are`} broken`;
  return `${mended} of ${bugs.length} mended${harm}. As it stands: ${percent} %${price}.`;
}

const words: Record<BugRow["state"], string> = {
  mended: "Mended",
  found: "Not mended yet",
  lost: "Gone with the code around it, which does not count as mended",
};

function bugItem({ state, rule, line, hints }: BugRow, { outcome, problem }: HuntState): HTMLElement {
  const label =
    problem !== undefined && outcome === "open"
      ? "Not judged"
      : state === "found" && outcome !== "open"
        ? "Not mended"
        : words[state];
  const place = line === undefined ? "" : ` (line ${line} of the correct program)`;
  return element(
    "li",
    { class: state },
    element("strong", {}, rule ? `${label}: ` : `${label}.`),
    ...(rule ? [element("span", {}, `${rule.title}${place}. `), explainButton(rule.rule, rule.title)] : []),
    ...hints.map((hint) => element("p", { class: "quiet" }, "Hint: ", inlineMarkdown(hint))),
  );
}

const explainButton = (rule: string, title: string): HTMLElement =>
  button("Explain", () => void host.call("explain", rule), { class: "secondary", "aria-label": `Explain: ${title}` });

function buttonsOf({ outcome, questions }: HuntState): HTMLElement[] {
  const program = button("Back to the program", () => void host.call("showProgram", null));
  if (outcome === "open") return [program];
  return [
    button("Show the differences", () => void host.call("showDifferences", null)),
    ...questions.map(({ reference, title }) =>
      button(`Question: ${title}`, () => void host.call("openQuestion", reference), { class: "secondary" }),
    ),
    button("Another hunt", () => void host.call("another", null), { class: "secondary" }),
  ];
}
