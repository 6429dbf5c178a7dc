/** Functions with a gradient of their own: classes that derive from `torch.autograd.Function`. */
import { none, unknown } from "../../ops/value";
import { classAttribute, linearised, newInstance } from "../classes/classes";
import { type Machine, type Site, args } from "../machine";
import { type ClassValue, type Value, external } from "../values/value";
import { type Builtin, type Functions } from "./given";

const contextType = "torch.autograd.function.FunctionCtx";

/** Runs `forward`, with the context in front unless the class has a `setup_context` of its own that gets it. */
const apply: Builtin = (machine, { positional: [type, ...given], keywords }, site) => {
  const forward = type?.kind === "class" ? classAttribute(linearised(type), "forward") : undefined;
  if (type?.kind !== "class" || !forward || keywords.size > 0)
    return unknown("what the function computes is not known");
  const context = newInstance(machine, external(contextType), site);
  const isSplit = classAttribute(linearised(type), "setup_context") !== undefined;
  const result = machine.call(forward, args(...(isSplit ? given : [context, ...given])), site);
  return withOwnGradient(machine, result, given, site);
};

/** The gradient goes from the results to the arguments, whatever the body does. */
function withOwnGradient(machine: Machine, result: Value, given: readonly Value[], site: Site): Value {
  if (result.kind === "tuple")
    return { ...result, items: result.items.map((item) => withOwnGradient(machine, item, given, site)) };
  if (result.kind !== "tensor") return result;
  const tensors = given.filter(({ kind }) => kind === "tensor");
  return machine.produced({ ...result, stored: undefined }, "torch.autograd.Function.apply", tensors, site);
}

/** Whether a name behind a class is the method that runs a function with a gradient of its own. */
export function isOwnGradient(type: ClassValue, name: string): boolean {
  const isFunction = /^torch\.autograd\.(function\.)?Function$/;
  return name === "apply" && linearised(type).some((base) => base.kind === "external" && isFunction.test(base.name));
}

/** What a context is told about its tensors. */
const notes = ["save_for_backward", "save_for_forward", "mark_dirty", "mark_non_differentiable"];

export const autogradFunctions: Functions = [
  ["torch.autograd.Function.apply", apply],
  ...[...notes, "set_materialize_grads"].map((name) => [`${contextType}.${name}`, (): Value => none] as const),
];
