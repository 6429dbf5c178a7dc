/** The terminal's face: commands, their options, and the exit status. What a command runs on is loaded when it is called. */
import { Argument, Command, CommanderError, Option } from "commander";
import { type CheckOptions } from "./cli/check";
import { type ExportOptions } from "./cli/examExport";
import { answered } from "./cli/kept/answered";
import {
  cacheOption,
  checkFormats,
  countOption,
  formatOption,
  inputOption,
  listOption,
  shardOption,
  type CacheOption,
  variantsOption,
  wordsArgument,
  wordsOfRun,
} from "./cli/options";
import { type ExitStatus, complain } from "./cli/outcome";
import { type ShapesOptions } from "./cli/shapes";
import { type SummaryOptions } from "./cli/summary";
import { version } from "./cli/version";
import { exportFormats, usualVariants } from "./core/exam/export/formats";
import { type InputSpec } from "./core/features/inputSpec";
import { presets } from "./core/rules/settings";

/** The options of `summary` as they are read. */
interface SummaryWords extends Omit<SummaryOptions, "inputs"> {
  readonly input: readonly InputSpec[];
}

function program(finish: (status: ExitStatus) => void): Command {
  const root = new Command("forward-pass")
    .description("Reads PyTorch code without running it: shapes, training bugs, exams.")
    .version(version);
  const files = new Argument("[files...]", "banks (*.quiz.md); those that come along where none is named");

  root
    .command("check")
    .description("find training bugs and shapes that do not fit")
    .argument("[paths...]", "files, notebooks and folders; this folder where none is named; - for standard input")
    .addOption(formatOption(checkFormats))
    .addOption(new Option("--preset <name>", "which rules: recommended, strict or teaching").choices([...presets]))
    .addOption(new Option("--select <rules>", "run these rules too, with commas between them").argParser(listOption))
    .addOption(new Option("--ignore <rules>", "leave these rules out").argParser(listOption))
    .option("--stdin-filename <path>", "what to call standard input", "stdin.py")
    .addOption(new Option("--jobs <count>", "how many threads").argParser(countOption))
    .option("--fix", "apply the fixes that are safe", false)
    .addOption(cacheOption())
    .addOption(new Option("--shard <I/N>", "look only at the I-th of N parts").argParser(shardOption))
    .action(async (paths: string[], options: CheckOptions) => {
      const { check } = await import("./cli/check");
      finish(await check(paths, options));
    });
  root
    .command("shapes")
    .description("list the tensors of a file with their shapes")
    .argument("<file>")
    .addArgument(wordsArgument())
    .addOption(formatOption())
    .addOption(cacheOption())
    .action(async (file: string, words: string[], { cache, ...rest }: ShapesOptions & CacheOption) => {
      const options = { ...rest, words: wordsOfRun(words) };
      const status = await answered({ command: "shapes", file, options, cache }, async (source, files) => {
        const { shapes } = await import("./cli/shapes");
        return shapes(source, files, options);
      });
      finish(status);
    });
  root
    .command("summary")
    .description("show a model's modules, parameters and multiply-adds")
    .argument("<file>")
    .addArgument(wordsArgument())
    .requiredOption("--model <expression>", 'the model in the file\'s namespace, such as "Net()"')
    .addOption(
      new Option("--input <shape[:dtype]>", 'an input, such as "2,3,224,224" or "8,16:int64"; once for each')
        .argParser(inputOption)
        .default([], "no inputs: the model is built, not called"),
    )
    .option("--training", "run the model in training mode", false)
    .addOption(formatOption())
    .addOption(cacheOption())
    .action(async (file: string, words: string[], { cache, input, ...rest }: SummaryWords & CacheOption) => {
      const options = { ...rest, inputs: input, words: wordsOfRun(words) };
      const status = await answered({ command: "summary", file, options, cache }, async (source, files) => {
        const { summary } = await import("./cli/summary");
        return summary(source, files, options);
      });
      finish(status);
    });
  root
    .command("compute")
    .description('calculate, such as "conv2d(32, kernel=3, stride=2, padding=1)" or "params(Linear(784, 256))"')
    .argument("<expressions...>")
    .action(async (expressions: string[]) => {
      const { compute } = await import("./cli/compute");
      finish(await compute(expressions));
    });
  root
    .command("explain")
    .description("show what a rule is about, or list all rules")
    .argument("[rule]")
    .action(async (rule: string | undefined) => {
      const { explain } = await import("./cli/explain");
      finish(explain(rule));
    });

  const exam = root.command("exam").description("questions: list, show, validate, schema, import, export");
  exam
    .command("list")
    .description("list the questions of banks")
    .addArgument(files)
    .addOption(formatOption())
    .action(async (paths: string[], options: { format: "text" | "json" }) => {
      const { listQuestions } = await import("./cli/exam");
      finish(await listQuestions(paths, options.format));
    });
  exam
    .command("show")
    .description("show a question, a variant of a drill as BANK/DRILL/NUMBER, or a bug hunt as hunt/NUMBER")
    .argument("<bank/question>")
    .option("--solution", "show the worked solution too", false)
    .action(async (reference: string, options: { solution: boolean }) => {
      const { showQuestion } = await import("./cli/exam");
      finish(await showQuestion(reference, options.solution));
    });
  exam
    .command("validate")
    .description("check banks: format, answers, drills")
    .addArgument(files)
    .addOption(formatOption())
    .action(async (paths: string[], options: { format: "text" | "json" }) => {
      const { validateBanks } = await import("./cli/exam");
      finish(await validateBanks(paths, options.format));
    });
  exam
    .command("schema")
    .description("print the JSON schema of a bank's front matter")
    .action(async () => {
      const { printSchema } = await import("./cli/exam");
      finish(printSchema());
    });
  exam
    .command("import")
    .description("turn an exam in Markdown or plain text into a draft bank")
    .argument("<file>")
    .option("-o, --output <file>", "where the draft goes; standard output where nothing is said")
    .addOption(formatOption())
    .action(async (file: string, options: { output?: string; format: "text" | "json" }) => {
      const { importFile } = await import("./cli/examImport");
      finish(await importFile(file, options));
    });
  exam
    .command("export")
    .description("write questions for another program, or for paper")
    .argument("[banks...]", "banks (*.quiz.md), or ids of those that come along; all of these where none is named")
    .addOption(new Option("--format <format>", "what to write").choices([...exportFormats]).makeOptionMandatory())
    .option("-o, --output <file>", "where it goes; standard output where nothing is said (not for anki)")
    .option("--solutions", "with answers and solutions, for markdown and html", false)
    .option("--variants <count>", "of each drill, numbers 1, 2, …; 0 leaves drills out", variantsOption, usualVariants)
    .action(async (banks: string[], options: ExportOptions) => {
      const { exportBanks } = await import("./cli/examExport");
      finish(await exportBanks(banks, options));
    });
  for (const command of [root, ...root.commands, ...exam.commands])
    command.exitOverride().showHelpAfterError('("--help" shows how)');
  return root;
}

async function main(): Promise<void> {
  try {
    await program((status) => {
      process.exitCode = status;
    }).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else {
      complain(error instanceof Error ? error.message : String(error));
      process.exitCode = 2;
    }
  }
}

// A reader that closes the pipe early, such as `head`, is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

void main();
