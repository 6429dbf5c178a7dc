/** Bugs in what is built before training: rates, layers, optimizers, data. */
import { type Mutation } from "./mutation";
import {
  type Planting,
  type Program,
  calls,
  dropArgument,
  nodesLike,
  remove,
  replace,
  setArgument,
  spanOf,
} from "./program";

/** The layers of a Sequential that come directly between two linear ones, the comma included. */
function activationsBetween(program: Program): Planting[] {
  return calls(program, /^nn\.Sequential$/).flatMap((call) =>
    call.args.flatMap((layer, i): Planting[] => {
      const [before, after] = [call.args[i - 1], call.args[i + 1]];
      const isLinear = (node: typeof before): boolean =>
        node !== undefined && program.source.slice(node).startsWith("nn.Linear");
      if (!isLinear(before) || !isLinear(after) || !/^nn\.(ReLU|LeakyReLU|GELU|Tanh)/.test(program.source.slice(layer)))
        return [];
      return [{ edits: [replace({ start: layer.start, end: after!.start }, "")], span: spanOf(layer) }];
    }),
  );
}

export const setupMutations: readonly Mutation[] = [
  {
    id: "adam-rate",
    rules: ["adam-learning-rate-too-high"],
    hint: "How far does one step move a weight?",
    plant: (program) =>
      calls(program, /\bAdamW?$/).map((call) => ({ edits: [setArgument(call, "lr", "0.1")], span: spanOf(call) })),
  },
  {
    id: "sgd-rate",
    rules: ["sgd-learning-rate-too-high"],
    hint: "How far does one step move a weight?",
    plant: (program) =>
      calls(program, /\bSGD$/).map((call) => ({ edits: [setArgument(call, "lr", "10")], span: spanOf(call) })),
  },
  {
    id: "layers-in-a-list",
    rules: ["modules-in-python-list"],
    hint: "Count the parameters that the optimizer gets.",
    plant: (program) =>
      calls(program, /^nn\.ModuleList$/).map((call) => ({
        edits: [replace(call, program.source.slice(call.args[0]!))],
        span: spanOf(call),
      })),
  },
  {
    id: "nothing-between",
    rules: ["no-nonlinearity"],
    hint: "Multiply the matrices of the layers: what is left?",
    plant: activationsBetween,
  },
  {
    id: "input-dropped",
    rules: ["loop-drops-input"],
    hint: "Which layers does the input go through?",
    plant: (program) =>
      nodesLike(program, "Assign", /^x = (layer|block)\(x\)$/).map((node) => ({
        edits: [replace(node.targets[0]!, "out")],
        span: spanOf(node),
      })),
  },
  {
    id: "training-not-shuffled",
    rules: ["train-loader-not-shuffled"],
    hint: "In which order do the examples come?",
    plant: (program) =>
      calls(program, /^DataLoader$/).flatMap((call) => {
        // Rows of numbers that were drawn by chance come in no order anyway.
        if (program.source.text.includes("TensorDataset")) return [];
        const edits = dropArgument(program, call, "shuffle");
        return edits.length > 0 ? [{ edits, span: spanOf(call) }] : [];
      }),
  },
  {
    id: "one-split-for-both",
    rules: ["same-split-for-training-and-testing"],
    hint: "What does the accuracy at the end measure?",
    plant: (program) =>
      nodesLike(program, "Call", /train=False/)
        .filter((call) => call.keywords.some(({ name }) => name?.name === "train"))
        .map((call) => ({ edits: [setArgument(call, "train", "True")], span: spanOf(call) })),
  },
  {
    id: "augmented-test",
    rules: ["augmented-evaluation-data"],
    hint: "What does the network see when it is tested?",
    plant: (program) =>
      nodesLike(program, "Call", /transform=test_transform/).map((call) => ({
        edits: [setArgument(call, "transform", "train_transform")],
        span: spanOf(call),
      })),
  },
  {
    id: "part-not-trained",
    rules: ["parameters-in-no-optimizer"],
    hint: "Which weights does the optimizer hold?",
    plant: (program) =>
      calls(program, /\bAdam$/).flatMap((call) => {
        const [parameters] = call.args;
        if (!parameters || program.source.slice(parameters) !== "model.parameters()") return [];
        const part = ["encode", "encoder", "hidden"].find((name) => program.source.text.includes(`self.${name} = `));
        return part ? [{ edits: [replace(parameters, `model.${part}.parameters()`)], span: spanOf(call) }] : [];
      }),
  },
  {
    id: "fake-with-graph",
    rules: ["gan-fake-not-detached", "backward-twice"],
    hint: "What does the discriminator's backward() go through?",
    plant: (program) =>
      nodesLike(program, "Call", /^fake\.detach\(\)$/).map((call) => ({
        edits: [replace(call, "fake")],
        span: spanOf(call),
      })),
  },
  {
    id: "generator-without-graph",
    rules: ["gan-generator-detached"],
    hint: "How does the generator learn what the discriminator thinks?",
    plant: (program) =>
      nodesLike(program, "Call", /^criterion\(discriminator\(fake\), ones\)$/).map((call) => ({
        edits: [replace(call, "criterion(discriminator(fake.detach()), ones)")],
        span: spanOf(call),
      })),
  },
  {
    id: "wrong-optimizer-cleared",
    rules: ["wrong-optimizer-cleared"],
    hint: "Which gradients are cleared before which step?",
    plant: (program) =>
      nodesLike(program, "Call", /^optimizer_g\.zero_grad\(\)$/).map((call) => ({
        edits: [replace(call, "optimizer_d.zero_grad()")],
        span: spanOf(call),
      })),
  },
  {
    id: "scores-unscaled",
    rules: ["attention-unscaled"],
    hint: "How large do the scores get with the size of a head?",
    plant: (program) =>
      nodesLike(program, "BinaryOperation", /^q @ k\.transpose\(-2, -1\) \/ /).map((node) => ({
        edits: [replace(node, program.source.slice(node.left))],
        span: spanOf(node),
      })),
  },
  {
    id: "no-parentheses",
    rules: ["missing-call-parentheses"],
    hint: "Which lines do something, and which only name something?",
    plant: (program) =>
      nodesLike(program, "ExpressionStatement", /^(self\.)?optimizer\w*\.(zero_grad|step)\(\)$/).map((node) => ({
        edits: [replace(node, program.source.slice(node).replace(/\(\)$/, ""))],
        span: spanOf(node),
      })),
  },
  {
    id: "batch-flattened",
    rules: ["flatten-batch"],
    hint: "What is left of the batch?",
    plant: (program) =>
      nodesLike(program, "Call", /^x\.flatten\(1\)$/).map((call) => ({
        edits: [replace(call, "x.flatten()")],
        span: spanOf(call),
      })),
  },
  {
    id: "super-forgotten",
    rules: ["missing-super-init"],
    hint: "Would this run at all?",
    plant: (program) =>
      nodesLike(program, "ExpressionStatement", /^super\(\)\.__init__\(\)$/).map((node) => ({
        edits: [remove(program, node)],
        span: spanOf(node),
      })),
  },
];
