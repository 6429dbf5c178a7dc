/** SARIF 2.1.0, the format of code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import { relative } from "node:path";
import { ruleDocument } from "../../core/rules/documents";
import { type Rule } from "../../core/rules/define";
import { rules } from "../../core/rules/registry";
import { type RelatedPlace } from "../../core/text/diagnostic";
import { type FileReport, type PlaceJson, diagnosticToJson, placeToJson } from "./entries";

const levels = { error: "error", warning: "warning", information: "note" } as const;

export function sarifReport(reports: readonly FileReport[], version: string): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Forward Pass", version, rules: rules.map(describeRule) } },
        columnKind: "utf16CodeUnits",
        results: reports.flatMap((report) => resultsOf(report)),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

function describeRule(rule: Rule): object {
  const { title, summary, markdown } = ruleDocument(rule.id)!;
  return {
    id: rule.id,
    name: title,
    shortDescription: { text: summary },
    help: { text: markdown, markdown },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { category: rule.category, precision: rule.confidence === "certain" ? "very-high" : "high" },
  };
}

function resultsOf(report: FileReport): object[] {
  const uri = uriOf(report.source.path);
  const location = (place: PlaceJson): object => ({ artifactLocation: { uri }, region: regionOf(place) });
  return report.diagnostics.map((diagnostic) => {
    const row = diagnosticToJson(diagnostic, report);
    return {
      ruleId: row.rule,
      ruleIndex: rules.findIndex(({ id }) => id === row.rule),
      level: levels[row.severity],
      message: { text: row.message },
      locations: [{ physicalLocation: location(row) }],
      relatedLocations: diagnostic.related
        .flatMap((place) => locationOf(place, report) ?? [])
        .map((physicalLocation, id) => ({ id, ...physicalLocation })),
      ...(row.fix && { fixes: [fixOf(row.fix, uri)] }),
    };
  });
}

/** Another place, in the report's own file or in another one whose lines are known; those of a notebook have no cells. */
function locationOf({ path, span, lines, message }: RelatedPlace, report: FileReport): object | undefined {
  if (path === undefined) {
    const location = { artifactLocation: { uri: uriOf(report.source.path) } };
    return {
      physicalLocation: { ...location, region: regionOf(placeToJson(span, report)) },
      message: { text: message },
    };
  }
  if (!lines || path.endsWith(".ipynb")) return undefined;
  const region = {
    startLine: lines.start.line + 1,
    startColumn: lines.start.column + 1,
    endLine: lines.end.line + 1,
    endColumn: lines.end.column + 1,
  };
  const uri = uriOf(relative(".", path).replaceAll("\\", "/"));
  return { physicalLocation: { artifactLocation: { uri }, region }, message: { text: message } };
}

function fixOf(fix: NonNullable<ReturnType<typeof diagnosticToJson>["fix"]>, uri: string): object {
  return {
    description: { text: fix.title },
    artifactChanges: [
      {
        artifactLocation: { uri },
        replacements: fix.edits.map((edit) => ({
          deletedRegion: regionOf(edit),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  };
}

function regionOf({ line, column, endLine, endColumn }: PlaceJson): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A relative path stays relative to the checkout. */
function uriOf(path: string): string {
  const parts = path.replace(/\\/g, "/").split("/").map(encodeURIComponent).join("/");
  return parts.startsWith("/") ? `file://${parts}` : parts;
}
