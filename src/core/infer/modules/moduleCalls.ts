/** Calls of objects: models and layers through their `forward`, anything else through `__call__`. */
import { anyTensor } from "../values/usedAsTensors";
import { onOneSide } from "../values/choices";
import { join } from "../values/join";
import { type Operation } from "../../ops/define";
import { type BoundCall, parseSignature } from "../../ops/signature";
import { none, unknown } from "../../ops/value";
import { sameShape } from "../../shape/shape";
import { runChain, runSteps } from "./children";
import { classAttribute, isModuleClass, layerOperation, linearised } from "../classes/classes";
import { patchOf, patchesOf } from "../classes/patches";
import { callFunction } from "../calls/functions";
import { runHooksBefore, runHooksBehind } from "./hooks";
import { growUp } from "./lazy";
import { layerNow } from "./layerSettings";
import { type Arguments, type Machine, type Site, args, withReceiver } from "../machine";
import { bindValues, note, runOperation } from "../calls/operationCalls";
import { refuseKinds, refuseUnbound } from "../calls/refusedByPython";
import { convolveWith } from "./ownMethods";
import { modelInside } from "../library/parallel";
import { runPacked } from "../library/packed";
import { type InstanceValue, type Layer, type Value, external } from "../values/value";

/** Calls an object: `forward` with all that PyTorch does around it, or `__call__`. */
export function callInstance(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  if (!isModuleClass(instance.type)) {
    const callee = classAttribute(linearised(instance.type), "__call__");
    return callee?.kind === "function"
      ? callFunction(machine, callee, withReceiver(instance, given), site)
      : unknown("what calling the object does is not known");
  }
  const output = callModule(machine, instance, given, site);
  if (machine.record.running.length === 0) note(machine, "Module.__call__", undefined, given, output, site, instance);
  return output;
}

function callModule(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  const ownCall = classAttribute(linearised(instance.type), "__call__");
  return ownCall?.kind === "function"
    ? callFunction(machine, ownCall, withReceiver(instance, given), site)
    : runModule(machine, instance, given, site);
}

/** What `Module.__call__` does: the hooks, and `forward` between them. */
export function runModule(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  if (isFedByUnknowns(machine, instance, given)) return assumedOutput(machine, instance, given, site);
  const taken = runHooksBefore(machine, instance, given, site);
  if (!taken) return unknown("a hook may change the input");
  const output = machine.record.inModule(instance, () => {
    const forwarded = runModuleForward(machine, instance, taken, site);
    return runHooksBehind(machine, instance, taken, forwarded, site);
  });
  const origin = { path: site.scope.frame.path, span: site.node };
  const inputs = [...given.positional, ...given.keywords.values()];
  if (!machine.record.isSilent) machine.record.part.moduleCalls.push({ module: instance, inputs, output, origin });
  return output;
}

/** The program calls its model with what a data loader gave, say. */
function isFedByUnknowns({ record }: Machine, instance: InstanceValue, given: Arguments): boolean {
  const inputs = [...given.positional, ...given.keywords.values()];
  const isOpen = given.open || inputs.length === 0 || inputs.some(({ kind }) => kind !== "unknown");
  return (
    !isOpen &&
    (isWholeModel(instance) || takesOneTensor(instance, inputs)) &&
    record.running.length === 0 &&
    record.muted === 0
  );
}

/** A model of the program's own class, or one that is a sequence of layers. */
function isWholeModel({ type }: InstanceValue): boolean {
  return type.kind === "class" || type.name === "torch.nn.Sequential";
}

/** Layers that accept nothing but a tensor, whereas a recurrent one takes packed sequences as well. */
function takesOneTensor({ type, layer }: InstanceValue, inputs: readonly Value[]): boolean {
  return inputs.length === 1 && layer.has("layer") && /^torch\.nn\.(Linear|Conv\dd|Embedding)$/.test(type.name);
}

/**
 * The output for inputs of which nothing is assumed but that they are tensors. The call of a class of the program leaves no
 * record: as far as the record goes, it is still to be run, with such inputs, outside of every branch and loop.
 */
function assumedOutput(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  const assumed: Arguments = {
    positional: given.positional.map(anyTensor),
    keywords: new Map([...given.keywords.keys()].map((name) => [name, anyTensor()])),
    open: false,
  };
  if (instance.type.kind !== "class") return callModule(machine, instance, assumed, site);
  return machine.record.assumedly(() => callInstance(machine, instance, assumed, site));
}

/** What a program feeds to its Sequential from a data loader, say, is some tensor: nobody runs the layers in it otherwise. */
function ofTensors({ record }: Machine, given: Arguments): Arguments {
  const isOpen = given.open || given.positional.length !== 1 || given.positional[0]!.kind !== "unknown";
  return isOpen || record.running.length > 1 ? given : { ...given, positional: [anyTensor()] };
}

/** Layers inside of models that take one tensor and give one, whatever library what they get comes from. */
const onOneTensor =
  /^torch\.nn\.(Linear|Conv[123]d|Embedding|Flatten|LayerNorm|BatchNorm[123]d|GroupNorm|Dropout\w*|ReLU\w*|LeakyReLU|E?LU|GELU|SiLU|Tanh|Sigmoid|Softmax|LogSoftmax|(Adaptive)?(Max|Avg)Pool[123]d)$/;

function ofOneTensor({ qualifiedName }: Operation, given: Arguments): Arguments {
  const [only, ...others] = given.positional;
  const isUnknown = only?.kind === "unknown" && others.length === 0 && given.keywords.size === 0;
  return isUnknown && onOneTensor.test(qualifiedName) ? { ...given, positional: [anyTensor()] } : given;
}

/** The `forward` that was set on the module, else that of the program's class, or of the layer it is or derives from. */
function runModuleForward(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  const own = instance.attributes.get("forward");
  const result = own && machine.call(own, given, site);
  // One side of a test has put it there.
  if (own?.kind === "unknown" && own.reason === onOneSide)
    return join(result!, runClassForward(machine, instance, given, site), machine.facts);
  return result ?? runClassForward(machine, instance, given, site);
}

function runClassForward(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  const forward = classAttribute(linearised(instance.type), "forward");
  if (forward?.kind === "function") return callFunction(machine, forward, withReceiver(instance, given), site);
  const inside = modelInside(instance);
  if (inside) return machine.call(inside, given, site);
  const operation = layerOperation(instance.type);
  const patched = operation && patchOf(machine, external(operation.qualifiedName), "forward");
  if (patched) return machine.call(patched, withReceiver(instance, given), site);
  if (operation && isFunctionReplaced(machine, operation)) return unknown("the function that it calls was replaced");
  return operation
    ? runLayer(machine, instance, operation, given, site)
    : unknown("what calling the module does is not known");
}

/** `F.relu = mine`: layers call the functions of their names. */
function isFunctionReplaced(machine: Machine, { qualifiedName }: Operation): boolean {
  const functional = external("torch.nn.functional");
  const name = qualifiedName.split(".").at(-1)!.toLowerCase();
  return patchesOf(machine, functional).some((patched) => {
    const now = patched.replaceAll("_", "") === name ? patchOf(machine, functional, patched) : undefined;
    return now !== undefined && !(now.kind === "external" && now.name === `${functional.name}.${patched}`);
  });
}

const forwardOfOne = parseSignature("forward(input)");

/** Runs PyTorch's own `forward` of a layer. */
export function runLayer(
  machine: Machine,
  instance: InstanceValue,
  operation: Operation,
  given: Arguments,
  site: Site,
): Value {
  if (operation.signature.name === "nn.Sequential")
    return runSequential(machine, instance, ofTensors(machine, given), site);
  const built = instance.layer.get("layer");
  const layer = built && layerNow(instance, built);
  if (!layer || given.open) return unknown("the layer's arguments are not known");
  if (operation.becomes) {
    const grown = layer.operation.becomes ? growUp(machine, instance, layer, given, site) : layer.operation;
    return grown
      ? runLayer(machine, instance, grown, given, site)
      : unknown("the size that a lazy layer takes over is not known");
  }
  if (isAltered(machine, instance, layer)) return runAltered(machine, instance, operation, given, site);
  const packed = runPacked(machine, layer, given, site, (unpacked) =>
    runLayer(machine, instance, operation, unpacked, site),
  );
  if (packed) return packed;
  const bound = bindValues(machine, operation.forward ?? forwardOfOne, ofOneTensor(operation, given));
  if (typeof bound === "string") {
    // Where nobody calls the model, another kind of input may go another way.
    if (!site.scope.frame.entered)
      refuseUnbound(machine, operation.qualifiedName, operation.forward ?? forwardOfOne, given, site);
    return unknown(bound);
  }
  if (refuseKinds(machine, operation.qualifiedName, bound.values, site)) return unknown("it takes no such arguments");
  if (operation.steps.length > 0) return runSteps(machine, instance, operation, bound, site);
  const merged: BoundCall = { values: new Map([...layer.call.values, ...bound.values]), given: layer.call.given };
  return runOperation(machine, operation, merged, [...bound.values.values()], given, site, instance);
}

/** Layers that do no more than a function does with their parameters. */
const functionsOfLayers: Readonly<Record<string, readonly [name: string, ...parameters: string[]]>> = {
  "torch.nn.Linear": ["torch.nn.functional.linear", "weight", "bias"],
  "torch.nn.Embedding": ["torch.nn.functional.embedding", "weight"],
};

/** Runs a layer with other parameters than its arguments say, as where two layers share a weight. */
function runAltered(
  machine: Machine,
  instance: InstanceValue,
  operation: Operation,
  given: Arguments,
  site: Site,
): Value {
  const isConvolution = /^torch\.nn\.Conv\dd$/.test(operation.qualifiedName);
  const [name, ...names] = isConvolution ? convolution : (functionsOfLayers[operation.qualifiedName] ?? []);
  const parameters = names.map((parameter) => instance.attributes.get(parameter) ?? none);
  const isKnown = parameters.every(({ kind }) => kind === "tensor" || kind === "none");
  const input = [...given.positional, ...given.keywords.values()];
  if (!name || !isKnown || input.length !== 1) return unknown("a parameter of the layer was replaced");
  const all = args(...input, ...parameters);
  return isConvolution ? convolveWith(machine, instance, all, site) : machine.call(external(name), all, site);
}

/** A convolution reads its strides and the like too. */
const convolution = ["_conv_forward", "weight", "bias"] as const;

/** Whether a parameter has not the shape any more that the layer's arguments say. */
function isAltered({ facts }: Machine, { attributes }: InstanceValue, { built }: Layer): boolean {
  return [...built].some(([name, { shape }]) => {
    const own = attributes.get(name);
    if (own?.kind === "none") return false;
    return own?.kind !== "tensor" || !sameShape(facts.resolveShape(own.shape), facts.resolveShape(shape));
  });
}

function runSequential(machine: Machine, instance: InstanceValue, given: Arguments, site: Site): Value {
  const [input] = given.positional;
  return input
    ? runChain(machine, instance, input, (value, child) => machine.call(child, args(value), site), site)
    : unknown("it gets no input");
}
