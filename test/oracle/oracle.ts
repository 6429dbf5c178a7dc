/**
 * `npm run oracle`: the engine's figures on real models against PyTorch's. The recorded cases are not part of the project:
 * `-- --cases FOLDER --sources FOLDER`; `--only TEXT` picks cases, `--show exact|unknown|wrong` prints them.
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { createCompute } from "../../src/core/features/compute";
import { createAnalyzer } from "../../src/core/analyzer";
import { sourceFiles } from "../../src/cli/sourceFiles";
import { loadPythonParser } from "../unit/support/parser";
import { readCases } from "./cases";
import { type Mark, type Verdict, markCase } from "./score";
import { markSymbolic } from "./symbolic";

interface Tally extends Record<Verdict, number> {
  readonly figure: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: "string", default: "../shared/oracle" },
      sources: { type: "string", default: ".oracle" },
      packages: { type: "string", default: "/usr/lib/python3/dist-packages" },
      only: { type: "string", default: "" },
      show: { type: "string", default: "wrong" },
    },
  });
  if (!existsSync(values.cases)) {
    console.log(`There are no recorded cases in ${values.cases}: name their folder with --cases.`);
    return;
  }
  const { cases, missing } = readCases(values);
  const parser = await loadPythonParser();
  const analyzer = createAnalyzer(parser, sourceFiles());
  const compute = createCompute(parser);
  const tallies = new Map<string, Tally>();
  let count = 0;
  for (const oracleCase of cases.filter(({ id }) => id.includes(values.only))) {
    count++;
    const marks = markCase(analyzer, oracleCase);
    if (oracleCase.kind === "runs") marks.push(...markSymbolic(analyzer, compute, oracleCase));
    for (const mark of marks) add(tallies, mark);
    for (const { figure, verdict, note } of worthShowing(marks, values.show))
      console.log(`${figure} ${verdict}: ${oracleCase.id}\n    ${note}`);
  }
  for (const [repository, number] of missing) console.log(`${repository}: ${number} cases without their files`);
  console.log(`${count} cases`);
  console.table([...tallies.values()].map((tally) => ({ ...tally, "% exact": percentage(tally) })));
}

function add(tallies: Map<string, Tally>, { figure, verdict }: Mark): void {
  const tally = tallies.get(figure) ?? { figure, exact: 0, unknown: 0, wrong: 0 };
  tallies.set(figure, { ...tally, [verdict]: tally[verdict] + 1 });
}

/** One module of a model stands for its like. */
function worthShowing(marks: readonly Mark[], show: string): Mark[] {
  const wanted = marks.filter(({ verdict }) => show.split(",").includes(verdict));
  return wanted.filter((mark, i) => wanted.findIndex(({ figure }) => figure === mark.figure) === i);
}

function percentage({ exact, unknown, wrong }: Tally): string {
  return ((100 * exact) / (exact + unknown + wrong)).toFixed(1);
}

void main();
