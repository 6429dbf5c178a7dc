/** The fields of dataclasses, which a class keeps under one name as Python does (https://docs.python.org/3/library/dataclasses.html). */
import type { Table } from "../memory/table";
import type { DictEntry, Value } from "../values/value";
import { classAttribute, linearised } from "./classes";

/** Under this name a dataclass has its fields. */
export const fieldsName = "__dataclass_fields__";

/** The fields of a dataclass or of an object of one, by their keys; undefined for anything else. */
export function fieldsOf(value: Value | undefined): Table<DictEntry> | undefined {
  const type = value?.kind === "instance" ? value.type : value;
  const fields = type?.kind === "class" ? classAttribute(linearised(type), fieldsName) : undefined;
  return fields?.kind === "dict" ? fields.entries : undefined;
}

/** The names of an object's fields; undefined for anything else, and where they are not all known. */
export function fieldNames(value: Value | undefined): readonly string[] | undefined {
  if (value?.kind !== "instance" || value.attributes.has("?")) return undefined;
  return fieldsOf(value)
    ?.values()
    .map(({ key }) => (key.kind === "str" ? (key.value ?? "") : ""));
}

/** The arguments that the constructor of a dataclass takes, and whether they may be left out; undefined for other classes. */
export function argumentsOfFields(type: Value): readonly { name: string; isOptional: boolean }[] | undefined {
  const own = type.kind === "class" ? classAttribute(linearised(type), "__init__") : undefined;
  if (own?.kind === "function") return undefined;
  return fieldsOf(type)
    ?.values()
    .flatMap(({ key, value }) => {
      const settings = value.kind === "instance" ? value.attributes : undefined;
      if (key.kind !== "str" || key.value === undefined || settings?.has("init")) return [];
      return { name: key.value, isOptional: ["default", "default_factory"].some((way) => settings?.has(way)) };
    });
}
