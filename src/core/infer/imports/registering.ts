/**
 * Files that fill tables of other files when they are imported: `@BACKBONES.register_module()` over a class. An import is
 * followed when its name is used, but a table is asked by the name of an entry; so these are run where they are imported.
 */
import { type ModuleFile, type ModuleName } from "../../python/modules";
import type { Expression, Import, ImportFrom, Module, Statement } from "../../python/syntax";
import { type Imports } from "../machine";

/** What an import statement runs, by the names of the modules: the packages around each come first. */
export function importedModules(node: Import | ImportFrom): ModuleName[] {
  if (node.kind === "Import") return node.names.flatMap(({ name }) => withPackages({ name, level: 0 }));
  const { module, level } = node;
  const below = node.names.filter(({ name }) => name !== "*");
  return [
    ...withPackages({ name: module, level }),
    ...below.map(({ name }) => ({ name: module === "" ? name : `${module}.${name}`, level })),
  ];
}

function withPackages({ name, level }: ModuleName): ModuleName[] {
  const parts = name === "" ? [] : name.split(".");
  const names = parts.map((_, i) => ({ name: parts.slice(0, i + 1).join("."), level }));
  return level > 0 ? [{ name: "", level }, ...names] : names;
}

/** Files that are looked through for one import. */
const mostFiles = 60;

/** Whether a file registers something, or imports one that does. */
export function leadsToRegistering(
  { find }: Pick<Imports, "find">,
  file: ModuleFile,
  isOther: (module: ModuleName) => boolean,
  visited = new Set<string>(),
): boolean {
  if (visited.has(file.path) || visited.size >= mostFiles || isInstalled(file.path)) return false;
  visited.add(file.path);
  if (registers(file.tree, isOther)) return true;
  return importsOf(file.tree).some((node) =>
    importedModules(node).some((module) => {
      const next = isOther(module) ? undefined : find(module, file.path);
      return next !== undefined && leadsToRegistering({ find }, next, isOther, visited);
    }),
  );
}

/** A file of an installed package, of which nobody's tables are filled. */
export const isInstalled = (path: string): boolean => /\/(site|dist)-packages\//.test(path);

const known = new WeakMap<Module, boolean>();

/** Whether its own statements hand something to what they have from another file of the program. */
function registers(tree: Module, isOther: (module: ModuleName) => boolean): boolean {
  let answer = known.get(tree);
  if (answer === undefined) {
    const own = importsOf(tree).filter((node) => importedModules(node).some((module) => !isOther(module)));
    const names = new Set(
      own.flatMap((node) => node.names.map(({ name, alias }) => alias?.name ?? name.split(".")[0]!)),
    );
    answer =
      names.size > 0 && tree.body.some((statement) => changedBy(statement).some((part) => names.has(rootOf(part))));
    known.set(tree, answer);
  }
  return answer;
}

function importsOf({ body }: Module): (Import | ImportFrom)[] {
  return body.flatMap((statement) =>
    statement.kind === "Import" || statement.kind === "ImportFrom" ? [statement] : [],
  );
}

/** What a statement of a file may change beside its own names. */
function changedBy(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "ClassDef":
    case "FunctionDef":
      return statement.decorators;
    case "ExpressionStatement":
      return statement.value.kind === "Call" ? [statement.value] : [];
    case "Assign":
      return statement.targets.filter(({ kind }) => kind === "Subscript");
    default:
      return [];
  }
}

/** The name with which an expression begins: `MODELS` of `MODELS.register_module(name="x")`. */
function rootOf(expression: Expression): string {
  let at = expression;
  for (;;) {
    if (at.kind === "Call") at = at.callee;
    else if (at.kind === "Attribute" || at.kind === "Subscript") at = at.value;
    else return at.kind === "Name" ? at.id : "";
  }
}
