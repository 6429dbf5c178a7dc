/** Multiply-adds of layers that are more than one product, and losses that broadcast in silence. */
import { assert } from "chai";
import { infer } from "../../../src/core/infer/analysis";
import { broadcastingLosses, outgrown } from "../../../src/core/ops/silentBroadcast";
import { findOperation } from "../../../src/core/ops/registry";
import { tensor } from "../../../src/core/ops/value";
import { type PythonParser } from "../../../src/core/python/parser";
import { type Dim, add, constant, newSymbol } from "../../../src/core/shape/dim";
import { Facts } from "../../../src/core/shape/facts";
import { Table } from "../../../src/core/infer/memory/table";
import { Trail } from "../../../src/core/infer/memory/trail";
import { printDim, printShape } from "../../../src/core/shape/notation";
import { SourceText } from "../../../src/core/text/source";
import { loadPythonParser } from "../support/parser";

/** By hand: a product of an (n, m) and an (m, p) matrix takes n·m·p multiply-adds. */
const works: readonly [layer: string, input: string, macs: number][] = [
  // Three projections and one out of 2·5 vectors of 8, and two products of 5 queries with 5 keys.
  ["nn.MultiheadAttention(8, 2, batch_first=True)", "(2, 5, 8)", 4 * 10 * 8 * 8 + 2 * (2 * 5 * 5 * 8)],
  // Four gates for each of 2·5 steps; the second layer reads both directions of the first.
  ["nn.LSTM(3, 4, batch_first=True)", "(2, 5, 3)", 10 * 4 * 4 * (3 + 4)],
  ["nn.GRU(3, 4, num_layers=2, bidirectional=True)", "(5, 2, 3)", 10 * 2 * 3 * 4 * (3 + 4 + 8 + 4)],
  ["nn.LSTM(3, 4, proj_size=2)", "(5, 2, 3)", 10 * (4 * 4 * (3 + 2) + 2 * 4)],
  ["nn.GRUCell(3, 4)", "(2, 3)", 2 * 3 * 4 * (3 + 4)],
  // Every input value meets every filter once, whatever the stride.
  ["nn.ConvTranspose2d(3, 4, 2, stride=2)", "(2, 3, 8, 8)", 2 * 3 * 64 * 4 * 4],
  [
    "nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)",
    "(2, 5, 8)",
    4 * 10 * 8 * 8 + 2 * (2 * 5 * 5 * 8) + 2 * 10 * 8 * 16,
  ],
];

describe("The work of layers", () => {
  let parser: PythonParser;

  before(async () => {
    parser = await loadPythonParser();
  });

  for (const [layer, input, macs] of works) {
    it(`${layer} takes ${macs} multiply-adds for ${input}`, () => {
      const given = layer.includes("Multihead") ? "x, x, x" : "x";
      const text = `import torch\nfrom torch import nn\nx = torch.zeros(${input})\ny = ${layer}(${given})\n`;
      const source = new SourceText("case.py", text);
      const { record } = infer(source, parser.parse(source));
      const total = record.work.reduce<Dim | undefined>(
        (sum, work) => sum && work.macs && add(sum, work.macs),
        constant(0),
      );
      assert.equal(total && printDim(total), String(macs));
    });
  }
});

describe("Losses that broadcast in silence", () => {
  const batch = newSymbol("B", "given");
  const cases: readonly [left: readonly Dim[], right: readonly Dim[], result: string | undefined, certain: boolean][] =
    [
      [[constant(4), constant(1)], [constant(4)], "(4, 4)", true],
      [[constant(4)], [constant(4), constant(1)], "(4, 4)", true],
      [[batch, constant(1)], [batch], "(B, B)", false],
      [[constant(4), constant(3)], [constant(3)], undefined, false],
      [[constant(4), constant(1)], [constant(4), constant(1)], undefined, false],
      [[constant(1)], [constant(1), constant(1)], undefined, false],
      [[constant(4), constant(3)], [constant(4)], undefined, false],
    ];

  for (const [left, right, result, certain] of cases) {
    it(`${printShape(left)} against ${printShape(right)} ${result ? `grows to ${result}` : "does not grow"}`, () => {
      const facts = new Facts(new Table(new Trail()));
      const grown = outgrown(tensor(left, "float32"), tensor(right, "float32"), facts);
      assert.equal(grown && printShape(grown.shape), result);
      assert.equal(grown?.certain ?? false, certain);
    });
  }

  it("are operations of the table", () => {
    assert.deepEqual(
      [...broadcastingLosses].filter((name) => !findOperation(name)),
      [],
    );
  });
});
