/** A figure of a bank as SVG in the theme's colours; what cannot be drawn says so in words. */
import { svgOf, type SvgElement } from "../../core/exam/figure/svg";
import { figureOf } from "../../core/exam/figure/text";
import { svg } from "./chart";
import { element } from "./element";
import "./figure.css";

/** What a `figure` block shows; `yaml` is its text. */
export function figureView(yaml: string): HTMLElement {
  const shown = figureOf(yaml);
  if ("drawing" in shown) return element("div", { class: "figure-frame" }, build(svgOf(shown.drawing)));
  const words = shown.says === "" ? undefined : element("p", {}, `Figure: ${shown.says}`);
  return element("div", {}, words, element("p", { class: "problem" }, shown.problem));
}

function build({ tag, attributes, children }: SvgElement): SVGElement {
  return svg(tag, attributes, ...children.map((child) => (typeof child === "string" ? child : build(child))));
}
