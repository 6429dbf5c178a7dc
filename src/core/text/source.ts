/** A document's text with its lines, and the two ways of pointing into it: offsets inside the core, positions at its border. */

/** A stretch of text as UTF-16 offsets, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place as an editor counts it: line and column from 0, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** An immutable text under a path (an absolute path or a URI; the core only compares it). */
export class SourceText {
  private lineStarts: number[] | undefined;

  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  positionAt(offset: number): Position {
    const starts = this.starts();
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: clamped - starts[low]! };
  }

  /** The offset of a position; a column behind the line's end stands for that end. */
  offsetAt(position: Position): number {
    const starts = this.starts();
    if (position.line < 0) return 0;
    if (position.line >= starts.length) return this.text.length;
    const start = starts[position.line]!;
    return Math.min(start + Math.max(0, position.column), start + this.lineAt(position.line).length);
  }

  get lineCount(): number {
    return this.starts().length;
  }

  /** The text of a line without its line break; empty for a line that does not exist. */
  lineAt(line: number): string {
    const starts = this.starts();
    const start = starts[line];
    if (start === undefined) return "";
    const next = starts[line + 1] ?? this.text.length;
    return this.text.slice(start, next).replace(/\r?\n$|\r$/, "");
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  private starts(): number[] {
    if (!this.lineStarts) {
      this.lineStarts = [0];
      for (const match of this.text.matchAll(/\r\n|\n|\r/g)) this.lineStarts.push(match.index + match[0].length);
    }
    return this.lineStarts;
  }
}

/** Whether an offset lies in a span or touches its end. */
export function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
