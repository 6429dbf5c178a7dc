/** The whole of a file: its statements, comments and problems. */
import type { Span } from "../../text/source";
import type { ParseNode, ParseTree } from "../parseTree";
import type { Module, SyntaxProblem } from "../syntax";
import type { Conversion } from "./context";
import { statements } from "./statements";

/** `problems` are those that are known already, such as the brackets that were closed before reading. */
export function moduleOf(text: string, tree: ParseTree, problems: readonly SyntaxProblem[]): Module {
  const c: Conversion = { text, problems: [], depth: 0, owner: "" };
  const body = statements(c, tree.root.type === "module" ? tree.root.children : [tree.root]);
  const errors = [...problems, ...tree.faults.map((fault) => describe(text, fault)), ...c.problems];
  return {
    kind: "Module",
    body,
    errors: errors.sort((a, b) => a.start - b.start || a.end - b.end).slice(0, mostErrors),
    comments: tree.comments.map(({ start, end }) => ({ start, end, text: text.slice(start, end) })),
    start: 0,
    end: text.length,
  };
}

/** A text with more faults than this is no program; the rest of them help nobody. */
const mostErrors = 500;

/** What is wrong at an error node or a missing one, in a few words. */
function describe(text: string, fault: ParseNode): SyntaxProblem {
  const { start, end } = fault;
  if (fault.missing) return { message: `Expected ${expected(fault)}.`, start, end };
  const shown = excerpt(text, fault);
  return { message: shown === "" ? "Something is missing here." : `Unexpected \`${shown}\`.`, start, end };
}

function expected(node: ParseNode): string {
  if (!node.named) return `\`${node.type}\``;
  if (node.type === "identifier") return "a name";
  return node.type === "string_end" ? "the end of the string" : "more";
}

const longest = 30;

function excerpt(text: string, { start, end }: Span): string {
  const line = text.slice(start, Math.min(end, start + 4 * longest)).trimStart();
  const first = line
    .split(/[\r\n]/, 1)[0]!
    .trimEnd()
    .replaceAll("`", "'");
  return first.length > longest ? `${first.slice(0, longest)}…` : first;
}
