/**
 * Errors of Python that surely come up while a `try` runs: `getattr(layer, "weight_u")` of a layer that has none, a key
 * that a dict lacks, an integer that is unpacked. What is tried ends there, and the handler is what happens.
 */
import type { ExceptHandler, Expression } from "../../python/syntax";

/** Something that is tried: the body of a `try`, or what may lack an attribute. */
export interface Attempt {
  /** Whether it is tried for such errors, each with its more general names. */
  readonly waitsFor: (error: string) => boolean;
  /** How certain it was then that the program comes there. */
  readonly certainty: string;
}

/** Ends what an attempt tries; caught where the attempt is made. */
export class Raised extends Error {
  constructor(
    readonly attempt: Attempt,
    readonly error: string,
  ) {
    super("The program raises an error that it handles.");
  }
}

/** Python's errors that are followed, each with the one that it derives from; under "Exception" the rest. */
const parents: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ArithmeticError: "Exception",
    AssertionError: "Exception",
    AttributeError: "Exception",
    ImportError: "Exception",
    IndexError: "LookupError",
    KeyError: "LookupError",
    LookupError: "Exception",
    ModuleNotFoundError: "ImportError",
    NameError: "Exception",
    NotImplementedError: "RuntimeError",
    RuntimeError: "Exception",
    StopIteration: "Exception",
    SyntaxError: "Exception",
    TypeError: "Exception",
    ValueError: "Exception",
    ZeroDivisionError: "ArithmeticError",
  }),
);

/** The names by which an error is caught: its own and those of what it derives from; none where they are not known. */
export function namesOf(error: string): string[] {
  if (!parents.has(error)) return [];
  const names = ["BaseException"];
  for (let name: string | undefined = error; name; name = parents.get(name)) names.push(name);
  return names;
}

/** The handler that an error comes to; undefined where it comes to none, or where that is not known. */
export function handlerOf(error: string, handlers: readonly ExceptHandler[]): ExceptHandler | undefined {
  const caught = new Set(namesOf(error));
  for (const handler of handlers) {
    const names = handler.type ? errorNames(handler.type) : ["BaseException"];
    if (names?.some((name) => caught.has(name))) return handler;
    // It may be another name for the same error, or a class that it derives from.
    if (!names || names.some((name) => !parents.has(name))) return undefined;
  }
  return undefined;
}

/** The names of the errors that a handler is for; undefined where they are not all names. */
export function errorNames(type: Expression): string[] | undefined {
  if (type.kind === "Name") return [type.id];
  if (type.kind !== "Tuple") return undefined;
  const names = type.elements.map(errorNames);
  return names.includes(undefined) ? undefined : (names as string[][]).flat();
}
