/** Bugs in models, data and adversaries: what is left out, put in the wrong place, or given the wrong label. */
import type { Assign, Call } from "../../python/syntax";
import { type Mutation } from "./mutation";
import {
  type Planting,
  type Program,
  blockOf,
  calls,
  linesOf,
  nodesLike,
  replace,
  setArgument,
  spanOf,
} from "./program";

function replaced(program: Program, nodes: readonly Call[], by: (text: string) => string): Planting[] {
  return nodes.map((node) => ({ edits: [replace(node, by(program.source.slice(node)))], span: spanOf(node) }));
}

const generatorLoss = /^criterion\(discriminator\(fake\), ones\)$/;
const crossEntropy = /CrossEntropyLoss|cross_entropy/;

/** The calls of a loss on what a model gives for its input, with the labels as a name. */
function lossesOfLabels(program: Program): Call[] {
  if (!crossEntropy.test(program.source.text)) return [];
  return calls(program, /^(criterion|F\.cross_entropy)$/).filter(
    ({ args }) => args.length === 2 && args[0]!.kind === "Call" && args[1]!.kind === "Name",
  );
}

/** What stands in front of a statement on its line. */
function indentOf(program: Program, statement: Assign): string {
  const { start } = linesOf(program, statement);
  return program.source.text.slice(start, statement.start);
}

/** `model = Net().to(device)` with the optimizer that is built of it in the same block. */
function movedTooLate(program: Program): Planting[] {
  return nodesLike(program, "Assign", /^\w+ = \w+\(.*\)\.to\(device\)$/).flatMap((model) => {
    const [target] = model.targets;
    const { value } = model;
    if (target?.kind !== "Name" || value.kind !== "Call" || value.callee.kind !== "Attribute") return [];
    const optimizer = blockOf(program, model).find(
      (other) => other.start > model.end && program.source.slice(other).includes(`${target.id}.parameters()`),
    );
    if (!optimizer) return [];
    const { end } = linesOf(program, optimizer);
    return [
      {
        edits: [
          replace(value, program.source.slice(value.callee.value)),
          { span: { start: end, end }, text: `${indentOf(program, model)}${target.id}.to(device)\n` },
        ],
        span: spanOf(model),
      },
    ];
  });
}

/** `x = self.pool(x).flatten(1)` in two lines, of which the second has forgotten what it is for. */
function thrownAway(program: Program): Planting[] {
  return nodesLike(program, "Assign", /^x = .+\.flatten\(1\)$/).flatMap((node) => {
    const { value } = node;
    if (value.kind !== "Call" || value.callee.kind !== "Attribute") return [];
    const before = program.source.slice(value.callee.value);
    return [{ edits: [replace(value, `${before}\n${indentOf(program, node)}x.flatten(1)`)], span: spanOf(node) }];
  });
}

/** The last layer of a classifier, whose scores a loss reads. */
function withNorm(program: Program): Planting[] {
  if (!crossEntropy.test(program.source.text)) return [];
  return nodesLike(program, "Assign", /^self\.(out|head) = nn\.Linear\(\w+, classes\)$/).map((node) => ({
    edits: [replace(node.value, `nn.Sequential(${program.source.slice(node.value)}, nn.BatchNorm1d(classes))`)],
    span: spanOf(node),
  }));
}

export const modelMutations: readonly Mutation[] = [
  {
    id: "fakes-called-fakes",
    rules: ["generator-given-fake-labels"],
    hint: "What does the generator want the discriminator to say?",
    plant: (program) =>
      replaced(program, nodesLike(program, "Call", generatorLoss), (text) => text.replace("ones", "zeros")),
  },
  {
    id: "generator-against-itself",
    rules: ["saturating-generator-loss"],
    hint: "How steep is the generator's loss while the discriminator is sure?",
    plant: (program) =>
      replaced(program, nodesLike(program, "Call", generatorLoss), (text) => `-${text.replace("ones", "zeros")}`),
  },
  {
    id: "moved-too-late",
    rules: ["model-moved-after-optimizer"],
    hint: "Which tensors does the optimizer hold, and where are they?",
    plant: movedTooLate,
  },
  { id: "result-forgotten", rules: ["result-thrown-away"], hint: "Which lines change anything?", plant: thrownAway },
  {
    id: "even-kernel",
    rules: ["even-kernel"],
    hint: "How large is the picture behind each convolution?",
    plant: (program) =>
      nodesLike(program, "Assign", /^self\.stem = nn\.Conv2d\(.*, 3, padding=1\)$/).flatMap(({ value, start, end }) =>
        value.kind === "Call" && value.args[2]
          ? [{ edits: [replace(value.args[2], "4"), setArgument(value, "padding", "2")], span: { start, end } }]
          : [],
      ),
  },
  { id: "norm-on-scores", rules: ["norm-at-output"], hint: "Which values can a score take?", plant: withNorm },
  {
    id: "labels-one-hot",
    rules: ["one-hot-target"],
    hint: "Which kinds of target does the loss take, and which does it need?",
    plant: (program) =>
      lossesOfLabels(program).map((call) => {
        const [, labels] = call.args;
        const text = `torch.nn.functional.one_hot(${program.source.slice(labels!)}).float()`;
        return { edits: [replace(labels!, text)], span: spanOf(call) };
      }),
  },
  {
    id: "batches-of-one",
    rules: ["batch-norm-single-example"],
    hint: "Of how many numbers are the statistics of a batch?",
    plant: (program) =>
      calls(program, /^DataLoader$/).flatMap((call) =>
        program.source.text.includes("BatchNorm") && program.source.slice(call).includes("shuffle=True")
          ? [{ edits: [setArgument(call, "batch_size", "1")], span: spanOf(call) }]
          : [],
      ),
  },
  {
    id: "scaled-by-the-batch",
    rules: ["scaled-by-whole-batch"],
    hint: "Does an answer depend on the other examples of the batch?",
    plant: (program) =>
      replaced(program, nodesLike(program, "Call", /^x\.flatten\(1\)$/), () => "(x / x.norm()).flatten(1)"),
  },
  {
    id: "loss-turned",
    rules: ["loss-sign"],
    hint: "What does the optimizer make small?",
    plant: (program) =>
      nodesLike(program, "Assign", /^loss = (criterion|F\.cross_entropy)\(/).flatMap((node) =>
        node.value.kind === "Call"
          ? [{ edits: [replace(node.value, `-${program.source.slice(node.value)}`)], span: spanOf(node) }]
          : [],
      ),
  },
];
