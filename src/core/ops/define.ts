/** What a row of the operations table says, and how rows are written. */
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
  /** Where a shape line cannot say it. */
  readonly result?: (call: OperationCall) => Outcome;
  /** Functions that the expressions of this row call. */
  readonly functions?: Readonly<Record<string, SizeFunction>>;
  /** Conditions that the arguments must meet; for a layer, those of its constructor. */
  readonly check?: (call: OperationCall) => Refusal | undefined;
  /** Multiply-adds, over `output` (the number of elements of the result), arguments and sizes. */
  readonly macs?: string;
  /**
   * What each place of the result sees of the input: the same place, or a window that `kernel_size`, `stride` and
   * `dilation` describe. Everything, or something else, where nothing is said.
   */
  readonly sees?: "place" | "window";
  /** Element type of the result, or `floating` where integers become floating numbers; that of the first input otherwise. */
  readonly dtype?: string;
  /** With `return_indices=True` the places of the values come along. */
  readonly indices?: true;
}

export interface ModuleRow extends RowFacts {
  /** Shapes of the parameters by name, in the order in which PyTorch registers them, such as `(out_features,) if bias`. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly buffers?: Readonly<Record<string, string>>;
  /** Conditions that the input must meet beside the shape line. */
  readonly accepts?: (call: OperationCall) => Refusal | undefined;
  /** The arguments of `forward`; one tensor where nothing is said. */
  readonly forward?: string;
}

export interface FunctionRow extends RowFacts {
  /** Also a method of tensors, whose first argument is the tensor. */
  readonly method?: true;
}

export interface StoredShape {
  readonly shape: readonly SizeExpression[];
  readonly condition: SizeExpression | undefined;
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
  readonly indices: boolean;
  readonly result: ((call: OperationCall) => Outcome) | undefined;
  readonly functions: Readonly<Record<string, SizeFunction>>;
  readonly check: ((call: OperationCall) => Refusal | undefined) | undefined;
  readonly accepts: ((call: OperationCall) => Refusal | undefined) | undefined;
  readonly macs: SizeExpression | undefined;
  readonly dtype: string | undefined;
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
    .replace(/^Tensor\./, "");
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
    return row.method ? [operation, read(text, "method", row, method)] : [operation];
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
  return {
    kind,
    qualifiedName: name ?? qualify(text.slice(0, text.indexOf("("))),
    get signature() {
      return signature();
    },
    usage: text,
    says: row.says,
    example: row.example,
    keepsShape: isSameOnBothSides(row.shape),
    get line() {
      return line();
    },
    indices: row.indices ?? false,
    result: row.result,
    functions: row.functions ?? {},
    check: row.check,
    accepts: row.accepts,
    get macs() {
      return macs();
    },
    dtype: row.dtype,
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
