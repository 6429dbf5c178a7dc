/** Cells of notebooks: all code cells are one program, of which each cell shows its own part. */
import * as vscode from "vscode";
import type { Analysis } from "../../core/analyzer";
import type { Diagnostic } from "../../core/text/diagnostic";
import { withoutMagics } from "../../core/text/notebook";
import { SourceText, type Position, type Span } from "../../core/text/source";

/** The code cells of the notebook that a document is a cell of, in order; nothing for any other document. */
export function cellsAround(document: vscode.TextDocument): readonly vscode.TextDocument[] | undefined {
  if (document.uri.scheme !== "vscode-notebook-cell") return undefined;
  const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => uri.path === document.uri.path);
  const cells = notebook?.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code) ?? [];
  const documents = cells.map((cell) => cell.document).filter(({ languageId }) => languageId === "python");
  return documents.includes(document) ? documents : undefined;
}

/** All cells as one text, under the notebook's own path: imports are looked up beside it. */
export function textOfCells(cells: readonly vscode.TextDocument[]): SourceText {
  const text = cells.map((cell) => withoutMagics(cell.getText())).join("\n");
  return new SourceText(cells[0]!.uri.with({ scheme: "file", fragment: "" }).toString(), text);
}

/** The part of the program's analysis that belongs to a cell, with places as the cell counts them. */
export function cellView(
  whole: Analysis,
  cells: readonly vscode.TextDocument[],
  document: vscode.TextDocument,
): Analysis {
  const before = cells.slice(0, cells.indexOf(document));
  const firstLine = before.reduce((lines, cell) => lines + cell.lineCount, 0);
  const start = whole.source.offsetAt({ line: firstLine, column: 0 });
  const end = whole.source.offsetAt({ line: firstLine + document.lineCount - 1, column: Infinity });
  const isInside = (span: Span): boolean => start <= span.start && span.end <= end;
  const diagnostics = whole.diagnostics.filter(({ span }) => isInside(span)).map((found) => within(found, isInside));
  return { ...whole, source: new CellText(whole.source, firstLine), diagnostics };
}

/** A finding without what lies in other cells: a fix is made in one document. */
function within(found: Diagnostic, isInside: (span: Span) => boolean): Diagnostic {
  return {
    ...found,
    related: found.related.filter(({ path, span }) => path !== undefined || isInside(span)),
    fixes: found.fixes.filter(({ edits }) => edits.every(({ span }) => isInside(span))),
  };
}

/** The whole program's text, whose lines count from the beginning of a cell. */
class CellText extends SourceText {
  constructor(
    private readonly whole: SourceText,
    private readonly firstLine: number,
  ) {
    super(whole.path, whole.text);
  }

  override positionAt(offset: number): Position {
    const { line, column } = this.whole.positionAt(offset);
    return { line: line - this.firstLine, column };
  }

  override offsetAt({ line, column }: Position): number {
    return this.whole.offsetAt({ line: line + this.firstLine, column });
  }

  override lineAt(line: number): string {
    return this.whole.lineAt(line + this.firstLine);
  }
}
