/** Applies rows to calls: what a layer is made of, and what an operation gives for its inputs. */
import { type Dim, constant, product } from "../shape/dim";
import { type SizeExpression } from "../shape/expression";
import { knownDims, unknownShape } from "../shape/shape";
import { flagArgument, typeArgument } from "./arguments";
import { type OperationCall, type Outcome, type Refusal } from "./call";
import { type Operation, type StoredShape } from "./define";
import { type DType, dtypeOf, toFloating } from "./dtype";
import { type Names, type Matcher, matchInput } from "./match";
import { RefusedSize, evaluateItems, evaluateSize, isDim, toSizeValue, truth } from "./sizes";
import { type OpValue, type TensorValue, type TupleOf, tensor, unknown } from "./value";

/** What a call gives, and the multiply-adds that it takes (undefined where they are not known). */
export interface Applied {
  readonly outcome: Outcome;
  readonly macs: Dim | undefined;
}

/** A new layer's stored tensors by name, or why PyTorch refuses to build it. */
export function construct(operation: Operation, call: OperationCall): Refusal | StoredTensors {
  return (
    operation.check?.(call) ?? {
      kind: "stored",
      parameters: storedTensors(operation.parameters, operation, call),
      buffers: storedTensors(operation.buffers, operation, call),
    }
  );
}

export interface StoredTensors {
  readonly kind: "stored";
  readonly parameters: ReadonlyMap<string, TensorValue>;
  readonly buffers: ReadonlyMap<string, TensorValue>;
}

/** Those tensors only that the layer's arguments ask for. */
function storedTensors(
  shapes: ReadonlyMap<string, StoredShape>,
  operation: Operation,
  call: OperationCall,
): Map<string, TensorValue> {
  const names = argumentNames(call);
  const tensors = new Map<string, TensorValue>();
  for (const [name, { shape, condition }] of shapes) {
    const lookup = (key: string): ReturnType<typeof toSizeValue> => names.get(key);
    const wanted = condition ? truth(evaluateSize(condition, lookup, operation.functions)) : true;
    if (wanted === false) continue;
    const dtype = name === "num_batches_tracked" ? "int64" : typeArgument(call, "float32");
    const sizes = wanted ? evaluateItems(shape, lookup, operation.functions) : unknownShape();
    tensors.set(name, tensor(sizes, dtype));
  }
  return tensors;
}

/** Runs a row on bound arguments. `inputs` are the tensors that its shape line describes, in order. */
export function apply(operation: Operation, call: OperationCall, inputs: readonly OpValue[]): Applied {
  const refused = operation.kind === "module" ? operation.accepts?.(call) : operation.check?.(call);
  if (refused) return { outcome: refused, macs: undefined };
  if (operation.result) return { outcome: operation.result(call), macs: constant(0) };
  try {
    return applyLine(operation, call, inputs);
  } catch (error) {
    if (error instanceof RefusedSize) {
      const first = inputs.find((value) => value.kind === "tensor");
      return { outcome: { ...(first && { input: first }), ...error.refusal }, macs: undefined };
    }
    throw error;
  }
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
  if (!indices || output.kind !== "tensor" || !call.values.has("return_indices")) return output;
  const wanted = flagArgument(call, "return_indices");
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
  return new Map([...call.values].map(([name, value]) => [name, toSizeValue(value)]));
}
