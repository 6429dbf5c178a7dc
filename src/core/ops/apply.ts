/** Applies rows to calls: what a layer is made of, and what an operation gives for its inputs. */
import { rangeOf } from "../shape/bounds";
import { type Dim, constant, constantValue, product } from "../shape/dim";
import { type SizeExpression } from "../shape/expression";
import { printShape } from "../shape/notation";
import { knownDims, unknownShape } from "../shape/shape";
import { flagArgument, typeArgument } from "./arguments";
import { type OperationCall, type Outcome, type Refusal, isRefusal, refuse } from "./call";
import { type Operation, type Requirement, type StoredShape } from "./define";
import { type DType, dtypeOf, toFloating } from "./dtype";
import { keptInPlace } from "./inPlace";
import { type Names, type Matcher, matchInput } from "./match";
import { RefusedSize, type SizeValue, evaluateItems, evaluateSize, isDim, isShape, toSizeValue, truth } from "./sizes";
import { type OpValue, type TensorValue, type TupleOf, int, tensor, unknown } from "./value";

/** What a call gives, and the multiply-adds that it takes (undefined where they are not known). */
export interface Applied {
  readonly outcome: Outcome;
  readonly macs: Dim | undefined;
}

/** A new layer's stored tensors by name, or why PyTorch refuses to build it. */
export function construct(operation: Operation, call: OperationCall): Refusal | StoredTensors {
  const refused = unmet(operation, operation.requires, call) ?? operation.check?.(call);
  if (refused) return refused;
  const parameters = storedTensors(operation.parameters, operation, call);
  const buffers = storedTensors(operation.buffers, operation, call);
  const negative = [...(parameters?.values() ?? [])].flatMap(({ shape }) => knownDims(shape) ?? []).find(isNegative);
  if (negative) return refuse("cannot hold a tensor with a negative size,", negative);
  return {
    kind: "stored",
    parameters: parameters ?? new Map(),
    buffers: buffers ?? new Map(),
    attributes: attributesOf(operation, call),
    complete: parameters !== undefined && buffers !== undefined,
  };
}

function attributesOf(operation: Operation, call: OperationCall): Map<string, OpValue> {
  if (operation.attributes.size === 0) return new Map();
  const names = argumentNames(call);
  return new Map(
    [...operation.attributes].map(([name, expression]): [string, OpValue] => {
      const value = evaluateSize(expression, (key) => names.get(key), operation.functions);
      const sizes = isShape(value) ? knownDims(value) : undefined;
      if (isDim(value)) return [name, int(value)];
      return [name, sizes ? { kind: "tuple", items: sizes.map((size) => int(size)) } : unknown(`${name} is not known`)];
    }),
  );
}

function isNegative(size: Dim): boolean {
  return rangeOf(size).max < 0;
}

/** The first of some requirements that the arguments do not meet. */
function unmet(operation: Operation, requirements: readonly Requirement[], call: OperationCall): Refusal | undefined {
  if (requirements.length === 0) return undefined;
  const names = argumentNames(call);
  const lookup = (name: string): SizeValue => names.get(name);
  const broken = requirements.find(
    ({ condition }) => truth(evaluateSize(condition, lookup, operation.functions)) === false,
  );
  if (!broken) return undefined;
  const value = names.get(broken.argument);
  const gets = isShape(value) ? printShape(value) : isDim(value) ? value : String(value ?? "None");
  return refuse(`needs ${broken.words}`, gets);
}

export interface StoredTensors {
  readonly kind: "stored";
  readonly parameters: ReadonlyMap<string, TensorValue>;
  readonly buffers: ReadonlyMap<string, TensorValue>;
  /** Attributes that its row says. */
  readonly attributes: ReadonlyMap<string, OpValue>;
  /** False where its arguments do not say which there are. */
  readonly complete: boolean;
}

/** Those tensors only that the layer's arguments ask for; undefined where how many there are is not known. */
function storedTensors(
  shapes: ReadonlyMap<string, StoredShape>,
  operation: Operation,
  call: OperationCall,
): Map<string, TensorValue> | undefined {
  const tensors = new Map<string, TensorValue>();
  if (shapes.size === 0) return tensors;
  const names = argumentNames(call);
  const wantedOnes = repeated(shapes, names);
  if (!wantedOnes) return undefined;
  for (const { name, layer, shape, condition } of wantedOnes) {
    const lookup = (key: string): SizeValue => (key === "k" && layer ? layer : names.get(key));
    const wanted = condition ? truth(evaluateSize(condition, lookup, operation.functions)) : true;
    if (wanted === false) continue;
    const dtype = name === "num_batches_tracked" ? "int64" : typeArgument(call, "float32");
    const sizes = wanted ? evaluateItems(shape, lookup, operation.functions) : unknownShape();
    tensors.set(name, tensor(sizes, dtype));
  }
  return tensors;
}

interface NamedShape extends StoredShape {
  readonly name: string;
  readonly layer?: Dim;
}

/** `weight_ih_l{k}` stands for one tensor of each layer and direction; all tensors of a layer come together. */
function repeated(shapes: ReadonlyMap<string, StoredShape>, names: Names): NamedShape[] | undefined {
  const all = [...shapes].map(([name, shape]) => ({ name, ...shape }));
  if (!all.some(({ name }) => name.includes("{k}"))) return all;
  const [layers, both] = [names.get("num_layers"), truth(names.get("bidirectional"))];
  const count = isDim(layers) ? constantValue(layers) : undefined;
  if (count === undefined || count > mostLayers || both === undefined) return undefined;
  const directions = both ? ["", "_reverse"] : [""];
  return Array.from({ length: count }, (_, k) => k).flatMap((k) =>
    directions.flatMap((direction) =>
      all.map((one) => ({ ...one, name: one.name.replace("{k}", `${k}${direction}`), layer: constant(k) })),
    ),
  );
}

/** More layers than anybody stacks are not worth their tensors. */
const mostLayers = 1000;

/** Runs a row on bound arguments. `inputs` are the tensors that its shape line describes, in order. */
export function apply(operation: Operation, call: OperationCall, inputs: readonly OpValue[]): Applied {
  const isLayer = operation.kind === "module";
  const requirements = isLayer ? operation.requiresToRun : [...operation.requires, ...operation.requiresToRun];
  const refused =
    unmet(operation, requirements, call) ?? (isLayer ? operation.accepts?.(call) : operation.check?.(call));
  if (refused) return { outcome: refused, macs: undefined };
  try {
    const special = operation.special?.(call);
    if (special) return { outcome: special, macs: constant(0) };
    const applied = operation.result
      ? withWork(operation, call, operation.result(call))
      : applyLine(operation, call, inputs);
    const negative = applied.outcome.kind === "tensor" && knownDims(applied.outcome.shape)?.find(isNegative);
    if (negative) return { outcome: refuse("cannot make a tensor with a negative size:", negative), macs: undefined };
    return operation.inPlace
      ? { ...applied, outcome: keptInPlace(operation.qualifiedName, applied.outcome, inputs[0], call.facts) }
      : applied;
  } catch (error) {
    if (error instanceof RefusedSize) {
      const first = inputs.find((value) => value.kind === "tensor");
      return { outcome: { ...(first && { input: first }), ...error.refusal }, macs: undefined };
    }
    throw error;
  }
}

function withWork(operation: Operation, call: OperationCall, outcome: Outcome): Applied {
  if (operation.work) return { outcome, macs: isRefusal(outcome) ? undefined : operation.work(call) };
  const first = outcome.kind === "tuple" ? outcome.items[0] : outcome;
  if (!operation.macs || first?.kind !== "tensor") return { outcome, macs: operation.macs ? undefined : constant(0) };
  const names = argumentNames(call);
  return { outcome, macs: macsOf(operation.macs, first, (name) => names.get(name), operation.functions) };
}

function applyLine(operation: Operation, call: OperationCall, inputs: readonly OpValue[]): Applied {
  const { line, functions } = operation;
  if (!line) throw new Error(`${operation.qualifiedName} has neither a shape line nor a result.`);
  const matcher: Matcher = { names: argumentNames(call), functions, facts: call.facts };
  const problem = matchInputs(line.inputs, inputs, matcher);
  const first = inputs.find((value) => value.kind === "tensor");
  const dtype = resultType(operation, call, first?.dtype);
  if (problem?.kind === "unknown" && operation.keepsShape && first) {
    return { outcome: tensor(call.facts.resolveShape(first.shape), dtype), macs: constant(0) };
  }
  // Behind a function such as torch.sigmoid it is a tensor, whatever nobody knows of the model that it is fed by.
  if (problem?.kind === "unknown" && operation.keepsShape && operation.kind === "function" && !first)
    return { outcome: tensor(unknownShape(), typeArgument(call, undefined)), macs: undefined };
  if (problem) return { outcome: problem, macs: undefined };
  const lookup = (name: string): ReturnType<typeof toSizeValue> => matcher.names.get(name);
  const outputs =
    operation.keepsShape && first
      ? [tensor(call.facts.resolveShape(first.shape), dtype)]
      : line.outputs.map((items) => tensor(resolved(items, matcher), dtype));
  const output = outputs[0]!;
  return {
    outcome: withIndices(operation, call, outputs.length === 1 ? output : { kind: "tuple", items: outputs }),
    macs: macsOf(operation.macs, output, lookup, functions),
  };
}

function resultType({ dtype }: Operation, call: OperationCall, input: DType | undefined): DType | undefined {
  if (dtype === undefined) return typeArgument(call, input);
  return dtype === "floating" ? toFloating(input) : dtypeOf(dtype);
}

function withIndices({ indices }: Operation, call: OperationCall, output: TensorValue | TupleOf<OpValue>): OpValue {
  if (!indices || output.kind !== "tensor") return output;
  const wanted = indices === "always" || (call.values.has("return_indices") && flagArgument(call, "return_indices"));
  if (wanted === undefined) return unknown("whether the indices are returned is not known");
  return wanted ? { kind: "tuple", items: [output, tensor(output.shape, "int64")] } : output;
}

function resolved(
  items: readonly SizeExpression[],
  { names, functions, facts }: Matcher,
): ReturnType<typeof evaluateItems> {
  return facts.resolveShape(evaluateItems(items, (name) => names.get(name), functions));
}

function matchInputs(
  patterns: readonly (readonly SizeExpression[])[],
  inputs: readonly OpValue[],
  matcher: Matcher,
): Refusal | OpValue | undefined {
  for (const [index, pattern] of patterns.entries()) {
    const input = inputs[index];
    if (input?.kind === "unknown") return input;
    if (input?.kind !== "tensor") return unknown("an input is not known to be a tensor");
    const matched = matchInput(pattern, input, matcher);
    if (matched === "unknown") return unknown("the shape of an input is not known");
    if (matched !== "matched") return matched;
  }
  return undefined;
}

function macsOf(
  expression: SizeExpression | undefined,
  output: TensorValue,
  names: (name: string) => ReturnType<typeof toSizeValue>,
  functions: Operation["functions"],
): Dim | undefined {
  if (!expression) return constant(0);
  const dims = knownDims(output.shape);
  const elements = dims && product(dims);
  const macs = evaluateSize(expression, (name) => (name === "output" ? elements : names(name)), functions);
  return isDim(macs) ? macs : undefined;
}

function argumentNames(call: OperationCall): Names {
  const names: Names = new Map();
  for (const [name, value] of call.values) {
    const size = toSizeValue(value);
    names.set(name, isShape(size) ? call.facts.resolveShape(size) : size);
    for (const [itemName, item] of itemNames(name, value)) names.set(itemName, item);
  }
  return names;
}

/** `output_size=(None, 4)` is no list of sizes: its items go by `output_size.0` and so on, their number by `output_size.length`. */
function itemNames(name: string, value: OpValue): [string, SizeValue][] {
  return value.kind === "tuple" && value.items.some(({ kind }) => kind === "none")
    ? [
        [`${name}.length`, constant(value.items.length)],
        ...value.items.map((item, i): [string, SizeValue] => [`${name}.${i}`, toSizeValue(item)]),
      ]
    : [];
}
