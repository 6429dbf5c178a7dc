/** What holds for every syntax tree, however broken its text: used by the fuzz tests. */
import type { Module } from "../../../src/core/python/syntax";
import { type AnyNode, extent, isKind, walk } from "../../../src/core/python/visit";

/** The first place where a tree is not well formed, in words; undefined where it is. */
export function flaw(module: Module, length: number): string | undefined {
  let found: string | undefined;
  const say = (node: AnyNode, message: string): void => {
    found ??= `${"kind" in node ? node.kind : "part"} ${node.start}-${node.end}: ${message}`;
  };
  for (const error of [...module.errors, ...module.comments]) {
    if (error.start < 0 || error.start > error.end || error.end > length)
      found ??= `note at ${error.start}-${error.end}`;
  }
  walk(module, (node, parent) => {
    if (!(node.start >= 0 && node.start <= node.end && node.end <= length)) say(node, `outside the text of ${length}`);
    if (parent) {
      const around = extent(parent);
      if (node.start < around.start || node.end > around.end)
        say(node, `outside its parent ${parent.start}-${parent.end}`);
    }
    const blocks = ["body", "orelse", "finalbody", "handlers", "cases"] as const;
    for (const key of blocks) {
      const block = (node as unknown as Record<string, unknown>)[key];
      if (Array.isArray(block)) inOrder(block as AnyNode[], say);
    }
    if (isKind(node, "Call")) inOrder(node.args, say);
    return undefined;
  });
  return found;
}

function inOrder(nodes: readonly AnyNode[], say: (node: AnyNode, message: string) => void): void {
  for (let index = 1; index < nodes.length; index++) {
    if (extent(nodes[index]!).start < extent(nodes[index - 1]!).start) say(nodes[index]!, "before its elder sibling");
  }
}
