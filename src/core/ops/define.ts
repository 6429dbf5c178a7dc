/** What a row of the operations table says, and how rows are written. */
import { type Dim } from "../shape/dim";
import {
  type ShapeLine,
  type SizeExpression,
  parseShapeLine,
  parseShapeText,
  parseSizeExpression,
} from "../shape/expression";
import { type OperationCall, type Outcome, type Refusal } from "./call";
import { type Signature, parseSignature } from "./signature";
import { type SizeFunction } from "./sizes";

/** What every row has. Expressions in strings are in the language of `shape/expression.ts` over arguments and sizes. */
interface RowFacts {
  /** One sentence. */
  readonly says: string;
  /** A call with the shapes of its inputs and of its result; every example is run under PyTorch. */
  readonly example: string;
  /** `(*, in_features) -> (*, out_features)`. A name that is an argument must have that size. */
  readonly shape?: string;
  /** What a call gives that is another one than the shape line says; undefined for all others. */
  readonly special?: (call: OperationCall) => Outcome | undefined;
  /** Where a shape line cannot say it. */
  readonly result?: (call: OperationCall) => Outcome;
  /** Functions that the expressions of this row call. */
  readonly functions?: Readonly<Record<string, SizeFunction>>;
  /** Conditions that the arguments must meet; for a layer, those of its constructor. */
  readonly check?: (call: OperationCall) => Refusal | undefined;
  /** Multiply-adds, over `output` (the number of elements of the result), arguments and sizes. */
  readonly macs?: string;
  /** Likewise where an expression cannot say it. */
  readonly work?: (call: OperationCall) => Dim | undefined;
  /**
   * What each place of the result sees of the input: the same place, or a window that `kernel_size`, `stride` and
   * `dilation` describe. Everything, or something else, where nothing is said.
   */
  readonly sees?: "place" | "window";
  /** Element type of the result, or `floating` where integers become floating numbers; that of the first input otherwise. */
  readonly dtype?: string;
  /** With `return_indices=True` the places of the values come along, or in any case. */
  readonly indices?: true | "always";
  /** What must hold of the arguments (of a layer: of its constructor's), with the words for what is needed. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Likewise what must hold of the constructor's arguments when the layer is called; until then PyTorch takes them. */
  readonly requiresToRun?: Readonly<Record<string, string>>;
  /** The first version of PyTorch that has it, where that is newer than 1.13. */
  readonly since?: string;
}

export interface ModuleRow extends RowFacts {
  /** Shapes of the parameters by name, in the order in which PyTorch registers them, such as `(out_features,) if bias`. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly buffers?: Readonly<Record<string, string>>;
  /** Attributes that hold something else than the argument of their name: `kdim or embed_dim`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** What a lazy layer turns into at its first call, which says the size that its constructor left open. */
  readonly becomes?: Becoming;
  /** The layers inside of it, in PyTorch's order: `Linear(d_model, dim_feedforward)`, `copies(layer, 6)`, or an argument. */
  readonly children?: Readonly<Record<string, string>>;
  /** How `forward` runs the layers inside: `src = linear1(src)`, `src = each(layers, src)`. The last result is its own. */
  readonly steps?: readonly string[];
  /** Conditions that the input must meet beside the shape line. */
  readonly accepts?: (call: OperationCall) => Refusal | undefined;
  /** The arguments of `forward`; one tensor where nothing is said. */
  readonly forward?: string;
}

export interface FunctionRow extends RowFacts {
  /** Also a method of tensors, whose first argument is the tensor. */
  readonly method?: true;
  /** The method has a twin whose name ends in `_` and that changes its tensor, whose shape and type stay. */
  readonly inPlace?: true;
}

export interface StoredShape {
  readonly shape: readonly SizeExpression[];
  readonly condition: SizeExpression | undefined;
}

export interface Requirement {
  readonly condition: SizeExpression;
  /** The argument that is at fault where the condition does not hold. */
  readonly argument: string;
  readonly words: string;
}

/** `argument` of the layer's constructor is the input's size at `axis`, which counts as Python's indices do. */
export interface Becoming {
  readonly layer: string;
  readonly argument: string;
  readonly axis: number;
}

/** `attended, weights = self_attn(src, src, src)` */
export interface Step {
  readonly targets: readonly string[];
  readonly call: SizeExpression;
}

/** A row with its texts read. */
export interface Operation {
  readonly kind: "module" | "function" | "method";
  /** `torch.nn.Conv2d`, `torch.nn.functional.relu`, `torch.cat`, `Tensor.view`. */
  readonly qualifiedName: string;
  readonly signature: Signature;
  /** The signature as PyTorch writes it. */
  readonly usage: string;
  readonly says: string;
  readonly example: string;
  readonly line: ShapeLine | undefined;
  /** The result has the input's shape, whatever that is. */
  readonly keepsShape: boolean;
  /** It changes its first input, which must be able to hold the result. */
  readonly inPlace: boolean;
  readonly indices: RowFacts["indices"];
  readonly special: RowFacts["special"];
  readonly result: ((call: OperationCall) => Outcome) | undefined;
  readonly functions: Readonly<Record<string, SizeFunction>>;
  readonly check: ((call: OperationCall) => Refusal | undefined) | undefined;
  readonly accepts: ((call: OperationCall) => Refusal | undefined) | undefined;
  readonly macs: SizeExpression | undefined;
  readonly work: ((call: OperationCall) => Dim | undefined) | undefined;
  readonly dtype: string | undefined;
  readonly requires: readonly Requirement[];
  readonly requiresToRun: readonly Requirement[];
  readonly since: string | undefined;
  readonly attributes: ReadonlyMap<string, SizeExpression>;
  readonly becomes: Becoming | undefined;
  readonly children: ReadonlyMap<string, SizeExpression>;
  readonly steps: readonly Step[];
  readonly parameters: ReadonlyMap<string, StoredShape>;
  readonly buffers: ReadonlyMap<string, StoredShape>;
  readonly sees: "place" | "window" | undefined;
  readonly forward: Signature | undefined;
}

const prefixes: Readonly<Record<string, string>> = { nn: "torch.nn", F: "torch.nn.functional", optim: "torch.optim" };

/** `nn.Conv2d` to `torch.nn.Conv2d`. */
export function qualify(name: string): string {
  const [first, ...rest] = name.split(".");
  return [prefixes[first!] ?? first!, ...rest].join(".");
}

/** `torch.nn.functional.relu` to `F.relu`, as code writes it. */
export function shortName(operation: string): string {
  return operation
    .replace(/^torch\.nn\.functional\./, "F.")
    .replace(/^torch\.(nn|optim)\./, "$1.")
    .replace(/^Tensor\./, "")
    .replace("__getitem__", "the index");
}

/** Layers that share a row: their signatures and what is said of them. */
export function modules(signatures: readonly string[], row: ModuleRow): Operation[] {
  return signatures.map((text) => read(text, "module", row));
}

export function module(signature: string, row: ModuleRow): Operation[] {
  return modules([signature], row);
}

/** Functions that share a row; with `method`, each is a method of tensors too. */
export function functions(signatures: readonly string[], row: FunctionRow): Operation[] {
  return signatures.flatMap((text) => {
    const operation = read(text, text.startsWith("Tensor.") ? "method" : "function", row);
    const method = `Tensor.${operation.qualifiedName.split(".").at(-1)!}`;
    return [
      operation,
      ...(row.method ? [read(text, "method", row, method)] : []),
      ...(row.inPlace ? [read(text, "method", row, `${method}_`)] : []),
    ];
  });
}

export function operation(signature: string, row: FunctionRow): Operation[] {
  return functions([signature], row);
}

/** Texts are read when they are asked for first: most programs use few of the operations. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function optional<T>(text: string | undefined, parse: (text: string) => T): () => T | undefined {
  return once(() => (text === undefined ? undefined : parse(text)));
}

function read(text: string, kind: Operation["kind"], row: ModuleRow, name?: string): Operation {
  const signature = once(() => parseSignature(text));
  const line = optional(row.shape, parseShapeLine);
  const macs = optional(row.macs, parseSizeExpression);
  const parameters = once(() => stored(row.parameters));
  const buffers = once(() => stored(row.buffers));
  const forward = optional(row.forward, parseSignature);
  const children = once(() => expressions(row.children));
  const attributes = once(() => expressions(row.attributes));
  const steps = once(() => (row.steps ?? []).map(readStep));
  const requires = once(() => requirements(row.requires));
  const requiresToRun = once(() => requirements(row.requiresToRun));
  const qualifiedName = name ?? qualify(text.slice(0, text.indexOf("(")));
  return {
    kind,
    qualifiedName,
    get signature() {
      return signature();
    },
    usage: text,
    says: row.says,
    example: row.example,
    keepsShape: isSameOnBothSides(row.shape),
    inPlace: kind === "method" && /[^_]_$/.test(qualifiedName),
    get line() {
      return line();
    },
    indices: row.indices,
    special: row.special,
    result: row.result,
    functions: row.functions ?? {},
    check: row.check,
    accepts: row.accepts,
    get macs() {
      return macs();
    },
    work: row.work,
    dtype: row.dtype,
    get requires() {
      return requires();
    },
    get requiresToRun() {
      return requiresToRun();
    },
    since: row.since,
    get attributes() {
      return attributes();
    },
    becomes: row.becomes,
    get children() {
      return children();
    },
    get steps() {
      return steps();
    },
    get parameters() {
      return parameters();
    },
    get buffers() {
      return buffers();
    },
    sees: row.sees,
    get forward() {
      return forward();
    },
  };
}

function isSameOnBothSides(line: string | undefined): boolean {
  const [before, after] = line?.split(" -> ") ?? [];
  return before !== undefined && before === after;
}

function expressions(texts: Readonly<Record<string, string>> = {}): ReadonlyMap<string, SizeExpression> {
  return new Map(Object.entries(texts).map(([name, text]) => [name, parseSizeExpression(text)]));
}

function readStep(text: string): Step {
  const [targets, call] = text.split(" = ", 2) as [string, string];
  return { targets: targets.split(", "), call: parseSizeExpression(call) };
}

function requirements(texts: Readonly<Record<string, string>> | undefined): readonly Requirement[] {
  return Object.entries(texts ?? {}).map(([text, words]) => ({
    condition: parseSizeExpression(text),
    argument: /[a-z_]\w*\b(?!\()/.exec(text)![0],
    words,
  }));
}

function stored(texts: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, StoredShape> {
  return new Map(
    Object.entries(texts ?? {}).map(([name, text]) => {
      const [shape, condition] = text.split(" if ", 2) as [string, string | undefined];
      return [
        name,
        {
          shape: parseShapeText(shape),
          condition: condition === undefined ? undefined : parseSizeExpression(condition),
        },
      ];
    }),
  );
}

/** The signatures of functions of `torch` that take the same arguments. */
export function each(names: string, signature: string): string[] {
  return names.split(" ").map((name) => `torch.${name}${signature}`);
}
