/** Annotations as GitHub's workflow commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
import { type FileReport, diagnosticToJson } from "./entries";

const commands = { error: "error", warning: "warning", information: "notice" } as const;

export function githubReport(reports: readonly FileReport[]): string {
  return reports
    .flatMap((report) =>
      report.diagnostics.map((diagnostic) => {
        const row = diagnosticToJson(diagnostic, report);
        const properties = {
          file: row.file,
          line: row.line,
          endLine: row.endLine,
          // GitHub takes columns only within one line.
          ...(row.line === row.endLine && { col: row.column, endColumn: row.endColumn }),
          title: row.cell === undefined ? row.rule : `${row.rule} (cell ${row.cell})`,
        };
        const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
        return `::${commands[row.severity]} ${list.join(",")}::${escapeData(row.message)}\n`;
      }),
    )
    .join("");
}

function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
