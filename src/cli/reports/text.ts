/** The report for people: place, message, and the line with a caret under the spot. */
import { type Severity } from "../../core/text/diagnostic";
import { type FileReport, diagnosticToJson } from "./entries";

/** ANSI colours, used on a terminal only. */
const colours: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36 };

export function textReport(reports: readonly FileReport[], coloured: boolean): string {
  const paint = (code: number, text: string): string => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const blocks = reports.flatMap((report) =>
    report.diagnostics.map((diagnostic) => {
      const row = diagnosticToJson(diagnostic, report);
      const line = report.source.lineAt(report.source.positionAt(diagnostic.span.start).line);
      const cell = row.cell === undefined ? "" : `cell ${row.cell}:`;
      const width = row.endLine === row.line ? row.endColumn - row.column : line.length - row.column + 1;
      const gutter = String(row.line);
      const caret = `${line.slice(0, row.column - 1).replace(/[^\t]/g, " ")}${"^".repeat(Math.max(1, width))}`;
      return [
        `${paint(1, `${row.file}:${cell}${row.line}:${row.column}`)} ${paint(colours[row.severity], row.severity)} ${row.rule}`,
        `  ${row.message}`,
        `  ${gutter} | ${line}`,
        `  ${" ".repeat(gutter.length)} | ${paint(colours[row.severity], caret)}`,
        ...(row.fix ? [`  Fix: ${row.fix.title}`] : []),
      ].join("\n");
    }),
  );
  return [...blocks, closingLine(reports)].join("\n\n");
}

function closingLine(reports: readonly FileReport[]): string {
  const count = reports.reduce((total, report) => total + report.diagnostics.length, 0);
  const files = `${reports.length} ${reports.length === 1 ? "file" : "files"}`;
  return count === 0 ? `No findings in ${files}.` : `${count} ${count === 1 ? "finding" : "findings"} in ${files}.`;
}
