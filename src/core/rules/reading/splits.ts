/** Which part of the data a dataset is: training, validation or test, by what it was built with. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import { classAttribute, hasUnknownBase, linearised } from "../../infer/classes/classes";
import { same } from "../../infer/values/join";
import { type InstanceValue, type Value } from "../../infer/values/value";
import type { Call, Expression } from "../../python/syntax";
import { type AnyNode, isKind, nodeAt, walk } from "../../python/visit";
import { argumentOf, callAt } from "./calls";
import { makerOf, truth } from "./data";
import { enclosing, parentOf } from "./syntax";
import { pathOf } from "./training";

export type Split = "train" | "validation" | "test";

/** A dataset as it was built. */
export interface Built {
  /** What builds it: `torchvision.datasets.MNIST`, or the name of a class of the program. */
  readonly builder: string;
  readonly split: Split | undefined;
  /** The dataset that it is a part of. */
  readonly part: Built | undefined;
  readonly dataset: Value;
  readonly call: CallRecord | undefined;
}

/** The place of `train` or `split` among the arguments, and what it is where it is not given. */
const torchvision: readonly (readonly [names: RegExp, argument: string, position: number, standard: Split])[] = [
  [/\.(MNIST|FashionMNIST|KMNIST|CIFAR10|CIFAR100|USPS)$/, "train", 1, "train"],
  [/\.(EMNIST|QMNIST)$/, "train", 9, "train"],
  [/\.(SVHN|STL10|ImageNet|Food101|GTSRB|StanfordCars|Flowers102|DTD|PCAM|Country211)$/, "split", 1, "train"],
];

export function builtDataset(inference: Inference, dataset: Value | undefined): Built | undefined {
  const call = makerOf(inference, dataset);
  if (dataset?.kind === "instance") return ofClass(inference, dataset);
  if (!dataset || !call) return undefined;
  if (/\.(Subset|random_split)$/.test(call.operation)) {
    const whole = builtDataset(inference, argumentOf(call, "dataset", 0) as Value | undefined);
    return { builder: call.operation, split: whole?.split, part: whole, dataset, call };
  }
  const row = torchvision.find(([names]) => names.test(call.operation));
  const split = row ? splitIn(argumentOf(call, row[1], row[2]) as Value | undefined, row[3]) : folderSplit(call);
  return { builder: call.operation, split, part: undefined, dataset, call };
}

function splitIn(value: Value | undefined, standard: Split): Split | undefined {
  if (value === undefined) return standard;
  if (value.kind === "str") return splitNamed(value.value);
  const isTrain = truth(value);
  return isTrain === undefined ? undefined : isTrain ? "train" : "test";
}

export function splitNamed(name: string | undefined): Split | undefined {
  if (name === undefined) return undefined;
  if (/^train(ing)?$/i.test(name)) return "train";
  if (/^(val(id(ation)?)?|dev|eval)$/i.test(name)) return "validation";
  return /^test(ing)?$/i.test(name) ? "test" : undefined;
}

/** `ImageFolder("data/train")`. */
function folderSplit(call: CallRecord): Split | undefined {
  if (!/\.(ImageFolder|DatasetFolder)$/.test(call.operation)) return undefined;
  const root = argumentOf(call, "root", 0);
  return root?.kind === "str" ? splitNamed(root.value?.split(/[\\/]/).filter(Boolean).at(-1)) : undefined;
}

const splitArguments = /^(split|mode|phase|subset|partition|stage|set|image_set)$/;

/** An object of a class of the program: `Faces(root, train=False)`, `Faces("val")`. */
function ofClass(inference: Inference, dataset: InstanceValue): Built | undefined {
  if (dataset.type.kind !== "class" || dataset.origin.path !== inference.source.path) return undefined;
  const call = nodeAt(inference.module, dataset.origin.span.start).find(
    (node) => isKind(node, "Call") && node.start === dataset.origin.span.start && node.end === dataset.origin.span.end,
  );
  const split = call && isKind(call, "Call") ? splitInCall(inference, call) : undefined;
  return { builder: dataset.type.name, split, part: undefined, dataset, call: undefined };
}

function splitInCall(inference: Inference, call: Call): Split | undefined {
  for (const { name, value: expression } of call.keywords) {
    const value = valueAt(inference, expression);
    if (!name || !value) continue;
    const isTrain = /^(is_)?(train|training)$/.test(name.name) ? truth(value) : undefined;
    if (isTrain !== undefined) return isTrain ? "train" : "test";
    if (splitArguments.test(name.name) && value.kind === "str") return splitNamed(value.value);
  }
  const named = call.args.flatMap((arg) => {
    const value = valueAt(inference, arg);
    return (value?.kind === "str" ? splitNamed(value.value) : undefined) ?? [];
  });
  return named.length === 1 ? named[0] : undefined;
}

/** The text or truth that an expression always had. */
function valueAt({ record }: Inference, expression: Expression): Value | undefined {
  if (expression.kind === "Constant" && expression.type === "str") return { kind: "str", value: expression.value };
  if (expression.kind === "Constant" && expression.type === "bool") return { kind: "bool", value: expression.value };
  const values = (record.seenAt(expression) ?? []).map(({ value }) => value);
  const [first] = values;
  return first && values.every((value) => same(first, value)) ? first : undefined;
}

/** Whether a dataset gives its samples by their index, so that a loader can choose their order. */
export function isMapStyle(inference: Inference, dataset: Value | undefined): boolean {
  if (dataset?.kind === "data") return dataset.data.is === "dataset" && makerOf(inference, dataset) !== undefined;
  if (dataset?.kind !== "instance" || dataset.type.kind !== "class" || hasUnknownBase(dataset.type)) return false;
  const types = linearised(dataset.type);
  const isIterable = types.some((type) => type.kind === "external" && type.name.endsWith("IterableDataset"));
  const pick = isIterable ? undefined : classAttribute(types, "__getitem__");
  return pick !== undefined && readsIndex(pick);
}

/** A dataset that draws its samples anew has no order. */
function readsIndex(pick: Value): boolean {
  if (pick.kind !== "function") return true;
  const [, index] = pick.node.parameters;
  let isRead = index?.kind !== "ordinary";
  walk(pick.node, (node) => {
    if (isKind(node, "Name") && node.id === index?.name.name) isRead = true;
    return undefined;
  });
  return isRead;
}

/** What the program calls the result of a call: the name that it is assigned to, or that its helper's result is. */
export function nameOfResult(inference: Inference, call: CallRecord): string {
  const own = nameOfExpression(inference, callAt(call.origin.span));
  if (own !== "" || call.origin.path !== inference.source.path) return own;
  for (let at = call.region; at; at = at.parent) {
    if (at.kind !== "call") continue;
    const outside = at.parent;
    const inFile = [...functionsAround(outside)].every((path) => path === inference.source.path);
    return inFile ? nameOfExpression(inference, callAt(at.at)) : "";
  }
  return "";
}

function* functionsAround(region: CallRecord["region"]): Iterable<string> {
  for (let at = region; at; at = at.parent) if (at.kind === "call") yield at.path;
}

/** The name, attribute or key that an expression is assigned to; empty where there is none. */
export function nameOfExpression(inference: Inference, node: AnyNode | undefined): string {
  const parent = node && parentOf(inference, node);
  if (!node || !parent) return "";
  if (isKind(parent, "Assign") && parent.value === node) return parent.targets.map(pathOrKey).find(Boolean) ?? "";
  if (isKind(parent, "AnnAssign") && parent.value === node) return pathOrKey(parent.target);
  return "";
}

function pathOrKey(target: Expression): string {
  const key = target.kind === "Subscript" && target.index.kind === "Constant" ? target.index : undefined;
  return key?.type === "str" ? key.value : pathOf(target);
}

/** The name of the function that a place stands in; empty at the top of a file. */
export function nameOfFunctionAround(inference: Inference, node: AnyNode): string {
  return enclosing(inference, node, "FunctionDef")?.name.name ?? "";
}
