/**
 * How long an analysis takes, as ratios to something measured in the same run: parsing the same text, or the analysis of
 * a smaller one. Absolute times are printed for orientation only.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createAnalyzer } from "../../src/core/analyzer";
import { createPythonParser } from "../../src/core/python/parser";
import { SourceText } from "../../src/core/text/source";
import { benchFindings, benchManyFiles } from "./findings";
import { pythonWithTorch } from "../unit/support/python";

const rounds = 15;

function median(run: (round: number) => void): number {
  const times = Array.from({ length: rounds }, (_, round) => {
    const start = performance.now();
    run(round);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[rounds >> 1]!;
}

/** A model file of about so many lines: blocks of convolutions, each class used once. */
function modelFile(lines: number): string {
  const head = "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n";
  const block = (i: number): string => `

class Block${i}(nn.Module):
    def __init__(self, channels=16):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels * 2, 3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(channels * 2)
        self.conv2 = nn.Conv2d(channels * 2, channels, 3, padding=1)
        self.head = nn.Linear(channels, 10)

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)))
        y = self.conv2(y) + x
        y = F.adaptive_avg_pool2d(y, 1)
        y = torch.flatten(y, 1)
        return self.head(y)
`;
  return head + Array.from({ length: Math.ceil(lines / 17) }, (_, i) => block(i)).join("");
}

function sequentialOf(layers: number): string {
  const body = Array.from({ length: layers }, () => "    nn.Linear(32, 32), nn.ReLU(),").join("\n");
  return `import torch\nfrom torch import nn\nmodel = nn.Sequential(\n${body}\n)\ny = model(torch.randn(4, 32))\n`;
}

function nestedLoops(depth: number): string {
  const head = "import torch\nx = torch.zeros(2, 3)\n";
  const loops = Array.from({ length: depth }, (_, i) => `${"    ".repeat(i)}for i${i} in range(4):`).join("\n");
  return `${head}${loops}\n${"    ".repeat(depth)}x = torch.cat([x, x[:1]])\n`;
}

/** The text with another comment in its middle. */
function typed(text: string, round: number): string {
  const at = text.indexOf("\n", text.length >> 1);
  return `${text.slice(0, at)}  # ${round}${text.slice(at)}`;
}

/** A text while it is written: after each keystroke the whole of it. Keystrokes fall into functions all over the text. */
function* writing(text: string): Iterable<string> {
  const lines = text.split("\n");
  const inside = lines.flatMap((line, i) => (/^ {8}\S.*\w$|^ {8}\S.*\)$/.test(line) ? [i] : []));
  for (let stroke = 0; ; stroke++) {
    yield lines.join("\n");
    const at = inside[(stroke * 7) % inside.length]!;
    lines[at] = `${lines[at]!}  # ${stroke}`;
  }
}

const resnet = "test/bench/resnet.py";

/** The whole program, from the start of its process. */
function processTime(command: string, args: readonly string[]): number {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** Builds the same network and runs it, without memory for its numbers. */
const onMeta = `
import runpy, torch
model = runpy.run_path("${resnet}")["ResNet"](50, device="meta").eval()
print(sum(p.numel() for p in model.parameters()), model(torch.zeros(1, 3, 224, 224, device="meta")).shape)
`;

async function main(): Promise<void> {
  const [runtime, grammar] = ["web-tree-sitter", "tree-sitter-python"].map((name) => readFileSync(`out/${name}.wasm`));
  const parser = await createPythonParser({ runtime: runtime!, grammar: grammar! });
  const analyzer = createAnalyzer(parser);
  const analysis = (text: string): number =>
    median((round) => analyzer.analyze(new SourceText("bench.py", typed(text, round))));
  const keystroke = (text: string): number => {
    const file = analyzer.follow();
    const texts = writing(text)[Symbol.iterator]();
    return median(() => file.analyze(new SourceText("bench.py", texts.next().value as string)));
  };
  const parsing = (text: string): number => median(() => parser.parse(new SourceText("bench.py", text)));
  const report = (name: string, time: number, base: number, of: string): void => {
    process.stdout.write(
      `${name.padEnd(44)} ${(time / base).toFixed(2).padStart(8)} × ${of.padEnd(28)} (${time.toFixed(1)} ms)\n`,
    );
  };

  // Who types has typed before: the first hundred analyses are slower, until their code is compiled.
  for (let warm = 0; warm < 6; warm++) analysis(modelFile(1_000));
  for (const lines of [100, 1_000, 10_000]) {
    const text = modelFile(lines);
    const read = parsing(text);
    report(`opening a file of ${lines} lines`, analysis(text), read, "reading the same file");
    report("keystroke in it", keystroke(text), read, "reading the same file");
  }
  const series = (name: string, sizes: readonly number[], make: (size: number) => string): void => {
    const base = analysis(make(sizes[0]!));
    for (const size of sizes.slice(1)) report(`${name} ${size}`, analysis(make(size)), base, `that of ${sizes[0]!}`);
  };
  series("lines", [100, 1_000, 10_000], modelFile);
  series("layers of a Sequential", [10, 100, 1_000, 10_000], sequentialOf);
  series("nested loops", [1, 2, 4, 6], nestedLoops);

  const text = readFileSync(resnet, "utf8");
  const summary = (depth: number): number =>
    median((round) =>
      analyzer.summarise(new SourceText(resnet, typed(text, round)), {
        model: `ResNet(${depth})`,
        inputs: [{ shape: [1, 3, 224, 224], dtype: "float32" }],
      }),
    );
  const base = summary(26);
  for (const depth of [50, 101, 152])
    report(`summary of a ResNet of ${depth} layers`, summary(depth), base, "that of 26");
  const python = pythonWithTorch();
  if (!python) process.stdout.write("PyTorch is not there to compare with.\n");
  else {
    const ours = ["out/cli.js", "summary", resnet, "--model", "ResNet(50)", "--input", "1,3,224,224"];
    const summaryProcess = (...words: string[]): number => processTime("node", [...ours, ...words]);
    const theirs = processTime(python, ["-c", onMeta]);
    report("summary of ResNet 50, in the editor", summary(50), theirs, "PyTorch on the meta device");
    for (const [name, words] of Object.entries({ "computed, process": ["--no-cache"], "kept, process": [] }))
      report(`summary of ResNet 50, ${name}`, summaryProcess(...words), theirs, "PyTorch on the meta device");
  }
  benchFindings(parser);
  const asked = process.argv.indexOf("--files");
  benchManyFiles(asked < 0 ? 1_000 : Number(process.argv[asked + 1]));
}

void main();
