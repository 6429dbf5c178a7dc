/** Numeric literals: every base, `_` between digits, exponents, `j`; also Python 2's `0777` and `10L`. */
import type { ParseNode } from "../parseTree";
import type { Constant } from "../syntax";
import { type Conversion, problem, textOf } from "./context";

export function number(c: Conversion, node: ParseNode): Constant {
  const { start, end } = node;
  const text = textOf(c, node).replaceAll("_", "").toLowerCase();
  if (text.endsWith("j")) {
    return { kind: "Constant", type: "imaginary", value: Number(text.slice(0, -1)), start, end };
  }
  if (node.type === "float") return { kind: "Constant", type: "float", value: Number(text), start, end };
  const value = integer(c, node, text);
  return { kind: "Constant", type: "int", value, exact: Number.isSafeInteger(value), start, end };
}

function integer(c: Conversion, node: ParseNode, text: string): number {
  if (text.endsWith("l")) {
    problem(c, node, "Python 3 has no `L` behind an integer.");
    return Number(text.slice(0, -1));
  }
  if (/^0+[1-9]/.test(text)) {
    problem(c, node, "Python 3 writes an octal number with `0o` in front.");
    return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
  }
  return Number(text);
}
