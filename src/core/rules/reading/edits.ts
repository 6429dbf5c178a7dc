/** Edits that rules share: taking an argument out of a call, naming a library as the file does. */
import { type Inference } from "../../infer/analysis";
import { type Value } from "../../infer/values/value";
import type { Call, Expression, Keyword, Module } from "../../python/syntax";
import { isKind, nodeAt } from "../../python/visit";
import { type Edit } from "../../text/diagnostic";
import { type Span } from "../../text/source";

/** The call that has the expression at a span as one of its positional arguments. */
export function parentCall(module: Module, span: Span): Call | undefined {
  const calls = nodeAt(module, span.start).filter((node) => isKind(node, "Call"));
  return calls.find((call) => call.args.some((arg) => arg.start === span.start && arg.end === span.end));
}

/** Removes an argument and the comma that belongs to it. */
export function removeArgument(call: Call, span: Span): Edit {
  const args: Expression[] = [...call.args];
  const at = args.findIndex((arg) => arg.start === span.start);
  const before = args[at - 1];
  const after = args[at + 1];
  if (before) return { span: { start: before.end, end: span.end }, text: "" };
  return { span: { start: span.start, end: after ? after.start : span.end }, text: "" };
}

/** Adds an argument behind the last one. */
export function withArgument({ args, keywords, end }: Call, text: string): Edit {
  const last = Math.max(0, ...[...args, ...keywords].map((argument) => argument.end));
  const at = last > 0 ? last : end - 1;
  return { span: { start: at, end: at }, text: last > 0 ? `, ${text}` : text };
}

/** Calls something else of the same library: `nn.NLLLoss` becomes `nn.CrossEntropyLoss`. Undefined for names that stand alone. */
export function renameCallee({ callee }: Call, name: string): Edit | undefined {
  return callee.kind === "Attribute" ? { span: callee.attribute, text: name } : undefined;
}

/** What the file calls a library, such as `nn` for `torch.nn`; undefined where it does not import it. */
export function nameOfLibrary({ scope }: Inference, library: string): string | undefined {
  for (const [name, value] of scope.names.items()) if (libraryName(value) === library) return name;
  const [parent, ...rest] = library.split(".");
  const root = rest.length > 0 ? scope.names.get(parent!) : undefined;
  return root && libraryName(root) === parent ? library : undefined;
}

/** The name of a library, or of something in it, that a value of a name stands for. */
export function libraryName(value: Value): string | undefined {
  if (value.kind === "external") return value.name;
  if (value.kind !== "import" || value.module.level > 0) return undefined;
  return value.name === undefined ? value.module.name : `${value.module.name}.${value.name}`;
}

/** Removes a keyword argument and the comma in front of it, or behind it where it is the first. */
export function removeKeyword(call: Call, keyword: Keyword): Edit {
  const all: Span[] = [...call.args, ...call.keywords].sort((a, b) => a.start - b.start);
  const at = all.findIndex(({ start }) => start === keyword.start);
  const [before, after] = [all[at - 1], all[at + 1]];
  if (before) return { span: { start: before.end, end: keyword.end }, text: "" };
  return { span: { start: keyword.start, end: after ? after.start : keyword.end }, text: "" };
}
