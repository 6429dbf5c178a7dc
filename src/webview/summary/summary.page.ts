/** The page with a model's summary: a table of its modules, and the totals. */
import type { ModelSummary, ModuleSummary, OutputSummary } from "../../core/features/summary";
import type { ShowingPage } from "../../protocol/page";
import type { SummaryHost, SummaryState } from "../../protocol/summary";
import { element } from "../ui/element";
import { connect, remember } from "../ui/host";
import { showProblem } from "../ui/problem";
import "../ui/page.css";
import "./summary.css";

const main = document.querySelector("main")!;

const host = connect<ShowingPage<SummaryState>, SummaryHost>({
  show: (state) => {
    show(state);
    return null;
  },
});

host.call("ready", null).then(show, (problem: unknown) => {
  showProblem(main, problem);
});

function show({ request, file, summary }: SummaryState): void {
  remember(request);
  const input = request.input.trim() === "" ? "" : ` · input ${request.input}`;
  main.replaceChildren(
    element("h1", {}, request.model),
    element("p", { class: "quiet" }, `${file}${input}`),
    element("p", { class: "totals" }, totalsText(summary)),
    ...(summary.refusal === undefined ? [] : [element("p", {}, summary.refusal)]),
    element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Modules" }, tableOf(summary)),
    ...problemsOf(summary),
  );
}

const columns = ["Module", "Type", "Output", "Parameters", "Multiply-adds", "Receptive field"] as const;

function tableOf({ modules }: ModelSummary): HTMLElement {
  const head = columns.map((title) => element("th", { scope: "col" }, title));
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...modules.map(rowOf)),
  );
}

function totalsText({ parameters, trainable, macs }: ModelSummary): string {
  const counted = `${count(parameters)} parameters, ${count(trainable)} of them trainable`;
  return macs === null ? counted : `${counted}; ${count(macs)} multiply-adds`;
}

function rowOf({ name, type, outputs, parameters, macs, receptiveField }: ModuleSummary): HTMLElement {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name === "" ? "(model)" : name),
    element("td", {}, type),
    element("td", {}, outputs ? outputs.map(shapeText).join(", ") : ""),
    number(parameters),
    number(macs),
    element("td", {}, receptiveField?.join("×") ?? ""),
  );
}

const shapeText = ({ shape }: OutputSummary): string =>
  shape ? `(${shape.map((size) => size ?? "?").join(", ")})` : "?";

/** Digits in groups of three; a symbolic count as it is. */
const count = (value: number | string | null): string =>
  typeof value === "number" ? value.toLocaleString("en-US") : (value ?? "?");

const number = (value: number | string | null): HTMLElement => element("td", { class: "align-right" }, count(value));

function problemsOf({ diagnostics }: ModelSummary): readonly Node[] {
  if (diagnostics.length === 0) return [];
  const items = diagnostics.map(({ message }) => element("li", {}, message));
  return [element("h2", {}, "Problems in this file"), element("ul", {}, ...items)];
}
