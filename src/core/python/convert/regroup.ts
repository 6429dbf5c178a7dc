/** Where the grammar and Python disagree about which operator binds tighter, or the mended text stands for another one. */
import type { ParseNode } from "../parseTree";
import { type Conversion, field, textOf } from "./context";

/** A `~` that the parser read in the place of a `*` (see `mend/gaps.ts`). */
export function isRewrittenStar(c: Conversion, node: ParseNode): boolean {
  const sign = field(node, "operator");
  return sign?.type === "~" && textOf(c, sign) === "*";
}

/**
 * The grammar lets `^` bind tighter than `&`; in Python it is the other way round. A mixture of both is taken apart and
 * put together again: `a & b ^ c` becomes `(a & b) ^ c`.
 */
export function regrouped(node: ParseNode): ParseNode {
  if (operatorOf(node) !== "&") return node;
  const flat = flatten(node);
  if (!flat.some((part) => part.type === "^")) return node;
  let sum: ParseNode | undefined;
  let plus: ParseNode | undefined;
  let product: ParseNode | undefined;
  let times: ParseNode | undefined;
  for (const part of flat) {
    if (part.field !== "operator") product = product && times ? join(product, times, part) : part;
    else if (part.type === "&") times = part;
    else {
      sum = sum && plus && product ? join(sum, plus, product) : product;
      plus = part;
      product = undefined;
    }
  }
  return sum && plus && product ? join(sum, plus, product) : node;
}

function operatorOf(node: ParseNode): string | undefined {
  return node.type === "binary_operator" ? field(node, "operator")?.type : undefined;
}

/** Operands and operators of a mixture of `&` and `^`, in order. */
function flatten(node: ParseNode): ParseNode[] {
  const result: ParseNode[] = [];
  const waiting: ParseNode[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const operator = operatorOf(next);
    if (operator === "&" || operator === "^") {
      const inside = [field(next, "left"), field(next, "operator"), field(next, "right")];
      for (const part of inside.reverse()) if (part) waiting.push(part);
    } else result.push(next);
  }
  return result;
}

function join(left: ParseNode, operator: ParseNode, right: ParseNode): ParseNode {
  return {
    type: "binary_operator",
    named: true,
    field: left.field,
    missing: false,
    start: left.start,
    end: right.end,
    children: [
      { ...left, field: "left" },
      { ...operator, field: "operator" },
      { ...right, field: "right" },
    ],
  };
}
