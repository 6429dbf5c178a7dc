/** How long findings take: over a repository against parsing alone, for one more rule, and over ten thousand files. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createAnalyzer } from "../../src/core/analyzer";
import { type PythonParser } from "../../src/core/python/parser";
import { rules } from "../../src/core/rules/registry";
import { SourceText } from "../../src/core/text/source";

/** Where the repositories are that `npm run oracle` reads too; without them our own programs stand in. */
const repositories = ".oracle";

function pythonFilesBelow(folder: string): SourceText[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".py"))
    .map((file) => new SourceText(join(folder, file), readFileSync(join(folder, file), "utf8")));
}

function examples(): { name: string; files: SourceText[] } {
  const found = existsSync(repositories)
    ? readdirSync(repositories).find((name) => name.startsWith("pytorch+examples"))
    : undefined;
  return found
    ? { name: "pytorch/examples", files: pythonFilesBelow(join(repositories, found)) }
    : { name: "our programs", files: pythonFilesBelow("media/programs") };
}

function timed(run: () => void): number {
  run();
  const start = performance.now();
  run();
  return performance.now() - start;
}

export function benchFindings(parser: PythonParser): void {
  const { name, files } = examples();
  let round = 0;
  // Under a new path nothing is known of a file.
  const fresh = (): SourceText[] => files.map(({ path, text }) => new SourceText(`${path}.${round}`, text));
  const analyzer = createAnalyzer(parser);
  const none = { rules: { ignore: rules.map(({ id }) => id) } };
  const all = { rules: { select: rules.map(({ id }) => id) } };
  const over = (run: (source: SourceText) => void): number =>
    timed(() => {
      round++;
      for (const source of fresh()) run(source);
    });
  const parsing = over((source) => parser.parse(source));
  const bare = over((source) => analyzer.analyze(source, none));
  const checked = over((source) => analyzer.analyze(source, all));
  const lines = files.reduce((sum, { lineCount }) => sum + lineCount, 0);
  const seconds = checked / 1000;
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  line(
    `findings over ${name}: ${files.length} files, ${lines} lines; ${(files.length / seconds).toFixed(0)} files and ` +
      `${(lines / seconds).toFixed(0)} lines a second; ${(checked / parsing).toFixed(1)} × parsing`,
  );
  line(
    `  ${rules.length} rules cost ${(checked / bare).toFixed(2)} × an analysis without rules, ` +
      `one rule ${((100 * (checked - bare)) / bare / rules.length).toFixed(2)} % of it`,
  );
}

/** The terminal over many files: time and the most memory that it held, alone and on all cores. */
export function benchManyFiles(count: number): void {
  const folder = mkdtempSync(join(tmpdir(), "forward-pass-bench-"));
  try {
    const programs = pythonFilesBelow("media/programs");
    for (let i = 0; i < count; i++) {
      if (i % 100 === 0) mkdirSync(join(folder, `part_${i / 100}`));
      const { text } = programs[i % programs.length]!;
      writeFileSync(join(folder, `part_${Math.floor(i / 100)}`, `train_${i}.py`), `${text}# ${i}\n`);
    }
    const alone = runOver(folder, ["--jobs", "1"]);
    const together = runOver(folder, []);
    process.stdout.write(
      `${count} files in the terminal: ${alone.seconds.toFixed(1)} s and ${alone.megabytes} MB in one thread, ` +
        `${(together.seconds / alone.seconds).toFixed(2)} × that and ${together.megabytes} MB on all cores\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runOver(folder: string, options: readonly string[]): { seconds: number; megabytes: number } {
  const report = "process.on('exit', () => console.error('memory', process.resourceUsage().maxRSS))";
  const hook = `data:text/javascript,${encodeURIComponent(report)}`;
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", hook, resolve("out/cli.js"), "check", folder, "--no-cache", "--format", "github", ...options],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (status === null || status > 1) throw new Error(`check over ${folder}: ${stderr}`);
  const kilobytes = Math.max(...[...stderr.matchAll(/^memory (\d+)$/gm)].map((match) => Number(match[1])));
  return { seconds: (performance.now() - start) / 1000, megabytes: Math.round(kilobytes / 1024) };
}
