/** Random calls with sizes that only have names: what we say of them is right when the names get their numbers back. */
import { assert } from "chai";
import { infer } from "../../../src/core/infer/analysis";
import { type Value } from "../../../src/core/infer/values/value";
import { type PythonParser } from "../../../src/core/python/parser";
import { type Statement } from "../../../src/core/python/syntax";
import { constant } from "../../../src/core/shape/dim";
import { parseSizeExpression } from "../../../src/core/shape/expression";
import { shapeToJson } from "../../../src/core/shape/notation";
import { evaluateSize, isDim } from "../../../src/core/ops/sizes";
import { SourceText } from "../../../src/core/text/source";
import { type OperationCase, type Result, type Size, programOf } from "../support/operations";
import { loadPythonParser } from "../support/parser";
import { pythonWithTorch } from "../support/python";
import { type DrawnCase, drawCases } from "./families";
import { generators as common } from "./generate";
import { layerGenerators } from "./generateLayers";
import { lossGenerators } from "./generateLosses";

const seed = Number(process.env.SEED ?? 1);
const casesOfEach = Number(process.env.CASES ?? 60);
const generators = { ...common, ...layerGenerators, ...lossGenerators };

/** The case inside of a function that nobody calls, whose arguments are the sizes of the inputs: `s3` stands for 3. A size has at least 1. */
function symbolicProgram(test: OperationCase): string {
  const lines = programOf(test).split("\n");
  const numbers = new Set(test.inputs.flatMap(({ shape }) => shape).filter((size) => size > 0));
  const named = lines.slice(3).map((line) =>
    /^\w = torch\.zeros/.test(line)
      ? line.replace(/\[.*?\]/, (shape) =>
          shape
            .replace(/[1-9]\d*/g, "s$&")
            .replace("[", "(")
            .replace(/\]$/, ",)")
            .replace("(,)", "()"),
        )
      : line,
  );
  const parameters = [...numbers].map((number) => `s${number}`).join(", ");
  return [...lines.slice(0, 3), `def run(${parameters}):`, ...named.map((line) => `    ${line}`)].join("\n");
}

interface Symbolic {
  readonly outputs: readonly (readonly Size[] | null)[] | null;
  readonly refused: string | null;
}

function runSymbolic(parser: PythonParser, test: OperationCase): Symbolic {
  const source = new SourceText("case.py", symbolicProgram(test));
  const { module, record, facts } = infer(source, parser.parse(source));
  const run = module.body.at(-1) as Statement & { kind: "FunctionDef" };
  const last = run.body.at(-1) as Statement & { kind: "Assign" };
  const shapes = (value: Value | undefined): (readonly Size[] | null)[] | null => {
    if (value?.kind === "tensor") return [shapeToJson(facts.resolveShape(value.shape))];
    if (value?.kind === "none") return [];
    if (value?.kind !== "tuple") return null;
    const parts = value.items.map(shapes);
    return parts.includes(null) ? null : parts.flatMap((part) => part!);
  };
  return {
    outputs: shapes(record.seenAt(last.targets[0]!)?.[0]?.value),
    refused: record.problems[0]?.refusal.expects ?? null,
  };
}

/** The number that an expression over `s3` and the like stands for. */
function numberOf(size: Size): number | null {
  if (typeof size !== "string") return size;
  const named = (name: string): ReturnType<typeof constant> => constant(Number(name.slice(1)));
  const value = evaluateSize(parseSizeExpression(size), named, {
    min: ([a, b]) => (isDim(a) && isDim(b) ? constant(Math.min(valueOf(a), valueOf(b))) : undefined),
    max: ([a, b]) => (isDim(a) && isDim(b) ? constant(Math.max(valueOf(a), valueOf(b))) : undefined),
  });
  return isDim(value) ? valueOf(value) : null;
}

const valueOf = (size: ReturnType<typeof constant>): number => size.terms[0]?.coefficient ?? 0;

function contradicts(ours: Symbolic, theirs: Result): string | undefined {
  if (theirs.outputs === null) return undefined;
  if (ours.refused !== null) return `refused (${ours.refused}), and PyTorch runs it`;
  if (!ours.outputs) return undefined;
  const numbers = ours.outputs.map((shape) => shape?.map(numberOf) ?? null);
  const fits =
    numbers.length === theirs.outputs.length &&
    numbers.every((shape, i) => {
      const other = theirs.outputs![i]!.shape!;
      return (
        !shape || (shape.length === other.length && shape.every((size, at) => size === null || size === other[at]))
      );
    });
  return fits ? undefined : `${JSON.stringify(ours.outputs)} is not ${JSON.stringify(theirs.outputs)}`;
}

describe("Random calls with named sizes", () => {
  let cases: DrawnCase[];
  let parser: PythonParser;

  before(async function () {
    this.timeout(120_000);
    const python = pythonWithTorch();
    if (!python) this.skip();
    parser = await loadPythonParser();
    cases = drawCases(python, generators, seed, casesOfEach);
  });

  for (const wanted of Object.keys(generators)) {
    it(`of ${wanted} never contradict PyTorch`, function () {
      this.timeout(20_000);
      const counts = { known: 0, unknown: 0 };
      const wrong = cases.flatMap(({ family, test, theirs }) => {
        if (family !== wanted || theirs.outputs === null) return [];
        const ours = runSymbolic(parser, test);
        counts[ours.outputs ? "known" : "unknown"]++;
        const problem = contradicts(ours, theirs);
        return problem === undefined ? [] : [`${symbolicProgram(test)}: ${problem}`];
      });
      assert.deepEqual(wrong, []);
      assert.isAtLeast(counts.known, counts.unknown, JSON.stringify(counts));
      if (process.env.COUNTS) console.log(JSON.stringify(counts));
    });
  }
});
