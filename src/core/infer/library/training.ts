/** Optimizers, schedulers of learning rates and gradient scalers: objects whose methods a training loop calls. */
import { none, unknown } from "../../ops/value";
import { linearised, newInstance } from "../classes/classes";
import { args } from "../machine";
import { type InstanceValue, type Value, external } from "../values/value";
import { type Builtin, type Functions, argument } from "./given";

/** What the parts of a training loop are called in records: `Optimizer.step`, `Scheduler.step`. */
type Role = "Optimizer" | "Scheduler" | "GradScaler";

const roles: readonly (readonly [pattern: RegExp, role: Role])[] = [
  [/^torch\.optim\.(swa_utils\.SWALR|lr_scheduler\.\w+)$/, "Scheduler"],
  [/^torch\.optim\.(\w+\.)?\w+$/, "Optimizer"],
  [/^torch\.(cuda\.)?amp\.(grad_scaler\.)?GradScaler$/, "GradScaler"],
];

/** What an object is in a training loop; of an optimizer or scheduler of the program, what its base class is. */
export function roleOf({ type }: InstanceValue): Role | undefined {
  for (const base of linearised(type)) {
    const found = base.kind === "external" && roles.find(([pattern]) => pattern.test(base.name));
    if (found) return found[1];
  }
  return undefined;
}

/** Attributes that are no methods. */
const plain = new Set(["param_groups", "state", "defaults", "last_epoch", "best", "base_lrs"]);

/** A method of an optimizer or its kin, where the object has not set such an attribute itself. */
export function trainingMethod(receiver: InstanceValue, name: string): Value | undefined {
  const role = roleOf(receiver);
  if (!role || name.startsWith("__")) return undefined;
  if (plain.has(name)) return unknown(`${name} changes while the program trains`);
  return { kind: "method", receiver, callee: external(`${role}.${name}`) };
}

const optimizers =
  "Adadelta Adafactor Adagrad Adam AdamW Adamax ASGD LBFGS Muon NAdam RAdam RMSprop Rprop SGD SparseAdam";
const schedulers =
  "LambdaLR MultiplicativeLR StepLR MultiStepLR ConstantLR LinearLR ExponentialLR PolynomialLR CosineAnnealingLR " +
  "ChainedScheduler SequentialLR ReduceLROnPlateau CyclicLR OneCycleLR CosineAnnealingWarmRestarts";

const object =
  (name: string): Builtin =>
  (machine, _, site) =>
    newInstance(machine, external(name), site);

/** The optimizer runs the function that computes the loss once, or (LBFGS) several times. */
const step: Builtin = (machine, given, site) => {
  const closure = argument(given, 1, "closure");
  return closure && closure.kind !== "none" ? machine.call(closure, args(), site) : none;
};

export const trainingFunctions: Functions = [
  ...optimizers.split(" ").map((name) => [`torch.optim.${name}`, object(`torch.optim.${name}`)] as const),
  // `torch.optim.adam.Adam` is the same class.
  ...optimizers
    .split(" ")
    .map((name) => [`torch.optim.${name.toLowerCase()}.${name}`, object(`torch.optim.${name}`)] as const),
  ...schedulers
    .split(" ")
    .map((name) => [`torch.optim.lr_scheduler.${name}`, object(`torch.optim.lr_scheduler.${name}`)] as const),
  ...["torch.amp.GradScaler", "torch.cuda.amp.GradScaler", "torch.cuda.amp.grad_scaler.GradScaler"].map(
    (name) => [name, object("torch.amp.GradScaler")] as const,
  ),
  ["Optimizer.step", step],
  ["Optimizer.zero_grad", () => none],
  ["Scheduler.step", () => none],
  ["GradScaler.scale", (_, { positional: [, loss] }) => loss ?? none],
  ["GradScaler.step", () => none],
  ["GradScaler.unscale_", () => none],
  ["GradScaler.update", () => none],
];
