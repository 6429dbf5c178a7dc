/** Whether a line inside open brackets is a statement of its own, so that the brackets were forgotten. */
import { endsValue, isKeyword, type Scan } from "./scan";

/** Words that begin a statement and stand nowhere else. */
const statementWords =
  /^(?:def|class|return|import|raise|del|pass|break|continue|global|nonlocal|assert|try|except|finally|with|while|elif)\b/;
const headerWords = /^(?:async |for\b|if\b|else\b)(?!.*\belse\b.+:\s*$).*:\s*(?:#.*)?$/;
/** `self.x = …`, `x[0] = …`, `x += …`: no argument looks like that. */
const assignment = /^[\w.]+(?:\.\w+|\[[^\]]*\])\s*=(?!=)|^[\w.[\]]+\s*(?:[-+*/%@&|^]|\/\/|\*\*|<<|>>)=/;
const plainAssignment = /^\w+\s+=(?!=)/;
const decorator = /^@[A-Za-z_][\w.]*(?:\(.*\))?\s*$/;
const word = /^\w+/;

/** More of a line than this is not looked at. */
const readLength = 500;

/** `offset`: the beginning of the next line. */
export function beginsStatement(scan: Scan, offset: number): boolean {
  const { text } = scan;
  let end = offset;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r" && end < offset + readLength) end++;
  const indented = text.slice(offset, end);
  const line = indented.trimStart();
  if (statementWords.test(line) || assignment.test(line)) return true;
  const first = word.exec(line)?.[0];
  if (first !== undefined && !isKeyword(first) && endsValue(scan.last)) return !/^\w{1,2}["']/.test(line);
  const outermost = scan.brackets[0];
  const outdented = outermost !== undefined && indented.length - line.length <= outermost.indent;
  const likely = headerWords.test(line) || (outdented && (plainAssignment.test(line) || decorator.test(line)));
  return likely && !closesMore(line);
}

/** A line that closes brackets of the lines above it belongs to them. */
function closesMore(line: string): boolean {
  let depth = 0;
  for (const unit of line) {
    if (unit === "(" || unit === "[" || unit === "{") depth++;
    else if (unit === ")" || unit === "]" || unit === "}") depth--;
    if (depth < 0) return true;
  }
  return false;
}
