/** A syntax tree in one line, for expectations in tests: `(Assign [x] (Call (Attribute nn Linear) [3]))`. */
import type { Module } from "../../../src/core/python/syntax";

/** The statements of a module, one line each. */
export function showModule(module: Module): string {
  return module.body.map(showNode).join("\n");
}

/** Names stand for themselves, constants as JSON; places, `false`, what is missing and empty lists are left out. */
export function showNode(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(showNode).join(" ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const node = value as Record<string, unknown>;
  const keys = Object.keys(node).filter((key) => key !== "start" && key !== "end" && key !== "kind");
  switch (node.kind) {
    case "Name":
      return String(node.id);
    case "Constant":
      return constant(node);
    case "StringPart":
      return JSON.stringify(node.value);
    case "Slice":
      return `(Slice ${[node.lower, node.upper, node.step].map((part) => (part ? showNode(part) : "_")).join(" ")})`;
  }
  if (keys.length === 1 && keys[0] === "name" && node.kind === undefined) return showNode(node.name);
  const shown = keys.flatMap((key) => {
    const part = node[key];
    if (part === undefined || part === false || (Array.isArray(part) && part.length === 0)) return [];
    return [part === true ? key : showNode(part)];
  });
  return `(${[...(typeof node.kind === "string" ? [node.kind] : []), ...shown].join(" ")})`;
}

function constant({ type, value }: Record<string, unknown>): string {
  if (type === "none") return "None";
  if (type === "ellipsis") return "...";
  if (type === "str" || type === "int" || type === "bool") return JSON.stringify(value);
  return `${String(type)}:${JSON.stringify(value)}`;
}
