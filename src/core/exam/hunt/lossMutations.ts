/** Bugs around the loss: what is fed to it, and the formulas that students write by hand. */
import type { Expression, Statement } from "../../python/syntax";
import { type Mutation } from "./mutation";
import {
  type Planting,
  type Program,
  blockOf,
  callStatements,
  calls,
  dropArgument,
  nodesLike,
  replace,
  spanOf,
  wrap,
} from "./program";

/** What the model gives where a loss reads it as logits: the last class of a program is the model. */
function logits(program: Program, loss: RegExp): Expression[] {
  const model = program.module.body.findLast(({ kind }) => kind === "ClassDef");
  if (!loss.test(program.source.text) || !model) return [];
  const returned = nodesLike(program, "Return", /^return self\.(out|head|layers|decode|decoder|fc\d)\(/);
  return returned.flatMap(({ value, start, end }) => {
    if (!value || start < model.start || end > model.end) return [];
    return value.kind === "Tuple" ? value.elements.slice(0, 1) : [value];
  });
}

/** A number that is only printed can be cut off without any harm. */
function isTrainedOn(program: Program, assignment: Statement): boolean {
  const block = blockOf(program, assignment);
  return callStatements(program, /^loss\.backward$/).some((call) => block.includes(call));
}

function wrapped(program: Program, expressions: readonly Expression[], before: string, after: string): Planting[] {
  return expressions.map((expression) => ({
    edits: [wrap(program, expression, before, after)],
    span: spanOf(expression),
  }));
}

const crossEntropy = /CrossEntropyLoss|cross_entropy/;
const withLogits = /BCEWithLogitsLoss/;

export const lossMutations: readonly Mutation[] = [
  {
    id: "softmax-twice",
    rules: ["softmax-before-cross-entropy"],
    hint: "What does the loss expect, and what does it get?",
    plant: (program) => wrapped(program, logits(program, crossEntropy), "torch.softmax(", ", dim=-1)"),
  },
  {
    id: "tanh-on-logits",
    rules: ["bounded-activation-before-softmax"],
    hint: "How large can a logit get?",
    plant: (program) => wrapped(program, logits(program, crossEntropy), "torch.tanh(", ")"),
  },
  {
    id: "sigmoid-twice",
    rules: ["sigmoid-before-bce-with-logits"],
    hint: "What does the loss expect, and what does it get?",
    plant: (program) => wrapped(program, logits(program, withLogits), "torch.sigmoid(", ")"),
  },
  {
    id: "nll-of-logits",
    rules: ["logits-to-nll-loss"],
    hint: "What does the loss expect, and what does it get?",
    plant: (program) =>
      calls(program, /^nn\.CrossEntropyLoss$/).map((call) => ({
        edits: [replace(call, "nn.NLLLoss()")],
        span: spanOf(call),
      })),
  },
  {
    id: "bce-of-logits",
    rules: ["logits-to-bce-loss"],
    hint: "What does the loss expect, and what does it get?",
    plant: (program) =>
      calls(program, /^nn\.BCEWithLogitsLoss$/).map((call) => ({
        edits: [replace(call, "nn.BCELoss()")],
        span: spanOf(call),
      })),
  },
  {
    id: "column-against-row",
    rules: ["loss-broadcasts"],
    hint: "Write down the shapes of prediction and target.",
    plant: (program) =>
      calls(program, /\.squeeze$/).map((call) => ({
        edits: [replace(call, program.source.slice(call.callee.kind === "Attribute" ? call.callee.value : call))],
        span: spanOf(call),
      })),
  },
  {
    id: "kl-sign",
    rules: ["vae-kl-sign"],
    hint: "What would a large KL term do to this loss?",
    plant: (program) =>
      nodesLike(program, "UnaryOperation", /^-0\.5$/).map((node) => ({
        edits: [replace(node, "0.5")],
        span: spanOf(node),
      })),
  },
  {
    id: "variance-as-std",
    rules: ["vae-log-variance-as-std"],
    hint: "What is exp of a log-variance?",
    plant: (program) =>
      nodesLike(program, "BinaryOperation", /^0\.5 \* logvar$/).map((node) => ({
        edits: [replace(node, "logvar")],
        span: spanOf(node),
      })),
  },
  {
    id: "sample-without-path",
    rules: ["sample-not-reparameterised"],
    hint: "How does the decoder's gradient reach the encoder?",
    plant: (program) =>
      nodesLike(program, "Return", /^return mu \+ eps \* std$/).map((node) => ({
        edits: [replace(node, "return torch.normal(mu, std)")],
        span: spanOf(node),
      })),
  },
  {
    id: "loss-cut-off",
    rules: ["requires-grad-patch", "graph-cut"],
    hint: "Follow the gradient back from the loss.",
    plant: (program) =>
      nodesLike(program, "Assign", /^loss = (?!.*torch\.tensor)/)
        .filter((node) => isTrainedOn(program, node))
        .map((node) => ({
          edits: [
            replace(node.value, `torch.tensor((${program.source.slice(node.value)}).item(), requires_grad=True)`),
          ],
          span: spanOf(node),
        })),
  },
  {
    id: "wrong-softmax-dim",
    rules: ["softmax-over-batch", "attention-softmax-wrong-dim"],
    hint: "Over which dimension do the weights add up to 1?",
    plant: (program) =>
      calls(program, /\bsoftmax$/).flatMap((call) => {
        const dim = call.keywords.find((keyword) => keyword.name?.name === "dim");
        return dim ? [{ edits: [replace(dim.value, "0")], span: spanOf(call) }] : [];
      }),
  },
  {
    id: "accuracy-over-batch",
    // Where the batch has its size, the comparison with the labels is refused.
    rules: ["argmax-over-batch", "shape-mismatch"],
    hint: "How many predictions does the metric get?",
    plant: (program) =>
      calls(program, /\.argmax$/).map((call) => ({
        edits: [replace({ start: call.callee.end, end: call.end }, "(dim=0)")],
        span: spanOf(call),
      })),
  },
  {
    id: "dropout-always",
    rules: ["functional-dropout-always-on"],
    hint: "When is the dropout off?",
    plant: (program) =>
      calls(program, /^F\.dropout$/).map((call) => ({
        edits: dropArgument(program, call, "training"),
        span: spanOf(call),
      })),
  },
];
