/** `torch.no_grad` and its like: contexts for a `with`, and decorators that run a function in one. */
import { none } from "../../ops/value";
import { type FunctionValue, type Value, external } from "../values/value";
import { type Builtin, type Functions } from "./given";

const names = ["torch.no_grad", "torch.inference_mode", "torch.enable_grad", "torch.set_grad_enabled"];
const entering = ".<entered>";

/** What `torch.no_grad()` gives: something to enter, or to decorate with. */
const context =
  (name: string): Builtin =>
  (_, { positional: [first] }) =>
    isFunction(first)
      ? runIn(name, first)
      : {
          kind: "partial",
          callee: external(`${nameFor(name, first)}${entering}`),
          positional: [],
          keywords: new Map(),
        };

/** The modes that take a flag are the other mode where it says so. */
function nameFor(name: string, flag: Value | undefined): string {
  if (flag?.kind !== "bool" || flag.value === undefined) return name;
  if (name === "torch.set_grad_enabled") return flag.value ? "torch.enable_grad" : "torch.no_grad";
  return name === "torch.inference_mode" && !flag.value ? "torch.enable_grad" : name;
}

function isFunction(value: Value | undefined): value is FunctionValue {
  return value?.kind === "function";
}

function runIn(name: string, callee: FunctionValue): FunctionValue {
  return { ...callee, around: [name, ...(callee.around ?? [])] };
}

const decorating =
  (name: string): Builtin =>
  (_, { positional: [decorated] }) =>
    isFunction(decorated) ? runIn(name, decorated) : (decorated ?? none);

/** The library function that made a context, as far as it is one of these. */
export function contextName(context: Value): string | undefined {
  const made = context.kind === "partial" && context.callee.kind === "external" ? context.callee.name : "";
  return made.endsWith(entering) ? made.slice(0, -entering.length) : undefined;
}

export const gradModeFunctions: Functions = names.flatMap((name) => [
  [name, context(name)] as const,
  [name.replace("torch.", "torch.autograd."), context(name)] as const,
  [`${name}${entering}`, decorating(name)] as const,
]);
