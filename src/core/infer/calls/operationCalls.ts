/** Calls of PyTorch's operations: their rows applied, refusals and results recorded. */
import { apply } from "../../ops/apply";
import { type Refusal, isRefusal, refuse } from "../../ops/call";
import { type Operation } from "../../ops/define";
import { refusedView } from "../../ops/strides";
import { refusedGradient, refusedTypes } from "../../ops/elementTypes";
import { type BoundCall, bind } from "../../ops/signature";
import { type OpValue, type TensorValue, tensor, unknown } from "../../ops/value";
import { type Dim, constant, constantValue, subtract, unknownSize } from "../../shape/dim";
import { rangeOf } from "../../shape/bounds";
import { printDim } from "../../shape/notation";
import { knownDims, unknownShape } from "../../shape/shape";
import { type Arguments, type Machine, type ProducedBy, type Site } from "../machine";
import { forgetNumbers, knownNumbers, truthsIn } from "../tensors/tensorNumbers";
import { refuseKinds, refuseUnbound } from "./refusedByPython";
import { confirmTensors } from "../values/doubts";
import { asUsed } from "../values/unknownNumbers";
import { fromOpValue, toOpValue } from "../tensors/opValues";
import { type InstanceValue, type Value } from "../values/value";

/** Calls a row of the operations table. */
export function callOperation(machine: Machine, operation: Operation, given: Arguments, site: Site): Value {
  if (given.open) return unknown("the arguments are not known");
  const bound = bindValues(machine, operation.signature, given);
  if (typeof bound === "string") {
    refuseUnbound(machine, operation.qualifiedName, operation.signature, given, site);
    return unknown(bound);
  }
  if (refuseKinds(machine, operation.qualifiedName, bound.values, site)) return unknown("it takes no such arguments");
  const inputs = [...bound.values.values()];
  return runOperation(machine, operation, bound, inputs, given, site);
}

export function bindValues(machine: Machine, signature: Operation["signature"], given: Arguments): BoundCall | string {
  const seen = (value: Value): OpValue => toOpValue(asUsed(value, machine.facts));
  return bind(
    signature,
    given.positional.map(seen),
    new Map([...given.keywords].map(([name, value]) => [name, seen(value)])),
  );
}

/** Operations that want sizes to fit where there is no element, too; of others some do and some do not. */
const asksAnyhow =
  /\.(linear|Linear|Conv\dd|conv\dd|matmul|mm|bmm|addmm|einsum|view|reshape|expand|cat|concat|stack|add|sub|mul|div|where|transpose|permute|squeeze|unsqueeze|flatten)$/;

function isEmpty(value: OpValue): boolean {
  return value.kind === "tensor" && (knownDims(value.shape)?.some((size) => constantValue(size) === 0) ?? false);
}

/** Runs a row on bound arguments and records the call. */
export function runOperation(
  machine: Machine,
  operation: Operation,
  bound: BoundCall,
  inputs: readonly OpValue[],
  given: Arguments,
  site: Site,
  layer?: InstanceValue,
): Value {
  const name = operation.qualifiedName;
  if ((layer && !name.endsWith(".Identity")) || name.startsWith("torch.nn.functional."))
    confirmTensors(given.positional);
  const beyond = rowBeyond(name, bound.values, given.positional[0], machine);
  if (layer) for (const value of given.positional) forgetNumbers(value);
  const trueOnes = (mask: TensorValue): Dim | undefined => truthsIn(mask)?.count;
  const call = { name: operation.signature.name, ...bound, facts: machine.facts, trueOnes };
  const { outcome: shaped, macs } = apply(operation, call, inputs);
  // On one side of a test the program may know how the elements lie.
  const isSure = machine.record.uncertainty === 0 && !isRefusal(shaped);
  const outcome = (isSure ? refusedView(name, bound.values.get("input"), shaped) : undefined) ?? shaped;
  if (isRefusal(outcome)) {
    if (!asksAnyhow.test(name) && inputs.some(isEmpty)) return unknown("there is nothing in it, which may be let pass");
    machine.record.refuse(name, outcome, site, layer);
    return unknown("the shapes do not fit");
  }
  const tensors = [...given.positional, ...given.keywords.values()];
  const mixed = refusedTypes(name, bound.values, layer && weightOf(layer));
  const result = fromOpValue(outcome.kind === "unknown" ? (someTensor(operation, inputs) ?? outcome) : outcome);
  const typed = result.kind === "tensor" ? ofRightType(result, operation, given, layer) : result;
  const tracked = typed.kind === "tensor" && isTracked(name, bound, given) ? refusedGradient(typed) : undefined;
  // What does not depend on the sizes is refused beside them.
  for (const refusal of [beyond, mixed, tracked]) if (refusal) machine.record.refuse(name, refusal, site, layer);
  // A type that is refused is not handed on: one finding is enough.
  const value = mixed && typed.kind === "tensor" && typed.dtype === mixed.gets ? untyped(typed) : typed;
  const output = history(machine, value, name, tensors, site, { layer, values: bound.values });
  machine.record.count(macs);
  note(machine, name, bound.values, given, output, site, layer ?? given.positional[0]);
  return output;
}

/** Vectors that are looked up have their table's type, what is written into a tensor has that tensor's. */
function ofRightType(
  result: TensorValue,
  { qualifiedName }: Operation,
  { keywords }: Arguments,
  layer: InstanceValue | undefined,
): TensorValue {
  const out = keywords.get("out");
  if (out && out.kind !== "none") return { ...result, dtype: out.kind === "tensor" ? out.dtype : undefined };
  const isLookUp = layer && /\.Embedding(Bag)?$/.test(qualifiedName);
  return isLookUp ? { ...result, dtype: weightOf(layer)?.dtype } : result;
}

/** `torch.tensor(x, requires_grad=True)`, `x.requires_grad_()`. */
function isTracked(name: string, { values }: BoundCall, { keywords }: Arguments): boolean {
  const flag = name === "Tensor.requires_grad_" ? values.get("requires_grad") : keywords.get("requires_grad");
  return flag?.kind === "bool" && flag.value === true;
}

const untyped = (value: TensorValue): TensorValue => ({ ...value, dtype: undefined });

/** A number that is looked up and surely has no row in the table. */
function rowBeyond(
  name: string,
  values: BoundCall["values"],
  input: Value | undefined,
  machine: Machine,
): Refusal | undefined {
  if (!/\.(Embedding|embedding)$/.test(name) || input?.kind !== "tensor") return undefined;
  const [rows, weight] = [values.get("num_embeddings"), values.get("weight")];
  const count =
    rows?.kind === "int" ? rows.value : weight?.kind === "tensor" ? knownDims(weight.shape)?.[0] : undefined;
  const most = count && rangeOf(machine.facts.resolve(count)).max;
  const wrong = most === undefined ? [] : knownNumbers(input).filter((number) => number < 0 || number >= most);
  if (wrong.length === 0) return undefined;
  return refuse(`has the rows 0 to ${printDim(subtract(count!, constant(1)))} and not`, String(wrong.at(-1)), input);
}

/** The weight that a layer multiplies its input by. */
function weightOf({ attributes }: InstanceValue): TensorValue | undefined {
  const weight = ["weight", "weight_ih_l0", "weight_ih"].map((name) => attributes.get(name)).find(Boolean);
  return weight?.kind === "tensor" && weight.stored ? weight : undefined;
}

/** Operations that give one tensor, whatever else is known of their inputs. */
const ofOneTensor =
  /\.(t|transpose|permute|swapaxes|movedim|unsqueeze|squeeze|reshape|view|flatten|Flatten|expand|repeat|cat|concat|stack|bmm|mm|baddbmm|einsum|Linear|Conv[123]d|Embedding|gather|index_select|masked_fill|roll|flip|cumsum)$/;

/** Those whose type all inputs decide, and not the first alone. */
const ofSeveral = /\.(cat|concat|stack|bmm|mm|baddbmm|einsum)$/;

/** The tensor that comes out where its shape cannot be told: what it was computed from is known all the same. */
function someTensor({ qualifiedName }: Operation, inputs: readonly OpValue[]): TensorValue | undefined {
  if (!ofOneTensor.test(qualifiedName)) return undefined;
  const given = inputs
    .flatMap((input) => (input.kind === "tuple" ? input.items : [input]))
    .filter(({ kind }) => kind === "tensor" || kind === "unknown");
  if (!given.some(({ kind }) => kind === "tensor")) return undefined;
  const deciding = ofSeveral.test(qualifiedName) ? given : given.slice(0, 1);
  const dtypes = deciding.map((input) => (input.kind === "tensor" ? input.dtype : undefined));
  // Such products have no other rank.
  const rank = qualifiedName.endsWith(".bmm") ? 3 : qualifiedName.endsWith(".mm") ? 2 : 0;
  const shape = rank > 0 ? Array.from({ length: rank }, unknownSize) : unknownShape();
  return tensor(shape, new Set(dtypes).size === 1 && !qualifiedName.endsWith(".Embedding") ? dtypes[0] : undefined);
}

/** Tells a result's tensors what they were computed from. */
function history(
  machine: Machine,
  value: Value,
  name: string,
  inputs: readonly Value[],
  site: Site,
  by: ProducedBy,
): Value {
  if (value.kind === "tensor") return machine.produced(value, name, inputs, site, by);
  if (value.kind === "tuple")
    return { ...value, items: value.items.map((item) => history(machine, item, name, inputs, site, by)) };
  return value;
}

const noValues: ReadonlyMap<string, OpValue> = new Map();

/** Records a call of something outside the program. */
export function note(
  machine: Machine,
  operation: string,
  values: ReadonlyMap<string, OpValue> | undefined,
  given: Arguments,
  result: Value,
  site: Site,
  receiver: Value | undefined,
): void {
  if (machine.record.isSilent) return;
  machine.record.part.calls.push({
    operation,
    values: values ?? noValues,
    positional: given.positional,
    keywords: given.perhaps ? withThosePerhaps(given.keywords, given.perhaps) : given.keywords,
    receiver,
    result,
    origin: { path: site.scope.frame.path, span: site.node },
    region: machine.record.region,
  });
}

/** Options that may be given or not have no value that is known. */
function withThosePerhaps(keywords: Arguments["keywords"], perhaps: Arguments["keywords"]): Arguments["keywords"] {
  const notKnown = unknown("whether the option is given is not known");
  return new Map([...keywords, ...[...perhaps.keys()].map((name) => [name, notKnown] as const)]);
}
