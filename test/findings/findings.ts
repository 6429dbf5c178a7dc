/**
 * `npm run findings`: the table of all rules with their fixtures, and what is found of the bugs that the mutator plants in
 * correct programs. With `--missed` the plantings that no rule found are printed as programs.
 */
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import texts from "texts:../../src/core/rules";
import { createAnalyzer } from "../../src/core/analyzer";
import { type Bug, bugsFor, plant } from "../../src/core/exam/hunt/plant";
import { rules } from "../../src/core/rules/registry";
import { type Rule } from "../../src/core/rules/define";
import { type RuleSettings } from "../../src/core/rules/settings";
import { type PythonParser } from "../../src/core/python/parser";
import { SourceText } from "../../src/core/text/source";
import { table } from "../../src/cli/table";
import { loadPythonParser } from "../unit/support/parser";
import { programsIn, programsOf } from "../unit/support/markdownSuite";

const marker = /# (error|warning|information): /;
const suites = new Map(
  (readdirSync("test/rules", { recursive: true }) as string[])
    .filter((file) => file.endsWith(".md"))
    .map((file) => [basename(file, ".md"), join("test/rules", file)]),
);

function rowOf(rule: Rule): string[] {
  const file = suites.get(rule.id);
  const programs = [...(file ? programsOf(file) : []), ...programsIn(texts[rule.id]!)];
  const speaking = programs.filter(({ text }) => marker.test(text)).length;
  return [rule.id, rule.preset, rule.severity, String(speaking), String(programs.length - speaking), rule.fix];
}

/** All rules that the presets bring. */
export const everyRule: RuleSettings = {
  preset: "teaching",
  select: rules.filter(({ preset }) => preset === "strict").map(({ id }) => id),
};

export interface Trial {
  readonly program: string;
  readonly bug: Bug;
  readonly found: readonly string[];
  readonly isFound: boolean;
  readonly text: string;
}

/** Each bug alone in its program. */
export function trials(parser: PythonParser): Trial[] {
  const analyzer = createAnalyzer(parser);
  return readdirSync("media/programs")
    .sort()
    .flatMap((program) => {
      const source = new SourceText(program, readFileSync(join("media/programs", program), "utf8"));
      return bugsFor(parser, source).map((bug) => {
        const planted = plant(source, [bug]);
        const found = analyzer.analyze(planted, { rules: everyRule }).diagnostics.map(({ rule }) => rule);
        const isFound = bug.mutation.rules.some((rule) => found.includes(rule));
        return { program, bug, found, isFound, text: planted.text };
      });
    });
}

async function main(): Promise<void> {
  const header = ["rule", "preset", "severity", "speaks", "silent", "fix"];
  console.log(table([header, ...rules.map(rowOf)]));
  const all = trials(await loadPythonParser());
  const missed = all.filter(({ isFound }) => !isFound);
  const kinds = new Set(all.map(({ bug }) => bug.mutation.id));
  const programs = new Set(all.map(({ program }) => program));
  console.log(`\n${rules.length} rules.`);
  console.log(
    `${all.length} plantings of ${kinds.size} bugs in ${programs.size} programs: ${all.length - missed.length} found.`,
  );
  for (const { program, bug, found, text } of missed) {
    console.log(`  missed: ${bug.mutation.id} in ${program} (found: ${found.join(", ") || "nothing"})`);
    if (process.argv.includes("--missed")) console.log(text);
  }
}

if (require.main === module) void main();
