/** Statements that rules move: the one a call stands in, its block, and edits that put it somewhere else. */
import { type Inference } from "../../infer/analysis";
import { type AnyNode } from "../../python/visit";
import type { ExpressionStatement, Statement } from "../../python/syntax";
import { type Edit } from "../../text/diagnostic";
import { type Span } from "../../text/source";
import { type Finding } from "../define";
import { ancestorsOf, nodesOf, parentOf } from "./syntax";
import { type Step } from "./training";

/** The statement that consists of a call and nothing else, and has its lines to itself. */
export function callStatement(inference: Inference, call: Span): ExpressionStatement | undefined {
  const found = nodesOf(inference, "ExpressionStatement").find(
    ({ value }) => value.start === call.start && value.end === call.end,
  );
  return found && hasOwnLines(inference, found) ? found : undefined;
}

function hasOwnLines({ source }: Inference, { start, end }: Span): boolean {
  const from = source.positionAt(start);
  const to = source.positionAt(end);
  const behind = source.lineAt(to.line).slice(to.column).trim();
  return source.lineAt(from.line).slice(0, from.column).trim() === "" && (behind === "" || behind.startsWith("#"));
}

/** Moves the statement of one step to another side of a second one's, where both stand in the same block of the file. */
export function moveFix(
  inference: Inference,
  { step, side, of, title }: { step: Step; side: "before" | "behind"; of: Step; title: string },
): Pick<Finding, "fix"> {
  const [line, target] = [step, of].map(({ call: { origin } }) =>
    origin.path === inference.source.path ? callStatement(inference, origin.span) : undefined,
  );
  if (!line || !target || !areSiblings(inference, line, target)) return {};
  const move = side === "before" ? moveBefore : moveBehind;
  return { fix: { title, edits: move(inference, line, target) } };
}

/** Whether two statements stand in the same block, so that one can take the other's place. */
function areSiblings(inference: Inference, one: Statement, other: Statement): boolean {
  return (
    parentOf(inference, one) === parentOf(inference, other) && columnOf(inference, one) === columnOf(inference, other)
  );
}

function columnOf({ source }: Inference, { start }: Span): number {
  return source.positionAt(start).column;
}

/** The lines of a statement with their line break and comments. */
function linesOf({ source }: Inference, { start, end }: Span): Span {
  const from = source.positionAt(start).line;
  const to = source.positionAt(end).line;
  const next = to + 1 < source.lineCount ? source.offsetAt({ line: to + 1, column: 0 }) : source.text.length;
  return { start: source.offsetAt({ line: from, column: 0 }), end: next };
}

/** Takes a statement's lines and puts them in front of those of another one, in the same block. */
function moveBefore(inference: Inference, statement: Statement, target: Statement): readonly Edit[] {
  const { start } = linesOf(inference, target);
  return [removeLines(inference, statement), { span: { start, end: start }, text: textOf(inference, statement) }];
}

/** Likewise behind them. */
export function moveBehind(inference: Inference, statement: Statement, target: Statement): readonly Edit[] {
  const { end } = linesOf(inference, target);
  const isLast = !inference.source.text.slice(0, end).endsWith("\n");
  const text = `${isLast ? "\n" : ""}${textOf(inference, statement)}`;
  return [removeLines(inference, statement), { span: { start: end, end }, text }];
}

/** A new line in front of a statement, indented like it. */
export function insertBefore(inference: Inference, target: Statement, text: string): Edit {
  const { start } = target;
  return { span: { start, end: start }, text: `${text}\n${" ".repeat(columnOf(inference, target))}` };
}

/** A new line behind a statement, indented like it. */
export function insertBehind(inference: Inference, target: Statement, text: string): Edit {
  const { end } = target;
  return { span: { start: end, end }, text: `\n${" ".repeat(columnOf(inference, target))}${text}` };
}

/** Takes a statement with its lines away. Its block has to have others. */
export function removeLines(inference: Inference, statement: Statement): Edit {
  return { span: linesOf(inference, statement), text: "" };
}

function textOf(inference: Inference, statement: Statement): string {
  const text = inference.source.slice(linesOf(inference, statement));
  const bare = text.replace(/[ \t]*#[^\n]*$/gm, "");
  return bare.endsWith("\n") ? bare : `${bare}\n`;
}

/** The statement of a block, that of `sibling`, in which a place lies. */
export function siblingAround(inference: Inference, place: Span, sibling: Statement): Statement | undefined {
  const block = parentOf(inference, sibling);
  const call = nodesOf(inference, "Call").find(({ start, end }) => start === place.start && end === place.end);
  if (!call) return undefined;
  let below: AnyNode = call;
  for (const node of ancestorsOf(inference, call)) {
    if (node === block) return below as Statement;
    below = node;
  }
  return undefined;
}
