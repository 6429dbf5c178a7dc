/**
 * The parts that a loss is added up from, as they are written: through names, lists that they are collected in, functions of
 * the file, sums and means. For losses whose numbers come from where nobody looks, as the rewards of an environment do.
 */
import { type Inference } from "../../infer/analysis";
import type { Call, Expression, Name } from "../../python/syntax";
import { callAt } from "./calls";
import { assignedTo, libraryPath } from "./names";
import { enclosing, nodesOf, nodesWithin } from "./syntax";
import { type Step, pathOf, stepsOf } from "./training";

/** One part, with the sign that it has in what is minimised. */
export interface LossPart {
  readonly expression: Expression;
  readonly sign: 1 | -1;
  /** Who calls `backward()` on the loss. */
  readonly backward: Step;
}

const known = new WeakMap<Inference, readonly LossPart[]>();

/** The parts of all losses of a file; each place once. */
export function lossParts(inference: Inference): readonly LossPart[] {
  const found = known.get(inference) ?? findParts(inference);
  known.set(inference, found);
  return found;
}

function findParts(inference: Inference): LossPart[] {
  const seen = new Set<Expression>();
  const parts: LossPart[] = [];
  for (const backward of stepsOf(inference)) {
    const call = backward.kind === "backward" ? callAt(backward.call.origin.span) : undefined;
    if (!call || backward.call.origin.path !== inference.source.path || seen.has(call)) continue;
    seen.add(call);
    const loss = call.callee.kind === "Attribute" && call.args.length === 0 ? call.callee.value : call.args[0];
    const reader: Reader = { inference, add: (expression, sign) => parts.push({ expression, sign, backward }) };
    if (loss) read(loss, 1, reader, 0);
  }
  return parts;
}

interface Reader {
  readonly inference: Inference;
  readonly add: (expression: Expression, sign: 1 | -1) => void;
}

const deepest = 12;

/** Methods and functions that add up, average, pick or hand on. */
const handingOn = /^(mean|sum|squeeze|unsqueeze|view|reshape|flatten|float|double|to|clone|contiguous|nanmean)$/;
const gathering = /^torch\.(mean|sum|stack|cat|concat|squeeze|flatten|min|max|minimum|maximum)$/;
const choosing = /^torch\.(min|max|minimum|maximum)$/;
/** What a part is weighted with. */
const weights = /coef|weight|beta|alpha|lambda|lam$|scale|ratio_|mask|gamma|accum|steps|^n_|len/i;

function read(node: Expression, sign: 1 | -1, reader: Reader, depth: number): void {
  if (depth > deepest) return;
  const on = (part: Expression, by: 1 | -1 = sign): void => {
    read(part, by, reader, depth + 1);
  };
  const turned = sign === 1 ? -1 : 1;
  switch (node.kind) {
    case "Name": {
      const written = writtenFor(node, reader.inference);
      if (written.length === 0) reader.add(node, sign);
      for (const { value, isTaken } of written) on(value, isTaken ? turned : sign);
      return;
    }
    case "UnaryOperation":
      if (node.operator === "-") on(node.operand, turned);
      return;
    case "BinaryOperation": {
      const { left, right, operator } = node;
      if (operator === "+" || operator === "-") {
        on(left);
        on(right, operator === "-" ? turned : sign);
        return;
      }
      if (operator === "/") {
        on(left);
        return;
      }
      const by = operator === "*" ? [weightOf(left), weightOf(right)] : [];
      const other = by[0] ? right : left;
      const factor = by[0] ?? by[1];
      if (factor) on(other, factor === 1 ? sign : turned);
      else reader.add(node, sign);
      return;
    }
    case "List":
    case "Tuple":
      for (const element of node.elements) on(element);
      return;
    case "Comprehension":
      on(node.element);
      return;
    case "Call":
      readCall(node, sign, reader, depth);
      return;
    default:
      reader.add(node, sign);
  }
}

function readCall(call: Call, sign: 1 | -1, reader: Reader, depth: number): void {
  const { callee, args } = call;
  const library = libraryPath(callee, reader.inference) ?? (callee.kind === "Name" ? callee.id : "");
  if (gathering.test(library) || library === "sum") {
    for (const arg of choosing.test(library) ? args : args.slice(0, 1)) read(arg, sign, reader, depth + 1);
    return;
  }
  if (callee.kind === "Attribute" && callee.attribute.name === "scale" && args[0]) {
    read(args[0], sign, reader, depth + 1);
    return;
  }
  if (callee.kind === "Attribute" && handingOn.test(callee.attribute.name) && !libraryPath(callee, reader.inference)) {
    read(callee.value, sign, reader, depth + 1);
    return;
  }
  const returned = returnedBy(call, reader.inference);
  if (returned) read(returned, sign, reader, depth + 1);
  else reader.add(call, sign);
}

/** What the one function of that name in the file returns, where it returns one thing at one place. */
function returnedBy({ callee }: Call, inference: Inference): Expression | undefined {
  const name = callee.kind === "Attribute" ? callee.attribute.name : callee.kind === "Name" ? callee.id : "";
  const [own, ...others] = nodesOf(inference, "FunctionDef").filter((node) => node.name.name === name);
  if (!own || others.length > 0) return undefined;
  const returns = nodesWithin(own, "Return").filter((node) => enclosing(inference, node, "FunctionDef") === own);
  const [only, ...more] = returns;
  return more.length === 0 && only?.value?.kind !== "Tuple" ? only?.value : undefined;
}

/** The sign of a number or a weight; undefined of anything else. */
function weightOf(node: Expression): 1 | -1 | undefined {
  if (node.kind === "Constant") return (node.type === "int" || node.type === "float") && node.value > 0 ? 1 : undefined;
  if (node.kind === "UnaryOperation" && node.operator === "-") {
    const inner = weightOf(node.operand);
    return inner && (inner === 1 ? -1 : 1);
  }
  return weights.test(pathOf(node)) ? 1 : undefined;
}

interface Written {
  readonly value: Expression;
  /** It is subtracted. */
  readonly isTaken: boolean;
}

/** What a name stands for: what it was assigned last, or what was added to it since it began with nothing. */
function writtenFor(name: Name, inference: Inference): readonly Written[] {
  const first = assignedTo(name, inference);
  if (!first) return [];
  const isEmpty = (first.kind === "List" && first.elements.length === 0) || first.kind === "Constant";
  const start = isEmpty ? [] : [{ value: first, isTaken: false }];
  const own = enclosing(inference, name, "FunctionDef");
  const isBetween = (node: Expression): boolean =>
    node.start > first.end && node.end <= name.start && enclosing(inference, node, "FunctionDef") === own;
  const added = nodesOf(inference, "AugAssign")
    .filter(({ target, operator }) => pathOf(target) === name.id && isBetween(target) && /^[+-]$/.test(operator))
    .map(({ value, operator }) => ({ value, isTaken: operator === "-" }));
  const appended = nodesOf(inference, "Call")
    .filter((call) => pathOf(call.callee) === `${name.id}.append` && isBetween(call))
    .flatMap(({ args }) => (args[0] ? [{ value: args[0], isTaken: false }] : []));
  return [...start, ...added, ...appended];
}
