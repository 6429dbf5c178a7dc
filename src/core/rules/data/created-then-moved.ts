/** A tensor that is made on the CPU and copied to the device at once. */
import { type Inference } from "../../infer/analysis";
import type { Call } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding, type Rule } from "../define";
import { withArgument } from "../reading/edits";
import { callAt, callsOf } from "../reading/calls";
import { parentOf } from "../reading/syntax";
import { pathOf } from "../reading/training";

const makers = "zeros ones full empty rand randn randint randperm arange linspace eye"
  .split(" ")
  .map((name) => `torch.${name}`);

function* check(inference: Inference): Iterable<Finding> {
  for (const { origin, operation } of callsOf(inference, ...makers)) {
    const made = callAt(origin.span);
    const method = made && parentOf(inference, made);
    const move = method && isKind(method, "Attribute") ? parentOf(inference, method) : undefined;
    if (!made || !method || !isKind(method, "Attribute") || !move || !isKind(move, "Call") || move.callee !== method)
      continue;
    const device = deviceOf(inference, move, method.attribute.name);
    if (device === undefined || made.keywords.some(({ name }) => name?.name === "device")) continue;
    const { span, text } = withArgument(made, `device=${device}`);
    const written = `${inference.source.slice({ start: made.start, end: span.start })}${text})`;
    yield {
      span: move,
      message: `The tensor is made in the CPU's memory and copied to the device. ${operation} makes it there itself, with device=${device}.`,
      fix: { title: "Make it there", edits: [{ span: move, text: written }] },
    };
  }
}

/** What `.to(…)` and `.cuda()` name as the device; undefined where that is a type, or something more. */
function deviceOf({ source }: Inference, { args, keywords }: Call, method: string): string | undefined {
  if (method === "cuda") return args.length + keywords.length === 0 ? '"cuda"' : undefined;
  const [to] = args;
  if (method !== "to" || !to || args.length !== 1 || keywords.length > 0) return undefined;
  const isDevice = to.kind === "Constant" ? to.type === "str" : /device$/i.test(pathOf(to));
  return isDevice ? source.slice(to) : undefined;
}

export const createdThenMoved: Rule = {
  id: "created-then-moved",
  summary: "A tensor is made on the CPU and copied to the device.",
  category: "data",
  severity: "information",
  confidence: "certain",
  preset: "strict",
  needs: "syntax",
  fix: "suggested",
  check,
};
