/** Calls: functions of the program, objects, classes, and everything outside the program. */
import { changeOneOf } from "../values/candidates";
import { findOperation } from "../../ops/registry";
import { bool, tensorOf, unknown } from "../../ops/value";
import { isModuleClass, loseTrack, forgetObject } from "../classes/classes";
import { callFunction } from "./functions";
import { changesNothing, handOver, readThrough } from "./handOver";
import { noteCallbacks } from "./callbacks";
import { patchOf } from "../classes/patches";
import { maybeObject } from "../values/identity";
import { inPlace, inPlaceOperation, writtenOut } from "../tensors/inPlaceCalls";
import { isOpenFor, libraryFunctions } from "../imports/libraries";
import { type Arguments, type Machine, type Site, withReceiver } from "../machine";
import { methods } from "../collections/methods";
import { callInstance, runLayer, runModule } from "../modules/moduleCalls";
import { moduleMethods, setTrainable } from "../modules/moduleMethods";
import { writeBack } from "../classes/objectDicts";
import { followNumbers, onlyNumber } from "../tensors/numbersOfCalls";
import { callOperation, note } from "./operationCalls";
import { fillNumbers, holdFilled } from "../tensors/indexNumbers";
import { forgetNumbers, shareNumbers } from "../tensors/tensorNumbers";
import { callAlternatives } from "./alternatives";
import { forgetArrays } from "../tensors/arrayNumbers";
import { forgetMembers, partOfUnknown } from "../values/unknowns";
import { type ExternalValue, type InstanceValue, type Value, external, forget } from "../values/value";
import { buildLayer, instantiate, instantiateLayer } from "./instantiation";

export function callValue(machine: Machine, callee: Value, given: Arguments, site: Site): Value {
  const result = callOf(machine, callee, given, site);
  // Where nothing is known of what a call gives, nothing is known of what it does.
  if (result.kind === "unknown")
    for (const value of [...given.positional, ...given.keywords.values()]) forgetNumbers(value);
  return result;
}

function callOf(machine: Machine, callee: Value, given: Arguments, site: Site): Value {
  switch (callee.kind) {
    case "function":
      return callFunction(machine, callee, given, site);
    case "method":
      return callMethod(machine, callee, given, site);
    case "partial":
      return machine.call(callee.callee, completed(callee, given), site);
    case "data":
      return callee.data.is === "transform" && given.positional[0]
        ? callee.data.change(given.positional[0])
        : unknown("it cannot be called");
    case "class":
      return instantiate(machine, callee, given, site);
    case "instance":
      return callInstance(machine, callee, given, site);
    case "external":
      return callExternal(machine, callee, given, site);
    case "unknown": {
      const known = callAlternatives(machine, callee, given, site);
      if (known) return known;
      changeOneOf(machine, callee, (one) => isFunction(one) && machine.call(one, given, site), site.scope);
      noteCallbacks(machine, given, site);
      handOver(given);
      if (callee.owner) forgetMembers(callee.owner);
      return partOfUnknown(callee);
    }
    default:
      return unknown("it cannot be called");
  }
}

const isFunction = ({ kind }: Value): boolean => kind === "function" || kind === "method" || kind === "partial";

/** The arguments of a partial call with those that were missing; the later keywords win. */
function completed(partial: Value & { kind: "partial" }, given: Arguments): Arguments {
  return {
    positional: [...partial.positional, ...given.positional],
    keywords: new Map([...partial.keywords, ...given.keywords]),
    open: given.open,
    rest: given.rest,
    perhaps: given.perhaps,
  };
}

function callMethod(
  machine: Machine,
  { receiver, callee }: Value & { kind: "method" },
  given: Arguments,
  site: Site,
): Value {
  if (callee.kind === "function") {
    const isTold = given.positional.some(({ kind }) => kind === "tensor" || kind === "int");
    if (callee.name === "forward" && receiver.kind === "instance" && isTold)
      machine.record.part.forwarded.add(receiver.type);
    return callFunction(machine, callee, withReceiver(receiver, given), site);
  }
  const name = callee.name.split(".").at(-1)!;
  if (receiver.kind === "instance" && isModuleClass(receiver.type))
    return callModuleMethod(machine, receiver, callee.name, name, given, site);
  const changes = (receiver.kind === "list" || receiver.kind === "dict") && !readingMethods.has(name);
  if (changes && (given.open || !methods.has(callee.name))) forget(receiver);
  if (receiver.kind === "instance" && given.open) forgetObject(receiver);
  const filled = receiver.kind === "tensor" ? fillNumbers(name, receiver, given.positional[0]) : undefined;
  const value = callExternal(machine, callee, withReceiver(receiver, given), site, receiver);
  if (changes && receiver.kind === "dict") writeBack(receiver);
  if (receiver.kind !== "tensor") return value;
  if (filled && value.kind === "tensor") return holdFilled(machine, receiver, filled);
  if (name === "requires_grad_")
    setTrainable(machine, receiver, given.positional[0] ?? given.keywords.get("requires_grad") ?? bool(true));
  if (name === "detach_") setTrainable(machine, receiver, bool(false));
  if (perhapsItself.test(name) && value.kind === "tensor")
    return shareNumbers(
      maybeObject(tensorOf(value.shape, value.dtype, value.producer, value.stored), value, receiver),
      value,
    );
  return name.endsWith("_") && !name.endsWith("__") ? inPlace(machine, name, receiver, value, site) : value;
}

/** Methods of lists and dicts that change nothing. */
const readingMethods = new Set(["index", "count", "copy", "keys", "values", "items", "get"]);

/** Methods of `nn.Module`, and those of PyTorch's layers that a class calls through `super()`. */
function callModuleMethod(
  machine: Machine,
  receiver: InstanceValue,
  qualified: string,
  name: string,
  given: Arguments,
  site: Site,
): Value {
  const result = moduleMethodResult(machine, receiver, qualified, name, given, site);
  note(machine, `Module.${name}`, undefined, given, result, site, receiver);
  return result;
}

function moduleMethodResult(
  machine: Machine,
  receiver: InstanceValue,
  qualified: string,
  name: string,
  given: Arguments,
  site: Site,
): Value {
  const operation = findOperation(qualified.slice(0, -name.length - 1));
  if (name === "__init__" && operation?.kind === "module") {
    buildLayer(machine, receiver, operation, given, site);
    return { kind: "none" };
  }
  if ((name === "forward" || name === "__call__") && operation)
    return runLayer(machine, receiver, operation, given, site);
  if (name === "__call__") return runModule(machine, receiver, given, site);
  const own = given.open ? undefined : libraryFunctions.get(qualified);
  if (own) return own(machine, withReceiver(receiver, given), site);
  const method = given.open ? undefined : moduleMethods.get(name);
  if (!method && receiver.type.kind === "external") loseTrack(receiver, `what ${name} does to it is not modelled`);
  return method ? method(machine, receiver, given, site) : unknown(`the method ${name} is not modelled`);
}

/** Methods that give the tensor itself back where it is as they would make it. */
const perhapsItself =
  /^(contiguous|to|type|type_as|float|double|half|bfloat16|long|int|bool|cpu|cuda|positive|resolve_conj)$/;

function callExternal(machine: Machine, callee: ExternalValue, given: Arguments, site: Site, receiver?: Value): Value {
  const [first] = given.positional;
  if (!receiver && first?.kind === "instance" && isModuleClass(first.type)) {
    const method = /^torch\.nn\.[A-Z]\w*\.(\w+)$/.exec(callee.name)?.[1];
    const others = { ...given, positional: given.positional.slice(1) };
    if (method) return callModuleMethod(machine, first, callee.name, method, others, site);
  }
  // `list.append(items, 5)` is `items.append(5)`.
  const name = callee.name.startsWith("builtins.")
    ? callee.name.replace(/^builtins\.(list|dict|str)\.(?=\w+$)/, "$1.")
    : callee.name;
  const result = externalResult(machine, name, given, site);
  // Hooks of tensors wait for the gradients.
  if (!result && !changesNothing(name) && !name.startsWith("Tensor.register_")) noteCallbacks(machine, given, site);
  if (!result && !receiver) (changesNothing(name) ? readThrough : handOver)(given);
  const value = asResultOf(name, result ?? unknown(`${callee.name} is not modelled`), given);
  followNumbers(name, given, value);
  const out = name.startsWith("numpy.") ? undefined : given.keywords.get("out");
  if (out && out.kind !== "none") return writtenOut(machine, out, value);
  if (!receiver && first?.kind === "tensor" && /^torch\.(?!nn\.init\.).*[^_]_$/.test(name))
    return inPlace(machine, name.split(".").at(-1)!, first, value, site);
  // It may have been given the array to write into, or gives a tensor that lies in its memory.
  const isAround = name === "torch.as_tensor" || name === "torch.asarray";
  if (isAround || (name.startsWith("numpy.") && value.kind === "unknown")) forgetArrays(given);
  if (!findOperation(callee.name)) note(machine, callee.name, undefined, given, value, site, receiver);
  return value;
}

const librariesOfData =
  /^(numpy(?!\.random\.(choice|permutation))|math|random(?!\.(choice|sample))|re|os|sys|json|time|datetime|logging|warnings|string)\./;

/** Functions of NumPy that give its numbers, and those whose numbers have another type. */
const numbersOfNumpy = /^numpy\.(?!random\.|ndarray\.(item|tolist)$)/;
const narrowNumbers = /^numpy\.(float(16|32)|half|single)$/;

/** What is computed without PyTorch is no part of a model. */
function asResultOf(name: string, value: Value, { positional }: Arguments): Value {
  if (value.kind === "float" && !value.ofNumpy && numbersOfNumpy.test(name)) {
    // Of truths NumPy makes short numbers.
    const isNarrow = positional.some(
      (one) => one.kind === "bool" || (one.kind === "float" && one.ofNumpy === "perhaps"),
    );
    return { ...value, ofNumpy: isNarrow || narrowNumbers.test(name) ? "perhaps" : true };
  }
  return value.kind === "unknown" && librariesOfData.test(name) ? { ...value, isData: true } : value;
}

function externalResult(machine: Machine, name: string, given: Arguments, site: Site): Value | undefined {
  const known = machine.functions.get(name) ?? libraryFunctions.get(name) ?? methods.get(name);
  if (known) return isOpenFor(name, given) ? unknown("the arguments are not known") : known(machine, given, site);
  const operation = findOperation(name);
  if (operation?.kind === "module" && patchOf(machine, external(name), "__init__"))
    return unknown("its constructor was replaced");
  if (operation?.kind === "module") return instantiateLayer(machine, external(name), operation, given, site);
  if (operation) return callOperation(machine, operation, takesSizes.test(name) ? withSizes(given) : given, site);
  return name === "torch.nn.Module" ? undefined : inPlaceOperation(machine, name, given, site);
}

/** What makes tensors of sizes takes tensors of one whole number for them, too. */
const takesSizes = /^torch\.(zeros|ones|empty|full|rand|randn|arange|linspace|eye)$/;

function withSizes(given: Arguments): Arguments {
  const sizeIn = (value: Value): Value => {
    const number = value.kind === "tensor" ? onlyNumber(value) : undefined;
    return number?.kind === "int" ? number : value;
  };
  return { ...given, positional: given.positional.map(sizeIn) };
}
