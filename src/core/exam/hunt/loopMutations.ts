/** Bugs in the training loop: what is left out, out of order, or kept for too long. */
import type { Statement } from "../../python/syntax";
import { type Mutation } from "./mutation";
import {
  type Planting,
  type Program,
  blockOf,
  callStatements,
  calls,
  moveBehind,
  nodesLike,
  remove,
  replace,
  spanOf,
} from "./program";

const zeroGrad = /(optim\w*|model|net)\.zero_grad$/;
const backward = /\.backward$/;
const step = /optim\w*\.step$/;

function removed(program: Program, statements: readonly Statement[]): Planting[] {
  return statements.map((statement) => ({ edits: [remove(program, statement)], span: spanOf(statement) }));
}

/** Without such layers a model does the same in both modes. */
function dependsOnMode({ source }: Program): boolean {
  return /Dropout|dropout|BatchNorm/.test(source.text);
}

/** The next statement behind one in its block that calls something. */
function nextCall(program: Program, statement: Statement, callee: RegExp): Statement | undefined {
  const block = blockOf(program, statement);
  const wanted = callStatements(program, callee);
  return block.slice(block.indexOf(statement) + 1).find((other) => wanted.some((call) => call === other));
}

/** Moves each statement that calls one thing behind the next that calls another. */
function moved(callee: RegExp, behind: RegExp): Mutation["plant"] {
  return (program) =>
    callStatements(program, callee).flatMap((statement) => {
      const after = nextCall(program, statement, behind);
      return after ? [{ edits: moveBehind(program, statement, after), span: spanOf(statement) }] : [];
    });
}

export const loopMutations: readonly Mutation[] = [
  {
    id: "no-zero-grad",
    rules: ["missing-zero-grad", "wrong-optimizer-cleared"],
    hint: "Whose gradients does a step follow?",
    plant: (program) => removed(program, callStatements(program, zeroGrad)),
  },
  {
    id: "zero-grad-too-late",
    rules: ["zero-grad-between-backward-and-step"],
    hint: "Follow the gradients of one batch from where they are made to where they are used.",
    plant: moved(zeroGrad, backward),
  },
  {
    id: "step-too-early",
    rules: ["step-before-backward"],
    hint: "Follow the gradients of one batch from where they are made to where they are used.",
    plant: (program) =>
      callStatements(program, backward).flatMap((statement) => {
        const after = nextCall(program, statement, step);
        return after ? [{ edits: moveBehind(program, statement, after), span: spanOf(statement) }] : [];
      }),
  },
  {
    id: "no-step",
    rules: ["optimizer-never-steps"],
    hint: "What moves the weights?",
    plant: (program) => removed(program, callStatements(program, step)),
  },
  {
    id: "no-backward",
    rules: ["step-without-gradient", "missing-backward", "step-before-backward"],
    hint: "Where do the gradients come from?",
    plant: (program) => removed(program, callStatements(program, backward)),
  },
  {
    id: "scheduler-too-early",
    rules: ["scheduler-before-optimizer"],
    hint: "In which order do the rate and the weights change?",
    plant: (program) =>
      callStatements(program, /sched\w*\.step$/).flatMap((statement) => {
        const block = blockOf(program, statement);
        const loop = block.slice(0, block.indexOf(statement)).find(({ kind }) => kind === "For");
        if (loop?.kind !== "For") return [];
        const [first] = loop.body;
        const place = program.source.offsetAt({ line: program.source.positionAt(first!.start).line, column: 0 });
        const indent = program.source.text.slice(place, first!.start);
        const text = `${indent}${program.source.slice(statement)}\n`;
        return [
          {
            edits: [remove(program, statement), { span: { start: place, end: place }, text }],
            span: spanOf(statement),
          },
        ];
      }),
  },
  {
    id: "clip-too-late",
    rules: ["clip-in-wrong-place"],
    hint: "What do the clipped gradients do?",
    plant: moved(/clip_grad_norm_$/, step),
  },
  {
    id: "no-eval",
    rules: ["missing-eval"],
    hint: "What do Dropout and BatchNorm do while the test data pass?",
    plant: (program) => (dependsOnMode(program) ? removed(program, callStatements(program, /\.eval$/)) : []),
  },
  {
    id: "no-train",
    rules: ["missing-train-after-eval", "trains-in-eval-mode"],
    hint: "In which mode does the second epoch run?",
    plant: (program) => {
      const switches = callStatements(program, /\.eval$/).length > 0;
      return switches && dependsOnMode(program) ? removed(program, callStatements(program, /\.train$/)) : [];
    },
  },
  {
    id: "loss-with-its-graph",
    rules: ["loss-history-leak"],
    hint: "What is held in memory when the epoch ends?",
    plant: (program) =>
      calls(program, /^loss\.item$/).flatMap((call) =>
        nodesLike(program, "AugAssign", /^total \+= loss\.item\(\)/)
          .concat()
          .some(({ start, end }) => start <= call.start && call.end <= end)
          ? [{ edits: [replace(call, "loss")], span: spanOf(call) }]
          : [],
      ),
  },
  {
    id: "state-with-its-graph",
    rules: ["graph-carried-over", "retain-graph-in-loop"],
    hint: "How far back does the second backward() go?",
    plant: (program) =>
      nodesLike(program, "If", /\.detach\(\)/).map((statement) => ({
        edits: [remove(program, statement)],
        span: spanOf(statement),
      })),
  },
];
