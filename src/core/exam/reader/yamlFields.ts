/** YAML to fields with their places. Every scalar stays text; what YAML would change silently is reported. */
import { isMap, isScalar, isSeq, parseDocument, type Node, type Scalar } from "yaml";
import type { Span } from "../../text/source";
import type { Field, FieldValue, Report } from "../answerBlock";

export interface ReadFields {
  readonly fields: readonly Field[];
  /** Whether YAML itself found nothing wrong; else the fields are what could be saved. */
  readonly sound: boolean;
}

/** Reads a mapping. `offset` is where `text` starts in its file. */
export function yamlFields(text: string, offset: number, report: Report): ReadFields {
  const document = parseDocument(text, { schema: "failsafe", prettyErrors: false });
  const problems = [...document.errors, ...document.warnings];
  for (const { code, message, pos } of problems.slice(0, mostProblems)) {
    const isEscape = code === "BAD_DQ_ESCAPE";
    const says = isEscape ? "In double quotes a backslash starts an escape: use single quotes." : firstLine(message);
    report("yaml", says, { start: offset + pos[0], end: offset + Math.max(pos[1], endOfLine(text, pos[0])) });
  }
  const sound = problems.length === 0;
  if (document.contents === null) return { fields: [], sound };
  const value = new YamlReader(text, offset, report).value(document.contents);
  if (value.kind === "map") return { fields: value.fields, sound };
  if (sound) report("yaml", "Fields are expected here, one “name: value” a line.", value.span);
  return { fields: [], sound: false };
}

/** Behind the last character of the line that is not blank. */
function endOfLine(text: string, from: number): number {
  return from + Math.max(1, /^[^\r\n]*/.exec(text.slice(from))![0].trimEnd().length);
}

const firstLine = (message: string): string => message.split("\n", 1)[0] ?? message;
const deletion = 127;
const deepest = 20;
const mostProblems = 20;

/** Whether a text holds a character that nobody types on purpose: form feed, tab, backspace, line break. */
export function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code === deletion) return true;
  }
  return false;
}

class YamlReader {
  constructor(
    private readonly text: string,
    private readonly offset: number,
    private readonly report: Report,
  ) {}

  value(node: Node | null, depth = 0): FieldValue {
    const span = this.span(node);
    if (depth > deepest) return this.refuse("This is nested too deeply.", span);
    if (isScalar(node)) return this.scalar(node, span);
    if (isSeq(node))
      return { kind: "list", items: node.items.map((item) => this.value(item as Node | null, depth + 1)), span };
    if (!isMap(node)) return this.refuse("References have no meaning here.", span);
    const fields = node.items.map((pair): Field => {
      const name = pair.key as Scalar;
      return {
        name: String(name.value),
        nameSpan: this.span(name),
        value: this.value((pair.value ?? null) as Node | null, depth + 1),
      };
    });
    return { kind: "map", fields, span };
  }

  private scalar(node: Scalar, span: Span): FieldValue {
    const text = typeof node.value === "string" ? node.value : "";
    const quoted = node.type === "QUOTE_DOUBLE";
    if (quoted && hasControl(text)) {
      this.report(
        "control-character",
        "In double quotes “\\f”, “\\t”, “\\b”, “\\n” are control characters, not LaTeX: use single quotes.",
        span,
      );
    }
    return { kind: "scalar", text, span };
  }

  private refuse(message: string, span: Span): FieldValue {
    this.report("yaml", message, span);
    return { kind: "scalar", text: "", span };
  }

  private span(node: Node | null): Span {
    const [start, end] = node?.range ?? [0, 0];
    return { start: this.offset + start, end: this.offset + Math.max(end, Math.min(start + 1, this.text.length)) };
  }
}
