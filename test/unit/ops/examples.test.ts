/** Every example of the operations table: what it states, what the engine says and what PyTorch says are the same. */
import { readFileSync, writeFileSync } from "node:fs";
import { assert } from "chai";
import { operations } from "../../../src/core/ops/registry";
import { type PythonParser } from "../../../src/core/python/parser";
import { type OperationCase, type Result, contradiction, runOurs, runTorch, torchVersion } from "../support/operations";
import { loadPythonParser } from "../support/parser";
import { pythonWithTorch } from "../support/python";

/** PyTorch's answers, for machines without it. Set RECORD=1 to write them anew. */
const recordPath = "test/unit/ops/examples.json";

interface Example extends OperationCase {
  readonly text: string;
  /** The first version of PyTorch that can run it. */
  readonly since: string | undefined;
  readonly outputs: readonly string[];
}

/** `nn.Linear(3, 4): (2, 3) -> (2, 4)` */
function readExample([text, since]: [string, string | undefined]): Example {
  const [expression, inputs, outputs] = /^(.*): (.*)-> (.*)$/.exec(text)!.slice(1) as [string, string, string];
  const given = [...inputs.matchAll(/(\([\d, ]*\))(?: (\w+))?/g)].map(([, shape, dtype]) => ({
    shape: [...shape!.matchAll(/\d+/g)].map(Number),
    dtype: dtype ?? "float32",
  }));
  const shapes = [...outputs.matchAll(/\([\d, ]*\)/g)].map(([shape]) => shape);
  return {
    text,
    since,
    expression,
    isLayer: /^(nn\.(modules\.\w+\.)?[A-Z]|einops\.layers\.torch\.)/.test(expression),
    inputs: given,
    outputs: shapes,
  };
}

function printed(sizes: readonly unknown[] | null | undefined): string {
  return sizes?.length === 1 ? `(${String(sizes[0])},)` : `(${(sizes ?? ["unknown"]).join(", ")})`;
}

const examples = [...new Map(operations.map(({ example, since }) => [example, since]))].map(readExample);

/** Answers of examples that are newer than the installed PyTorch were written down from its documentation. */
function runs({ since }: Example, version: string): boolean {
  return since === undefined || version.localeCompare(since, "en", { numeric: true }) >= 0;
}

describe("The examples of the operations", () => {
  let parser: PythonParser;

  before(async () => {
    parser = await loadPythonParser();
  });

  it("give the shapes that they state", () => {
    const wrong = examples.flatMap((example) => {
      const { outputs, refused } = runOurs(parser, example);
      const shapes = outputs?.map(({ shape }) => printed(shape));
      return refused === null && shapes?.join() === example.outputs.join()
        ? []
        : [`${example.text}: ${refused ?? shapes?.join(", ") ?? "not known"}`];
    });
    assert.deepEqual(wrong, []);
  });

  it("agree with what PyTorch said when they were recorded", () => {
    const record = JSON.parse(readFileSync(recordPath, "utf8")) as Record<string, Result>;
    const wrong = examples.flatMap((example) => {
      const theirs = record[example.text];
      const problem = theirs ? contradiction(runOurs(parser, example), theirs) : "is not in the record";
      return problem === undefined ? [] : [`${example.text}: ${problem}`];
    });
    assert.deepEqual(wrong, []);
  });

  it("are recorded as PyTorch answers today", function () {
    this.timeout(60_000);
    const python = pythonWithTorch();
    if (!python) this.skip();
    const version = torchVersion(python);
    const runnable = examples.filter((example) => runs(example, version));
    const results = runTorch(python, runnable);
    const record = JSON.parse(readFileSync(recordPath, "utf8")) as Record<string, Result>;
    const answers = new Map(runnable.map(({ text }, i) => [text, results[i]!]));
    const today = Object.fromEntries(examples.map(({ text }) => [text, answers.get(text) ?? record[text]]));
    if (process.env.RECORD) writeFileSync(recordPath, `${JSON.stringify(today, undefined, 2)}\n`);
    assert.deepEqual(JSON.parse(readFileSync(recordPath, "utf8")), today);
  });
});
