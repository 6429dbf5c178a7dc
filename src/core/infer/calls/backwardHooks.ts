/** Functions that PyTorch calls when it computes gradients: what they write is there behind `backward()`, or is not. */
import { unknown } from "../../ops/value";
import { perhapsWritten } from "../statements/branches";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { type Value } from "../values/value";

/** Methods of modules and of tensors. */
const registering = /^register_(hook|(full_)?backward_(pre_)?hook|post_accumulate_grad_hook)$/;

const running = /^(backward|grad)$/;

/** Under this name they are kept; nothing of a library is called so. */
const place = "<backward hooks>";

/** To be told of every method that is called, whatever it is called on. */
export function noteBackward(machine: Machine, method: string, { positional, keywords }: Arguments, site: Site): void {
  const { patches } = machine;
  const known = (): readonly Value[] => {
    const hooks = patches.size > 0 ? patches.get(place) : undefined;
    return hooks?.kind === "tuple" ? hooks.items : [];
  };
  const hook = registering.test(method) ? (positional[0] ?? keywords.get("hook")) : undefined;
  if (hook) patches.set(place, { kind: "tuple", items: [...known(), hook] });
  if (!running.test(method)) return;
  for (const one of known()) perhapsWritten(machine, site.scope, () => void runHook(machine, one, site));
}

/** On a module, what it gets are the module and two tuples of gradients; on a tensor, a gradient. */
function runHook(machine: Machine, hook: Value, site: Site): Value {
  const given = ["which module it is", "the gradients", "the gradients"].map((what) => unknown(`${what} is not known`));
  const { parameters } = functionOf(hook)?.node ?? {};
  const isOfTensor = parameters && parameters.length - (hook.kind === "method" ? 1 : 0) === 1;
  return machine.record.asGuarded(() => machine.call(hook, args(...(isOfTensor ? given.slice(1, 2) : given)), site));
}

function functionOf(hook: Value): (Value & { kind: "function" }) | undefined {
  const callee = hook.kind === "method" ? hook.callee : hook;
  return callee.kind === "function" ? callee : undefined;
}
