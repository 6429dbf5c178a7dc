/** Calls and attributes of a value that is one of several: each is tried on a branch of its own. */
import { unknown } from "../../ops/value";
import { type Alternative, alternativesOf } from "../values/choices";
import { followImport } from "../imports/imports";
import { join } from "../values/join";
import { type Arguments, type Machine, type Site } from "../machine";
import { ends } from "../memory/scope";
import { type Value } from "../values/value";

/** A name that an import binds is followed when it is used. */
function followed(machine: Machine, value: Value): Value {
  return value.kind === "import"
    ? (machine.nested(() => followImport(machine, value)) ?? unknown("it is nested too deeply"))
    : value;
}

/** Uses each alternative on a branch of its own. Who uses it knows that it is there, and is none that would be refused. */
function used(
  machine: Machine,
  all: readonly Alternative[],
  use: (value: Value) => Value,
  site: Site,
): Value | undefined {
  const there = all.filter(({ value }) => value.kind !== "none");
  const [first, ...others] = there.map((one) => ({ ...one, value: followed(machine, one.value) }));
  if (!first) return undefined;
  if (others.length === 0) return use(first.value);
  const results: Alternative[] = [];
  const branch =
    ({ value, under }: Alternative) =>
    () => {
      const result = machine.record.unlessRefused(() => use(value));
      if (!result) return ends.byRaise;
      results.push({ value: result, under });
      return ends.normally;
    };
  const run = ([one, ...rest]: readonly Alternative[]): number =>
    one && rest.length > 0 ? machine.either(site.scope, branch(one), () => run(rest)) : branch(one!)();
  run([first, ...others]);
  return results.reduce<Alternative | undefined>((known, { value, under }) => {
    if (!known) return { value, under };
    return { value: join(known.value, value, machine.facts, { first: known.under, second: under }), under: [] };
  }, undefined)?.value;
}

export function callAlternatives(machine: Machine, callee: Value, given: Arguments, site: Site): Value | undefined {
  const all = alternativesOf(callee);
  return all && used(machine, all, (value) => machine.call(value, given, site), site);
}

export function attributeOfAlternatives(machine: Machine, value: Value, name: string, site: Site): Value | undefined {
  const all = alternativesOf(value);
  return all && used(machine, all, (one) => machine.attribute(one, name, site), site);
}
