/**
 * Imports. A name that an import binds is followed when it is used: most programs import much more than they need for
 * their shapes. A file is run once in an analysis, apart from the branches of the program that asks for it.
 */
import { operations } from "../../ops/registry";
import { unknown } from "../../ops/value";
import { type ModuleFile, type ModuleName } from "../../python/modules";
import type { Import, ImportFrom } from "../../python/syntax";
import { unknownNames } from "../statements/boundNames";
import { exportedNames } from "./exports";
import { constantsOfLibraries, libraryFunctions } from "./libraries";
import { type Machine } from "../machine";
import { importedModules, isInstalled, leadsToRegistering } from "./registering";
import { type Scope } from "../memory/scope";
import { type FileValue, type ImportValue, type Value, external } from "../values/value";

/**
 * Libraries that are not read, even where they are installed: what the engine knows of them stands in its own tables, or
 * they have nothing to say about shapes.
 */
const unread = new Set(
  (
    "torch numpy einops math typing collections functools itertools dataclasses argparse os sys re json copy random " +
    "time abc enum types warnings logging pathlib operator string inspect contextlib pickle matplotlib pandas scipy " +
    "sklearn cv2 PIL tensorflow tensorboard tensorboardX jax onnx onnxruntime triton tqdm requests wandb yaml " +
    "__future__ typing_extensions"
  ).split(" "),
);

export function executeImport(machine: Machine, node: Import | ImportFrom, scope: Scope): void {
  const { path } = scope.frame;
  if (machine.record.waitsFor("ImportError") && isMissing(machine, node, path)) machine.record.raise("ImportError");
  for (const { name, alias } of node.names) {
    if (node.kind === "Import") {
      const [first] = name.split(".") as [string];
      bind(machine, scope, alias?.name ?? first, { module: { name: alias ? name : first, level: 0 }, from: path });
    } else if (name === "*") importAll(machine, { name: node.module, level: node.level }, scope);
    else
      bind(machine, scope, alias?.name ?? name, { module: { name: node.module, level: node.level }, from: path, name });
  }
  if (scope.kind === "module" && !isInstalled(path)) runRegistering(machine, node, path);
}

/** Packages of faster kernels, beside which programs that ask for them have a plain way. */
const optionalPackages = new Set(
  (
    "apex flash_attn xformers causal_conv1d mamba_ssm selective_scan_cuda bitsandbytes deepspeed inplace_abn fairscale " +
    "fused_dense_lib dropout_layer_norm rotary_emb megablocks transformer_engine fast_norm_cuda"
  ).split(" "),
);

/** Whether such a package, or a file of the program, is nowhere to be found: a program that waits for that has another way. */
function isMissing(machine: Machine, node: Import | ImportFrom, from: string): boolean {
  const modules =
    node.kind === "Import"
      ? node.names.map(({ name }) => ({ name, level: 0 }))
      : [{ name: node.module, level: node.level }];
  const mayMiss = ({ name, level }: ModuleName): boolean => optionalPackages.has(name.split(".")[0]!) && level === 0;
  return modules.some((module) => mayMiss(module) && !machine.imports.find(module, from));
}

function runRegistering(machine: Machine, node: Import | ImportFrom, from: string): void {
  for (const module of importedModules(node)) {
    const file = isUnread(module) ? undefined : machine.imports.find(module, from);
    const isRun =
      file && (file.path === machine.imports.main?.scope.frame.path || machine.imports.opened.has(file.path));
    if (file && !isRun && leadsToRegistering(machine.imports, file, isUnread)) openFile(machine, file, module);
  }
}

/** `importlib.import_module(name)`; a name with dots in front is looked up from the file that asks. */
export function moduleByName(machine: Machine, text: string, from: string): Value {
  const [, dots = "", name = ""] = /^(\.*)(.*)$/.exec(text) ?? [];
  const module = { name, level: dots.length };
  return (isUnread(module) ? undefined : openModule(machine, module, from)) ?? external(text);
}

/** Names in a class's body are attributes, which are not followed later. */
function bind(machine: Machine, scope: Scope, name: string, what: Omit<ImportValue, "kind">): void {
  const value: ImportValue = { kind: "import", ...what };
  scope.names.set(name, scope.kind === "class" ? followImport(machine, value) : value);
}

function importAll(machine: Machine, module: ModuleName, scope: Scope): void {
  const { path } = scope.frame;
  const names = isUnread(module) ? [] : exportedNames(machine, module, path);
  if (names.length === 0) scope.names.set(unknownNames, unknown("which names a module has is not known"));
  if (isUnread(module)) {
    for (const name of namesOfLibrary(module.name)) scope.names.set(name, external(`${module.name}.${name}`));
    return;
  }
  for (const name of names) {
    machine.step();
    bind(machine, scope, name, { module, from: path, name });
  }
}

/** What the tables know of a library, by its own names. */
function namesOfLibrary(library: string): string[] {
  const names = [...operations.map(({ qualifiedName }) => qualifiedName), ...libraryFunctions.keys()];
  const own = [...names, ...constantsOfLibraries.keys(), "torch.nn.Module", "torch.nn.functional", "torch.nn.init"];
  return own
    .filter((name) => name.startsWith(`${library}.`))
    .map((name) => name.slice(library.length + 1).split(".")[0]!);
}

/** Parts of libraries that are read. */
const unreadParts = /^torchvision\.(datasets|transforms)\b/;

export function isUnread({ name, level }: ModuleName): boolean {
  if (level !== 0) return false;
  const dot = name.indexOf(".");
  return unread.has(dot < 0 ? name : name.slice(0, dot)) || (name.startsWith("torchvision.") && unreadParts.test(name));
}

const ofLibraries = new WeakMap<ImportValue, Value>();

/** The value of an imported name: what its file makes of it, or a name of a library that is not read. */
export function followImport(machine: Machine, imported: ImportValue): Value {
  const { module, from, name } = imported;
  const known = ofLibraries.get(imported);
  if (known) return known;
  const qualified = name === undefined ? module.name : `${module.name}.${name}`;
  if (qualified === "sys.argv" && machine.commandLine) return machine.commandLine;
  if (isUnread(module) || (module.level === 0 && isUnread({ name: qualified, level: 0 }))) {
    const value = name === undefined ? external(qualified) : ofLibrary(qualified);
    ofLibraries.set(imported, value);
    return value;
  }
  const file = openModule(machine, module, from);
  if (name === undefined) return file ?? external(qualified);
  const own = file && nameIn(machine, file, name);
  if (own) return own;
  const submodule = { name: module.name === "" ? name : qualified, level: module.level };
  const found = openModule(machine, submodule, from);
  if (found) return found;
  if (file) return unknown(`${shown(module)} has no ${name} that is known`);
  return module.level > 0 ? unknown(`the module ${shown(module)} is not found`) : external(qualified);
}

function ofLibrary(qualified: string): Value {
  return constantsOfLibraries.get(qualified) ?? external(qualified);
}

function shown({ name, level }: ModuleName): string {
  return `${".".repeat(level)}${name}`;
}

/** `models.resnet`, where `models` was imported: a name of its file, else a file beside it. */
export function attributeOfFile(machine: Machine, file: FileValue, name: string): Value {
  return (
    nameIn(machine, file, name) ??
    submoduleHere(machine, file.path, name) ??
    unknown(`${file.name} has no ${name} that is known`)
  );
}

/** A file beside a package's own, which is an attribute of the package once it is imported from anywhere. */
export function submoduleHere(machine: Machine, path: string, name: string): FileValue | undefined {
  return path.endsWith("/__init__.py") ? openModule(machine, { name, level: 1 }, path) : undefined;
}

/** `a.b` where `a` is a folder without a file of its own, so that nothing more than its name is known. */
export function submoduleOf(machine: Machine, library: string, name: string, from: string): FileValue | undefined {
  const module = { name: `${library}.${name}`, level: 0 };
  return isUnread(module) ? undefined : openModule(machine, module, from);
}

function nameIn(machine: Machine, file: FileValue, name: string): Value | undefined {
  const value = file.scope.names.get(name);
  if (value?.kind !== "import") return value;
  // `from package import part` in the package's own file finds itself: it means the part's file.
  const { followed } = machine.imports;
  if (followed.has(value)) return undefined;
  followed.add(value);
  try {
    return machine.nested(() => followImport(machine, value));
  } finally {
    followed.delete(value);
  }
}

function openModule(machine: Machine, module: ModuleName, from: string): FileValue | undefined {
  const found = machine.imports.find(module, from);
  return found && openFile(machine, found, module);
}

function openFile(machine: Machine, found: ModuleFile, module: ModuleName): FileValue {
  const { path, tree } = found;
  const { opened, main } = machine.imports;
  const known = opened.get(path);
  if (!known && main?.isComplete && main.scope.frame.path === path)
    return { kind: "file", name: shown(module), path, file: found, scope: main.scope };
  machine.record.part.files.add(path);
  if (known) return known;
  machine.once(path, () => {
    const scope = machine.moduleScope(path, module.name);
    // Files that import each other see what there is of this one by then.
    opened.set(path, { kind: "file", name: shown(module), path, file: found, scope });
    machine.execute(tree.body, scope);
  });
  return opened.get(path)!;
}
