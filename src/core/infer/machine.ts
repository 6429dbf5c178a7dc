/** What the parts of the interpreter need of each other: each part is a file of functions over this machine. */
import { type Facts } from "../shape/facts";
import { type OpValue, type TensorValue } from "../ops/value";
import type { Expression, Module, Node, Statement } from "../python/syntax";
import { type ModuleFile, type ModuleName } from "../python/modules";
import type { Span } from "../text/source";
import { type Sides } from "./statements/conditions";
import { type Items, type OpenItems } from "./collections/lists";
import { type Moment } from "./record/part";
import { type Recorder } from "./record/record";
import { type Completion, type Entered, type Scope } from "./memory/scope";
import { type Table, type TableUse } from "./memory/table";
import { type Trail } from "./memory/trail";
import { type FileValue, type ImportValue, type InstanceValue, type ListValue, type Value } from "./values/value";

/** The arguments of a call. `open` where a `*rest` or `**rest` is not known. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly open: boolean;
  /** What those are like that an unknown `*rest` adds, where nothing else is behind the others. */
  readonly rest?: OpenItems | undefined;
  /** Where nothing else is open: the keywords that a `**options` gives or does not, of which a branch has added some. */
  readonly perhaps?: Arguments["keywords"] | undefined;
}

/** What more is known of how a tensor was computed. */
export interface ProducedBy {
  readonly layer?: InstanceValue | undefined;
  readonly values?: ReadonlyMap<string, OpValue>;
}

/** Where something happens: for records, diagnostics and the origin of values. */
export interface Site {
  readonly node: Span;
  readonly scope: Scope;
  /**
   * Given where nobody calls it: what it shows is as `general` as its author wrote it, or holds with the defaults of its
   * optional arguments.
   */
  readonly entry?: Entered["kind"];
}

/** The other files of the program. */
export interface Imports {
  find(module: ModuleName, from: string): ModuleFile | undefined;
  /** Those that were run, by path. */
  readonly opened: Map<string, FileValue>;
  /** Those that are being followed. */
  readonly followed: Set<ImportValue>;
  /** The scope of the file that is analysed, and whether all of its own statements have been run. */
  main: { readonly scope: Scope; isComplete: boolean } | undefined;
  /** Whether all that was found would be found again, and nothing else. */
  areCurrent(): boolean;
}

export interface Machine {
  readonly trail: Trail;
  readonly facts: Facts;
  readonly record: Recorder;
  readonly stopped: boolean;
  readonly imports: Imports;
  /** `sys.argv`; undefined where nobody says with which words the program is run. */
  readonly commandLine: ListValue | undefined;
  /** Parameters whose `requires_grad` was set, by the id of the stored tensor; "perhaps" where only one side of a test did. */
  readonly trainable: Table<boolean | "perhaps">;
  /** When a parameter was frozen, by the same id. */
  readonly frozenSince: Table<Moment>;
  /** What was set on functions and on things of libraries, by their names. */
  readonly patches: Table<Value>;
  /** Functions that this analysis adds to those of the libraries, by qualified name. */
  readonly functions: ReadonlyMap<string, (machine: Machine, args: Arguments, site: Site) => Value>;

  /** The tree of a text that the program runs; undefined where nobody reads texts here. */
  parse(text: string): Module | undefined;
  /** Steps taken so far. */
  readonly steps: number;
  /** Runs something one level deeper; undefined, without running it, where that is too deep. */
  nested<T>(run: () => T): T | undefined;
  /** Counts one step; throws `OutOfSteps` when there are none left. */
  step(): void;
  evaluate(expression: Expression, scope: Scope): Value;
  execute(body: readonly Statement[], scope: Scope): Completion;
  assign(target: Expression, value: Value, scope: Scope): void;
  call(callee: Value, args: Arguments, site: Site): Value;
  attribute(value: Value, name: string, site: Site): Value;
  setAttribute(value: Value, name: string, stored: Value, site: Site): void;
  /** Runs both sides of a test whose outcome is not known, and joins what they leave by what it says of sizes. */
  either(scope: Scope, first: () => Completion, second: () => Completion, test?: Node, sides?: Sides): Completion;
  /** A result with its history: what computed it, from which tensors. */
  produced(value: TensorValue, operation: string, inputs: readonly Value[], site: Site, by?: ProducedBy): TensorValue;
  /** Runs something whose writes stay, whatever becomes of the branch that asks for it. */
  apart<T>(run: () => T): T;
  /** Likewise a file; what it leaves on record is no part of an entry's. */
  once(path: string, run: () => void): void;
  /** The scope of a module's own statements. */
  moduleScope(path: string, name?: string): Scope;
  newTable<T>(use?: TableUse): Table<T>;
  newList(items: Items | undefined): ListValue;
  remember(node: Node, value: Value, scope: Scope): void;
}

/** Ends an analysis that takes too long; caught where it was started. */
export class OutOfSteps extends Error {
  constructor() {
    super("The analysis took too many steps.");
  }
}

/** Runs something that may take too many steps; what it has written by then stays. */
export function guarded(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
  }
}

/** The keywords of a call without any: most calls have none, and their records are kept. */
export const noKeywords: Arguments["keywords"] = new Map();

export function args(...positional: Value[]): Arguments {
  return { positional, keywords: noKeywords, open: false };
}

/** The arguments of a method's function: the object first. */
export function withReceiver(receiver: Value, given: Arguments): Arguments {
  const { positional, keywords, open, rest, perhaps } = given;
  return open
    ? { positional: [receiver, ...positional], keywords, open, rest, perhaps }
    : { positional: [receiver, ...positional], keywords, open };
}
