/** The abstract interpreter: wires its parts together and holds the state of one analysis. */
import { type TensorValue, none, str } from "../ops/value";
import type { Expression, Module, Node, Statement } from "../python/syntax";
import { Facts } from "../shape/facts";
import { isRest } from "../shape/shape";
import { attributeOf } from "./classes/attributes";
import { storeAttribute } from "./classes/attributeWrites";
import { either } from "./statements/branches";
import { type Sides } from "./statements/conditions";
import { callValue } from "./calls/calls";
import { evaluateExpression } from "./expressions/expressions";
import { type ModuleFile, type ModuleFinder } from "../python/modules";
import { type Arguments, type Imports, type Machine, OutOfSteps, type ProducedBy, type Site, guarded } from "./machine";
import { type Moment, Part } from "./record/part";
import { Recorder, outsidePath } from "./record/record";
import { type Completion, type Frame, type Scope } from "./memory/scope";
import { assignTo } from "./statements/assignments";
import { executeBlock } from "./statements/statements";
import { SourceText } from "../text/source";
import { Table, type TableUse } from "./memory/table";
import { Trail } from "./memory/trail";
import { type Items, knownItems, openItems, setItems } from "./collections/lists";
import { type ListValue, type Value, tensorOfArray } from "./values/value";

/** How much work one analysis may take. A large model file takes some ten thousand steps. */
const mostSteps = 600_000;

/** How deep expressions and calls may be nested in each other: half of what the smallest stacks of browsers hold. */
const deepestLevel = 400;

export interface InterpreterOptions {
  /** Asked now and then; the analysis ends where it says so. */
  readonly cancelled?: (() => boolean) | undefined;
  readonly functions?: Machine["functions"] | undefined;
  /** The other files of the program; without it no import is followed. */
  readonly modules?: ModuleFinder | undefined;
  /** The words behind the program's name, with which it is run; undefined where nobody says. */
  readonly words?: readonly string[] | undefined;
  /** Whether the text is being written, so that a later run may go on from this one. */
  readonly isFollowed?: boolean | undefined;
  /** Reads the texts that the program runs with `eval`; without it none is followed. */
  readonly parse?: ((source: SourceText) => Module) | undefined;
}

export class Interpreter implements Machine {
  readonly trail = new Trail();
  readonly facts = new Facts(new Table<unknown>(this.trail, "notes"));
  readonly record = new Recorder();
  readonly trainable = new Table<boolean | "perhaps">(this.trail, "flags");
  readonly frozenSince = new Table<Moment>(this.trail, "notes");
  readonly patches = new Table<Value>(this.trail, "members");
  steps = 0;
  private level = 0;

  cancelled: InterpreterOptions["cancelled"];
  readonly isFollowed: boolean;
  readonly functions: Machine["functions"];
  readonly imports: Imports;
  readonly commandLine: Machine["commandLine"];

  private readonly read: InterpreterOptions["parse"];
  private readonly texts = new Map<string, Module>();

  constructor({ cancelled, functions, modules, parse, words, isFollowed }: InterpreterOptions = {}) {
    this.isFollowed = isFollowed ?? false;
    this.read = parse;
    this.cancelled = cancelled;
    this.functions = functions ?? new Map();
    this.imports = importsFrom(modules);
    this.commandLine = words && this.newList([str(undefined), ...words.map(str)]);
  }

  parse(text: string): Module | undefined {
    const tree = this.texts.get(text) ?? this.read?.(new SourceText(outsidePath, text));
    if (tree) this.texts.set(text, tree);
    return tree;
  }

  get stopped(): boolean {
    return this.steps >= mostSteps;
  }

  step(): void {
    this.steps++;
    if (this.steps >= mostSteps) throw new OutOfSteps();
    if (this.steps % 1024 === 0 && this.cancelled?.()) {
      this.steps = mostSteps;
      throw new OutOfSteps();
    }
  }

  nested<T>(run: () => T): T | undefined {
    if (this.level >= deepestLevel) return undefined;
    this.level++;
    try {
      return run();
    } finally {
      this.level--;
    }
  }

  evaluate(expression: Expression, scope: Scope): Value {
    return evaluateExpression(this, expression, scope);
  }

  execute(body: readonly Statement[], scope: Scope): Completion {
    return executeBlock(this, body, scope);
  }

  assign(target: Expression, value: Value, scope: Scope): void {
    assignTo(this, target, value, scope);
  }

  call(callee: Value, args: Arguments, site: Site): Value {
    this.step();
    return callValue(this, callee, args, site);
  }

  attribute(value: Value, name: string, site: Site): Value {
    return attributeOf(this, value, name, site);
  }

  setAttribute(value: Value, name: string, stored: Value, site: Site): void {
    this.nested(() => {
      storeAttribute(this, value, name, stored, site);
    });
  }

  either(scope: Scope, first: () => Completion, second: () => Completion, test?: Node, sides?: Sides): Completion {
    return either(this, scope, first, second, test, sides);
  }

  produced(
    value: TensorValue,
    operation: string,
    inputs: readonly Value[],
    site: Site,
    by: ProducedBy = {},
  ): TensorValue {
    const tensors = inputs.flatMap((input) => tensorsIn(input));
    const origin = { path: site.scope.frame.path, span: site.node };
    const { layer, values } = by;
    const { grad } = this.record;
    const made = layer
      ? { operation, inputs: tensors, origin, layer, values }
      : { operation, inputs: tensors, origin, values };
    const producer = grad === true ? made : { ...made, grad };
    // A new tensor may have no elements; one that was computed hardly ever has none.
    if (tensors.length > 0) for (const axis of value.shape) if (!isRest(axis)) this.facts.assumeSize(axis);
    this.facts.noteNumbers(value.shape);
    return { kind: "tensor", shape: this.facts.resolveShape(value.shape), dtype: value.dtype, producer };
  }

  /** Whether PyTorch would surely refuse something in a run, of which nothing else stays. */
  isRefused(run: () => void): boolean {
    const { refusals } = this.record;
    this.record.silently(() => this.trail.branch(run));
    return this.record.refusals > refusals;
  }

  apart<T>(run: () => T): T {
    return this.record.apart(() => this.trail.apart(run));
  }

  once(path: string, run: () => void): void {
    const { record, trail } = this;
    const part = trail.isInStretch ? new Part() : record.part;
    if (part !== record.part) record.ofFiles.set(path, part);
    record.apart(() => {
      trail.once(() => {
        record.into(part, run);
      });
    });
  }

  newTable<T>(use?: TableUse): Table<T> {
    return new Table<T>(this.trail, use);
  }

  newList(items: Items | undefined): ListValue {
    const list: ListValue = { kind: "list", contents: this.newTable() };
    setItems(list, items);
    return list;
  }

  remember(node: Node, value: Value, scope: Scope): void {
    if (told.has(value.kind)) this.record.see(node, value, scope.frame);
  }

  moduleScope(path: string, name = "__main__"): Scope {
    const frame: Frame = {
      returns: [],
      exits: [],
      name: "<module>",
      path,
      method: undefined,
      depth: 0,
      entered: undefined,
      sizeNames: undefined,
    };
    const names = this.newTable<Value>("names");
    names.set("__name__", { kind: "str", value: name });
    const scope: Scope = { kind: "module", names, parent: undefined, frame, elsewhere: undefined };
    this.imports.main ??= { scope, isComplete: false };
    return scope;
  }

  /** Runs the statements of the file that is analysed in its scope. */
  runMain(module: Module): void {
    const { main } = this.imports;
    if (!main) return;
    guarded(() => this.execute(module.body, main.scope));
    main.isComplete = true;
  }
}

/** Looks each module up once. */
function importsFrom(modules: ModuleFinder | undefined): Imports {
  const found = new Map<
    string,
    { readonly file: ModuleFile | undefined; readonly anew: () => ModuleFile | undefined }
  >();
  return {
    opened: new Map(),
    followed: new Set(),
    main: undefined,
    find: (module, from) => {
      const folder = from.slice(0, from.lastIndexOf("/") + 1);
      const key = `${folder}|${module.level}|${module.name}`;
      const anew = (): ModuleFile | undefined => modules?.find(module, from);
      if (!found.has(key)) found.set(key, { file: anew(), anew });
      return found.get(key)!.file;
    },
    areCurrent: () => [...found.values()].every(({ file, anew }) => file === anew()),
  };
}

/** The tensors among the arguments, in arrays and in lists of them. */
function tensorsIn(value: Value, depth = 0): TensorValue[] {
  if (value.kind === "tensor") return [value];
  if (value.kind === "instance") return tensorsIn(value.attributes.get(tensorOfArray) ?? none, depth + 1);
  const items = knownItems(value) ?? [openItems(value)?.each ?? []].flat();
  return depth < 4 ? items.flatMap((item) => tensorsIn(item, depth + 1)) : [];
}

/** Values that readers ask for, and those that say that a place may hold anything. */
const told = new Set(["tensor", "instance", "int", "tuple", "size", "list", "float", "unknown"]);
