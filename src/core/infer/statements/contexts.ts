/** The `with` statement: what its contexts give, and what they do around its body. */
import { none, unknown } from "../../ops/value";
import type { Expression, Statement, With } from "../../python/syntax";
import { isKind, walk } from "../../python/visit";
import { assignTo } from "./assignments";
import { nameOutcome } from "./boundNames";
import { classAttribute, linearised } from "../classes/classes";
import { runFunction } from "../calls/functions";
import { handOver } from "../calls/handOver";
import { type Machine, type Site, args } from "../machine";
import { givingBack, suppressing } from "../library/evaluation";
import { patching, whilePatched } from "../library/mocking";
import { type Completion, type Scope, ends } from "../memory/scope";
import { contextName } from "../library/gradMode";
import { type FunctionValue, type InstanceValue, type Value } from "../values/value";
import { Raised, namesOf } from "./raising";
import { holdsYield } from "../calls/yields";

/** Enters the contexts from one on, and runs the body inside. */
export function executeWith(machine: Machine, node: With, scope: Scope, from = 0): Completion {
  const item = node.items[from];
  if (!item) return machine.execute(node.body, scope);
  const context = machine.evaluate(item.context, scope);
  const site: Site = { node: item.context, scope };
  const inside = (given: Value): Completion => {
    if (item.target) assignTo(machine, item.target, given, scope);
    const region = { kind: "context", node: item.context, name: contextName(context) } as const;
    return machine.record.within(region, scope.frame.path, () => executeWith(machine, node, scope, from + 1));
  };
  const ofLibrary =
    context.kind === "partial" && context.callee.kind === "external" ? entering.get(context.callee.name) : undefined;
  if (ofLibrary && context.kind === "partial") return ofLibrary(machine, context.positional, site, inside, node);
  if (context.kind === "instance" && context.type.kind === "class") return withObject(machine, context, site, inside);
  if (context.kind === "partial" && context.callee.kind === "function")
    return withGenerator(machine, context, context.callee, site, inside);
  const run = (): Completion => inside(unknown("what the context gives is not known"));
  return expectsFailure(item.context) ? machine.record.asGuarded(run) : run();
}

type Inside = (given: Value) => Completion;

/** Contexts of Python's library, by their names, with the arguments that they were made of. */
const entering = new Map<
  string,
  (machine: Machine, given: readonly Value[], site: Site, inside: Inside, node: With) => Completion
>([
  [
    suppressing,
    (machine, errors, { scope }, inside, node) => suppressed(machine, errors, node, scope, () => inside(none)),
  ],
  [givingBack, (_, [given], __, inside) => inside(given ?? none)],
  [patching, (machine, given, site, inside) => whilePatched(machine, given, site, inside)],
]);

/** `with pytest.raises(ValueError)`, `with self.assertRaises(...)`: what is refused there is meant to be. */
function expectsFailure(context: Expression): boolean {
  const callee = context.kind === "Call" ? context.callee : undefined;
  const name = callee?.kind === "Name" ? callee.id : callee?.kind === "Attribute" ? callee.attribute.name : "";
  return /^(assert_?)?raises/i.test(name);
}

/** `suppress(KeyError)`: the body ends where it fails, and nobody hears of it. */
function suppressed(
  machine: Machine,
  errors: readonly Value[],
  node: With,
  scope: Scope,
  body: () => Completion,
): Completion {
  const isOfNames = errors.every((error) => error.kind === "external" && error.name === "builtins.NameError");
  const outcome = isOfNames && node.items.length === 1 ? nameOutcome(machine, node.body, scope) : undefined;
  if (outcome) return outcome === "fails" ? ends.normally : body();
  const names = errors.map((error) => (error.kind === "external" ? error.name.replace(/^builtins\./, "") : undefined));
  return perhapsSwallowed(machine, scope, body, (error) => namesOf(error).some((name) => names.includes(name)));
}

/** The body ends somewhere, and what it has done by then stays: where it surely fails it is known what that is. */
function perhapsSwallowed(
  machine: Machine,
  scope: Scope,
  body: () => Completion,
  isSwallowed: (error: string) => boolean = () => false,
): Completion {
  let isSure = false as boolean;
  const left = machine.either(
    scope,
    () => {
      const completion = machine.record.attempting(isSwallowed, () => machine.record.asGuarded(body));
      isSure = completion instanceof Raised;
      if (completion instanceof Raised) return ends.normally;
      return completion & ends.byRaise ? (completion & ~ends.byRaise) | ends.normally : completion;
    },
    () => (isSure ? ends.byRaise : ends.normally),
  );
  return isSure ? left & ~ends.byRaise : left;
}

/** `__enter__`, the body, `__exit__`. */
function withObject(machine: Machine, context: InstanceValue, site: Site, inside: Inside): Completion {
  const [enter, leave] = ["__enter__", "__exit__"].map((name) => classAttribute(linearised(context.type), name));
  const given = enter ? machine.call(enter, args(context), site) : unknown("what the context gives is not known");
  const body = (): Completion => inside(given);
  const completion = maySwallow(leave) ? perhapsSwallowed(machine, site.scope, body) : body();
  if (leave) machine.call(leave, args(context, none, none, none), site);
  return completion;
}

/** Whether an `__exit__` gives anything but None or False: then the body may have ended early, and nobody has heard of it. */
function maySwallow(leave: Value | undefined): boolean {
  if (leave?.kind !== "function") return false;
  let gives = false as boolean;
  walk(leave.node, (part) => {
    const value = isKind(part, "Return") ? part.value : undefined;
    const isFalse = value?.kind === "Constant" && (value.type === "none" || (value.type === "bool" && !value.value));
    gives ||= value !== undefined && !isFalse;
    return undefined;
  });
  return gives;
}

/** A function with `@contextmanager`: the body runs where it yields. */
function withGenerator(
  machine: Machine,
  context: Value & { kind: "partial" },
  callee: FunctionValue,
  site: Site,
  inside: Inside,
): Completion {
  const { positional, keywords } = context;
  const given = { positional, keywords, open: false };
  machine.record.part.read.add(callee.node);
  if (callee.node.kind === "Lambda" || !yieldsOnce(callee.node.body)) {
    handOver(given);
    return inside(unknown("what the context gives is not known"));
  }
  let completion: Completion | undefined;
  runFunction(machine, callee, given, site, (value) => {
    completion = inside(value);
  });
  return completion ?? inside(unknown("what the context gives is not known"));
}

/** Whether the only `yield` stands where the body surely comes by: behind no test and in no loop. */
function yieldsOnce(body: readonly Statement[]): boolean {
  const places = body.filter(holdsYield);
  const [place] = places;
  if (places.length !== 1 || !place) return false;
  if (place.kind === "ExpressionStatement") return place.value.kind === "Yield";
  if (place.kind === "With") return yieldsOnce(place.body);
  return place.kind === "Try" && place.handlers.length === 0 && yieldsOnce(place.body) && !holdsYield(place.finalbody);
}
