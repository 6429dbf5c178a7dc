/**
 * Programs of several files in test/projects, checked as a folder: every finding is expected by a comment on its line, as in
 * a document, and every expectation met. Those without such comments are correct.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { createChecker } from "../../../src/cli/checkFiles";
import { readConfiguration } from "../../../src/cli/configuration";
import { reportsOf } from "../../../src/cli/reportsOf";

import { loadPythonParser } from "../support/parser";

const folder = "test/projects";

async function findingsIn(project: string): Promise<string[]> {
  const configuration = await readConfiguration(".");
  const checker = await createChecker({ configuration, cache: false }, loadPythonParser());
  const checked = [];
  for (const file of filesOf(project)) checked.push((await checker.checkFile(file))!);
  return reportsOf(checked, new Set(), configuration).flatMap(({ source, diagnostics }) =>
    diagnostics.map(
      ({ span, severity, rule }) => `${source.path}:${source.positionAt(span.start).line + 1} ${severity}: ${rule}`,
    ),
  );
}

function filesOf(project: string): string[] {
  const names = readdirSync(join(folder, project), { recursive: true }) as string[];
  return names.filter((name) => name.endsWith(".py")).map((name) => join(folder, project, name));
}

function expectationsIn(project: string): string[] {
  return filesOf(project).flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, i) => {
        const match = /# ((?:error|warning|information): [\w-]+)/.exec(line);
        return match ? [`${file}:${i + 1} ${match[1]!}`] : [];
      }),
  );
}

describe("programs of several files", () => {
  for (const project of readdirSync(folder)) {
    const expected = expectationsIn(project);
    it(expected.length > 0 ? `${project}: what is planted is found` : `${project}: nothing is found`, async () => {
      assert.sameMembers(await findingsIn(project), expected);
    }).timeout(20_000);
  }
});
