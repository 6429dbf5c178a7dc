/** `dataclasses`: the constructor that the fields of a class make (https://docs.python.org/3/library/dataclasses.html). */
import { bool, none, str, unknown } from "../../ops/value";
import type { AnnAssign, ClassDef, Expression } from "../../python/syntax";
import { classAttribute, hasUnknownBase, linearised, loseTrack, newInstance } from "../classes/classes";
import { fieldNames, fieldsName, fieldsOf } from "../classes/fields";
import { refuseLacking, refuseStrange } from "../calls/refusedByPython";
import { type Arguments, type Machine, type Site, args } from "../machine";
import { truthOf } from "../values/truth";
import { type ClassValue, type DictEntry, type InstanceValue, type Value, external } from "../values/value";
import { type Builtin, type Functions, textIn } from "./given";

const field: Builtin = (machine, { keywords }, site) => {
  const made = newInstance(machine, external("dataclasses.Field"), site);
  for (const [name, value] of keywords) made.attributes.set(name, value);
  return made;
};

const isField = (value: Value | undefined): value is InstanceValue =>
  value?.kind === "instance" && value.type.kind === "external" && value.type.name === "dataclasses.Field";

/** `@dataclass`, with or without arguments. */
const dataclass: Builtin = (machine, { positional: [type], keywords }, site) => {
  if (!type) return { kind: "partial", callee: external("dataclasses.dataclass"), positional: [], keywords };
  if (type.kind !== "class" || hasUnknownBase(type)) return unknown("a base class is not known");
  const fields = machine.newTable<DictEntry>();
  for (const base of [...linearised(type)].reverse()) {
    if (base.kind !== "class" || base === type) continue;
    const inherited = base.attributes.get(fieldsName);
    if (inherited?.kind === "dict") for (const [name, entry] of inherited.entries.items()) fields.set(name, entry);
  }
  const onlyByName = truthOf(keywords.get("kw_only") ?? bool(false)) !== false;
  let behindMark = onlyByName;
  for (const statement of annotated(type.node)) {
    const name = (statement.target as Expression & { kind: "Name" }).id;
    const annotation = lastName(statement.annotation);
    if (annotation === "KW_ONLY") behindMark = true;
    if (annotation === "ClassVar" || annotation === "KW_ONLY") continue;
    const value = type.attributes.get(name);
    const own = isField(value) ? value : newInstance(machine, external("dataclasses.Field"), site);
    if (value && !isField(value)) own.attributes.set("default", value);
    if (annotation === "InitVar") own.attributes.set("?only for the constructor", bool(true));
    if (behindMark && !own.attributes.has("kw_only")) own.attributes.set("kw_only", bool(true));
    if (isField(value)) classDefault(type, name, value);
    fields.set(`s${name}`, { key: str(name), value: own });
  }
  type.attributes.set(fieldsName, { kind: "dict", entries: fields });
  const hasOwn = type.attributes.has("__init__") || truthOf(keywords.get("init") ?? bool(true)) === false;
  if (!hasOwn) {
    const made: Value = {
      kind: "partial",
      callee: external("dataclasses.__init__"),
      positional: [type],
      keywords: new Map(),
    };
    type.attributes.set("__init__", made);
  }
  return type;
};

/** A field's default is what the class has under its name, and a field without one leaves nothing there. */
function classDefault(type: ClassValue, name: string, { attributes }: InstanceValue): void {
  const value = attributes.get("default");
  if (value) type.attributes.set(name, value);
  else type.attributes.delete(name);
}

function annotated(node: ClassDef): readonly AnnAssign[] {
  return node.body.filter(
    (statement): statement is AnnAssign => statement.kind === "AnnAssign" && statement.target.kind === "Name",
  );
}

/** `ClassVar` of `typing.ClassVar[int]`. */
function lastName(annotation: Expression): string | undefined {
  if (annotation.kind === "Subscript") return lastName(annotation.value);
  if (annotation.kind === "Attribute") return annotation.attribute.name;
  return annotation.kind === "Name" ? annotation.id : undefined;
}

/** Runs the constructor: every field from its argument or its default, and then `__post_init__`. */
const initialise: Builtin = (machine, { positional: [type, self, ...given], keywords, open }, site) => {
  const fields = type?.kind === "class" ? type.attributes.get(fieldsName) : undefined;
  if (self?.kind !== "instance" || fields?.kind !== "dict") return unknown("the fields of the class are not known");
  const extra: Value[] = [];
  const taken = new Set<string>();
  let next = 0;
  for (const { key, value } of fields.entries.values()) {
    const name = textIn(key);
    if (name === undefined || !isField(value)) return unknown("a field of the class is not known");
    const isArgument = truthOf(value.attributes.get("init") ?? bool(true));
    const isPositional = truthOf(value.attributes.get("kw_only") ?? bool(false)) === false;
    taken.add(name);
    const argument =
      isArgument === false ? undefined : isPositional ? (given[next++] ?? keywords.get(name)) : keywords.get(name);
    const content = argument ?? (open && isArgument !== false ? named(name) : defaultOf(machine, value, site));
    if (!content && isArgument !== false) {
      if (!open) refuseLacking(machine, self.type.name, name, site);
      return unknown(`${name} is missing`);
    }
    if (value.attributes.has("?only for the constructor")) extra.push(content ?? none);
    else if (content) machine.setAttribute(self, name, content, site);
  }
  const strange = [...keywords.keys()].find((name) => !taken.has(name));
  if (strange !== undefined && !open) refuseStrange(machine, self.type.name, strange, [...taken], site);
  if (next < given.length || strange !== undefined) return unknown("the constructor does not take these arguments");
  const behind = classAttribute(linearised(self.type), "__post_init__");
  return behind ? machine.call(behind, args(self, ...extra), site) : none;
};

/** What a field has that may be among arguments of which nobody knows. */
const named = (name: string): Value => ({ ...unknown(`nobody knows whether ${name} is given`), name });

function defaultOf(machine: Machine, { attributes }: InstanceValue, site: Site): Value | undefined {
  const factory = attributes.get("default_factory");
  return attributes.get("default") ?? (factory && machine.call(factory, args(), site));
}

/** Whether the constructor takes the field, which those with `init=False` make themselves. */
function isArgumentOf(value: Value | undefined, name: string): boolean {
  const own = fieldsOf(value)?.get(`s${name}`)?.value;
  return !isField(own) || truthOf(own.attributes.get("init") ?? bool(true)) !== false;
}

/** `replace(config, width=8)`: a new object from the fields of another one. */
const replace: Builtin = (machine, { positional: [from], keywords }, site) => {
  const names = fieldNames(from)?.filter((name) => isArgumentOf(from, name));
  if (from?.kind !== "instance" || !names) return unknown("the fields are not known");
  const given = new Map(names.map((name) => [name, machine.attribute(from, name, site)]));
  const changed: Arguments = { positional: [], keywords: new Map([...given, ...keywords]), open: false };
  return machine.call(from.type, changed, site);
};

const asDict: Builtin = (machine, { positional: [from] }, site) => dictOf(machine, from, site, 0);

const deepest = 6;

function dictOf(machine: Machine, from: Value | undefined, site: Site, depth: number): Value {
  const names = fieldNames(from);
  if (!from || !names || depth > deepest) return unknown("the fields are not known");
  const entries = machine.newTable<DictEntry>();
  for (const name of names) {
    const value = machine.attribute(from, name, site);
    entries.set(`s${name}`, {
      key: str(name),
      value: fieldNames(value) ? dictOf(machine, value, site, depth + 1) : value,
    });
  }
  return { kind: "dict", entries };
}

const fields: Builtin = (machine, { positional: [from] }, site) => {
  const found = fieldsOf(from);
  if (!found) return unknown("the fields are not known");
  const items = found.values().map(({ key }) => {
    const one = newInstance(machine, external("dataclasses.Field"), site);
    one.attributes.set("name", key);
    loseTrack(one, "only the name of the field is modelled");
    return one;
  });
  return { kind: "tuple", items };
};

export const dataclassFunctions: Functions = [
  ["dataclasses.dataclass", dataclass],
  ["dataclasses.field", field],
  ["dataclasses.fields", fields],
  ["dataclasses.replace", replace],
  ["dataclasses.asdict", asDict],
  ["dataclasses.astuple", () => unknown("the fields as a tuple are not modelled")],
  ["dataclasses.is_dataclass", (_, { positional: [value] }) => bool(fieldNames(value) ? true : undefined)],
  ["dataclasses.__init__", initialise],
];
