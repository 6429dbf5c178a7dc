/** Findings as rows for other programs. */
import { type FileReport, diagnosticToJson } from "./entries";

export function jsonReport(reports: readonly FileReport[]): string {
  const rows = reports.flatMap((report) =>
    report.diagnostics.map((diagnostic) => diagnosticToJson(diagnostic, report)),
  );
  return JSON.stringify(rows, undefined, 2);
}
