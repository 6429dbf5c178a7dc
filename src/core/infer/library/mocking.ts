/** `unittest.mock.patch`: something has another value for as long as the body of a `with` runs. */
import { unknown } from "../../ops/value";
import { moduleByName } from "../imports/imports";
import { type Machine, type Site } from "../machine";
import { removePart } from "../modules/stored";
import { type Value, external } from "../values/value";
import { type Builtin, type Functions, argument, textIn } from "./given";

/** The callee of what `patch(…)` gives; its arguments are the owner, the name and what takes its place. */
export const patching = "unittest.mock.patch.<entered>";

const prepared = (owner: Value | undefined, name: Value | undefined, stored: Value | undefined): Value => ({
  kind: "partial",
  callee: external(patching),
  positional: [
    owner ?? unknown("what is patched is not known"),
    name ?? unknown("what is patched is not known"),
    stored ?? unknown("a mock may do anything"),
  ],
  keywords: new Map(),
});

/** `patch("package.module.name", new)`. */
const patchByName: Builtin = (machine, given, site) => {
  const [target] = given.positional;
  const names = textIn(target)?.split(".");
  const owner = names && ownerOf(machine, names.slice(0, -1), site);
  return prepared(owner, names && { kind: "str", value: names.at(-1) }, argument(given, 1, "new"));
};

/** What a dotted name means: a file, something in one, or something of a library. */
function ownerOf(machine: Machine, names: readonly string[], site: Site): Value {
  for (let count = names.length; count > 0; count--) {
    const file = moduleByName(machine, names.slice(0, count).join("."), site.scope.frame.path);
    if (file.kind !== "external")
      return names.slice(count).reduce<Value>((owner, name) => machine.attribute(owner, name, site), file);
  }
  return external(names.join("."));
}

/** `patch.object(owner, "name", new)`. */
const patchObject: Builtin = (_, given) =>
  prepared(argument(given, 0, "target"), argument(given, 1, "attribute"), argument(given, 2, "new"));

/** Runs the body of the `with`. */
export function whilePatched<T>(
  machine: Machine,
  [owner, name, stored]: readonly Value[],
  site: Site,
  body: (given: Value) => T,
): T {
  const attribute = textIn(name);
  if (!owner || attribute === undefined || !stored) return body(unknown("what is patched is not known"));
  const isAbove = owner.kind === "instance" && !owner.attributes.has(attribute);
  const before = machine.attribute(owner, attribute, site);
  machine.setAttribute(owner, attribute, stored, site);
  const result = body(stored);
  if (isAbove) removePart(owner, attribute);
  else machine.setAttribute(owner, attribute, before, site);
  return result;
}

export const mockingFunctions: Functions = ["unittest.mock", "mock"].flatMap((library): Functions => [
  [`${library}.patch`, patchByName],
  [`${library}.patch.object`, patchObject],
]);
