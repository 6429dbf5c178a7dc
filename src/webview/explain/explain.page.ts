/** The page that explains a finding, with the questions that teach it, or shows a cheat sheet. */
import type { ExplainHost, ExplainMemory, Explanation } from "../../protocol/explain";
import type { ShowingPage } from "../../protocol/page";
import { button, element } from "../ui/element";
import { connect, remember } from "../ui/host";
import { markdown } from "../ui/markdown";
import { showProblem } from "../ui/problem";
import "../ui/page.css";

const main = document.querySelector("main")!;

const host = connect<ShowingPage<Explanation>, ExplainHost>({
  show: (explanation) => {
    show(explanation);
    return null;
  },
});

host.call("ready", null).then(show, (problem: unknown) => {
  showProblem(main, problem);
});

function show({ subject, title, label, markdown: text, questions }: Explanation): void {
  remember({ subject } satisfies ExplainMemory);
  const head = element("header", {}, element("h1", {}, title), element("p", { class: "quiet" }, label));
  main.replaceChildren(element("article", {}, head, markdown(text)), ...questionButtons(questions));
  window.scrollTo(0, 0);
}

function questionButtons(questions: Explanation["questions"]): readonly Node[] {
  if (questions.length === 0) return [];
  const buttons = questions.map(({ reference, title }) =>
    button(`Question: ${title}`, () => void host.call("openQuestion", reference)),
  );
  return [
    element(
      "nav",
      { "aria-labelledby": "practise" },
      element("h2", { id: "practise" }, "Practise this"),
      element("div", { class: "buttons" }, ...buttons),
    ),
  ];
}
