/** The interpreter's domain: what it can know of a Python value. */
import { type Operation } from "../../ops/define";
import { type BoundCall } from "../../ops/signature";
import {
  type BoolValue,
  type FloatValue,
  type IntValue,
  type StringValue,
  type TensorValue,
  type TupleOf,
  type UnknownValue,
  numberLike,
} from "../../ops/value";
import { type DType } from "../../ops/dtype";
import { type Dim, unknownInteger } from "../../shape/dim";
import type { ClassDef, FunctionDef, Lambda } from "../../python/syntax";
import { type ModuleFile, type ModuleName } from "../../python/modules";
import { type Items, setItems } from "../collections/lists";
import { type Scope } from "../memory/scope";
import { type Table } from "../memory/table";

export type Value =
  | { readonly kind: "none" }
  | BoolValue
  | IntValue
  | FloatValue
  | StringValue
  | { readonly kind: "dtype"; readonly dtype: DType }
  | TensorValue
  | UnknownValue
  | TupleValue
  | ListValue
  | DictValue
  | SizeOfTensor
  | SliceValue
  | FunctionValue
  | MethodValue
  | PartialValue
  | ClassValue
  | InstanceValue
  | ExternalValue
  | ImportValue
  | FileValue
  | DataValue
  | SuperValue;

/** A tuple; with `names` a named tuple, one name for each item. */
export interface TupleValue extends TupleOf<Value> {
  readonly names?: readonly string[];
  /** The class of the program that it was made by. */
  readonly type?: ClassValue;
}

/** A list, set or finished generator. The entry `items` holds what is in it. */
export interface ListValue {
  readonly kind: "list";
  /** An iterator is empty once it has been read; the order of a set is not known. */
  readonly reading?: "once" | "unordered";
  readonly contents: Table<Items>;
  /** The class that it is of, if it is none of lists: `builtins.range`, a tuple of an unknown length. */
  readonly type?: string;
  /** Of a view, such as `keys()` gives: what the dict holds now. */
  readonly shown?: () => Items;
}

/** A dict with known keys. */
export interface DictValue {
  readonly kind: "dict";
  readonly entries: Table<DictEntry>;
  /** The object that keeps its parts in it, under such a name: who changes the dict changes the object. */
  readonly owner?: { readonly object: InstanceValue; readonly name: string };
  /** What is called for the value of a key that it lacks. */
  readonly missing?: Value;
  /** The class that it is of, if it is another one than `dict`. */
  readonly type?: string;
}

export interface DictEntry {
  readonly key: Value;
  readonly value: Value;
  /** It is not known whether the dict has it. */
  readonly maybe?: boolean;
}

/** `x.shape` of a tensor whose rank is not known yet. */
export interface SizeOfTensor {
  readonly kind: "size";
  readonly of: TensorValue;
}

export interface SliceValue {
  readonly kind: "slice";
  readonly lower: Value;
  readonly upper: Value;
  readonly step: Value;
}

export interface FunctionValue {
  readonly kind: "function";
  readonly node: FunctionDef | Lambda;
  readonly name: string;
  /** Where it was defined, for the names that it does not bind itself. */
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<string, Value>;
  /** The class in whose body it stands: what `super()` starts from. */
  readonly owner: () => ClassValue | undefined;
  readonly decorator: "static" | "class" | "property" | undefined;
  /** A property that is run once, `@cached_property`: what it gives is set on the object. */
  readonly isKept?: boolean;
  /** What `@name.setter` added to a property. */
  readonly setter?: FunctionValue;
  /** Likewise `@name.deleter`. */
  readonly deleter?: FunctionValue;
  /** The function that `functools.wraps` says it stands for. */
  readonly wrapped?: Value;
  /** The contexts that decorators run its body in, such as `torch.no_grad`. */
  readonly around?: readonly string[];
  /** Marked with `@lru_cache`: how many results it keeps, which it gives again. */
  readonly keeps?: number;
  /** Marked with `@contextmanager`: a call of it is something for a `with`, which runs its body around its own. */
  readonly isContext?: boolean;
}

/** A function with its first argument. */
export interface MethodValue {
  readonly kind: "method";
  readonly receiver: Value;
  readonly callee: FunctionValue | ExternalValue;
}

/** A callable with some of its arguments, as `functools.partial` makes it. */
export interface PartialValue {
  readonly kind: "partial";
  readonly callee: Value;
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
}

export interface ClassValue {
  readonly kind: "class";
  readonly name: string;
  readonly node: ClassDef;
  readonly bases: readonly Value[];
  readonly attributes: Table<Value>;
}

/** An object of a class of the program, or of a layer class of PyTorch. */
export interface InstanceValue {
  readonly kind: "instance";
  readonly type: ClassValue | ExternalValue;
  /** In the order in which they were set, which is the order in which PyTorch registers modules and parameters. */
  readonly attributes: Table<Value>;
  /** What makes it a layer of PyTorch; set when that layer's constructor has run. */
  readonly layer: Table<Layer>;
  /** The call that made it. */
  readonly origin: OriginOfInstance;
}

export interface OriginOfInstance {
  readonly path: string;
  readonly span: { readonly start: number; readonly end: number };
}

/** A layer of PyTorch with the arguments that it was built with. */
export interface Layer {
  readonly operation: Operation;
  readonly call: BoundCall;
  /** Its parameters as its arguments made them. */
  readonly built: ReadonlyMap<string, TensorValue>;
}

/** Something outside the program, by its qualified name: `torch.nn.Linear`, `math`, `builtins.len`. */
export interface ExternalValue {
  readonly kind: "external";
  readonly name: string;
}

/** A name that an import binds, not followed yet: the module, or with `name` something in it. */
export interface ImportValue {
  readonly kind: "import";
  readonly module: ModuleName;
  /** The file that the import stands in. */
  readonly from: string;
  readonly name?: string;
}

/** A Python module that was read. */
export interface FileValue {
  readonly kind: "file";
  readonly name: string;
  readonly path: string;
  /** Its text and tree as they were run. */
  readonly file: ModuleFile;
  readonly scope: Scope;
}

/** What training data is made of. */
export interface DataValue {
  readonly kind: "data";
  readonly data: Picture | Transform | Dataset | Stream;
}

/** An image of a dataset before it is a tensor. */
export interface Picture {
  readonly is: "picture";
  readonly channels: Dim;
  readonly height: Dim;
  readonly width: Dim;
}

export interface Transform {
  readonly is: "transform";
  readonly change: (sample: Value) => Value;
}

export interface Dataset {
  readonly is: "dataset";
  readonly sample: Value;
  /** What a `TensorDataset` is made of. */
  readonly tensors?: Value;
  /** How many samples there are, where that is known. */
  readonly count?: Dim;
}

/** What is iterated over an unknown number of times. */
export interface Stream {
  readonly is: "stream";
  readonly each: Value;
  /** How many rounds a loop over it has, where that is known. */
  readonly count?: Dim;
  /** What a loader has its batches from, and how many it gives, the last of which may be smaller. */
  readonly dataset?: Value;
  readonly batches?: Dim;
}

export interface SuperValue {
  readonly kind: "super";
  readonly after: ClassValue;
  readonly receiver: InstanceValue | ClassValue;
}

export function external(name: string): ExternalValue {
  return { kind: "external", name };
}

/** Where a NumPy array keeps the tensor that PyTorch makes of it. */
export const tensorOfArray = "<tensor>";

/** Under this name a dict has what stands for entries that are not known. */
export const others = "?";

/** Any number or text of the kind of one, each time another; not known for other kinds. */
export function anyLike(value: Value): Value {
  if (value.kind === "int") return { kind: "int", value: unknownInteger() };
  if (value.kind === "float") return numberLike(undefined, value.ofNumpy);
  return value.kind === "str"
    ? { kind: "str", value: undefined }
    : { kind: "unknown", reason: "the item is not known" };
}

/** Something unknown has changed a list or a dict: nothing is known of what is in it. */
export function forget(container: ListValue | DictValue): void {
  if (container.kind === "list") {
    setItems(container, undefined);
    return;
  }
  const unread: Value = { kind: "unknown", reason: "the dict was changed in a way that is not known" };
  for (const name of container.entries.keys()) container.entries.set(name, { key: unread, value: unread, maybe: true });
  container.entries.set(others, { key: unread, value: unread, maybe: true });
}

/** A number or None: what has no items, of which Python says so with a `TypeError`. */
export function hasNoItems({ kind }: Value): boolean {
  return kind === "int" || kind === "float" || kind === "bool" || kind === "none";
}

/** The entries of a dict in order; undefined where it is not known which there are. */
export function knownEntries(dict: DictValue): readonly DictEntry[] | undefined {
  const entries = dict.entries.values();
  return entries.some((entry) => entry.maybe) ? undefined : entries;
}
