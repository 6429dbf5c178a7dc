/** PyTorch signatures as text, and how a call's arguments find their parameters. */
import { type OpValue, bool, int, none, str } from "./value";

export interface SignatureParameter {
  readonly name: string;
  readonly kind: "ordinary" | "variadic" | "keyword-only";
  /** Undefined where the argument is required. */
  readonly default: OpValue | undefined;
}

export interface Signature {
  /** As in the row: `nn.Conv2d`, `F.relu`, `Tensor.view`, `torch.cat`. */
  readonly name: string;
  readonly parameters: readonly SignatureParameter[];
}

/** Reads `nn.Linear(in_features, out_features, bias=True)`; throws on a malformed row, which is our own mistake. */
export function parseSignature(text: string): Signature {
  const match = /^([\w.]+)\((.*)\)$/s.exec(text);
  if (!match) throw new Error(`Not a signature: ${text}`);
  const parameters: SignatureParameter[] = [];
  let keywordOnly = false;
  for (const part of splitTopLevel(match[2]!)) {
    if (part === "*") {
      keywordOnly = true;
      continue;
    }
    const [name, value] = part.split("=", 2) as [string, string | undefined];
    const variadic = name.startsWith("*");
    parameters.push({
      name: name.replace("*", ""),
      kind: variadic ? "variadic" : keywordOnly ? "keyword-only" : "ordinary",
      default: value === undefined ? undefined : literal(value),
    });
    if (variadic) keywordOnly = true;
  }
  return { name: match[1]!, parameters };
}

function splitTopLevel(text: string): string[] {
  return text
    .split(/,\s*(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function literal(text: string): OpValue {
  if (text === "None") return none;
  if (text === "True" || text === "False") return bool(text === "True");
  if (/^'.*'$/.test(text)) return str(text.slice(1, -1));
  if (/^-?\d+$/.test(text)) return int(Number(text));
  if (text.startsWith("(")) return { kind: "tuple", items: splitTopLevel(text.slice(1, -1)).map(literal) };
  const value = Number(text);
  return Number.isNaN(value) ? { kind: "other" } : { kind: "float", value };
}

/** The arguments of a call by parameter; `extra` holds keywords that the signature does not know. */
export interface BoundCall {
  readonly values: ReadonlyMap<string, OpValue>;
  /** Parameters that got a value from the call, not from their default. */
  readonly given: ReadonlySet<string>;
  readonly extra: readonly string[];
}

/** Binds as Python does; a string says what Python would refuse. */
export function bind(
  signature: Signature,
  positional: readonly OpValue[],
  keywords: ReadonlyMap<string, OpValue>,
): BoundCall | string {
  const values = new Map<string, OpValue>();
  const given = new Set<string>();
  let next = 0;
  for (const parameter of signature.parameters) {
    const { name } = parameter;
    if (parameter.kind === "variadic") {
      values.set(name, { kind: "tuple", items: positional.slice(next) });
      next = positional.length;
      given.add(name);
      continue;
    }
    const byKeyword = keywords.get(name);
    const byPosition = parameter.kind === "ordinary" && next < positional.length ? positional[next++] : undefined;
    if (byKeyword && byPosition) return `${signature.name} gets ${name} twice.`;
    const value = byKeyword ?? byPosition ?? parameter.default;
    if (!value) return `${signature.name} needs an argument for ${name}.`;
    values.set(name, value);
    if (byKeyword ?? byPosition) given.add(name);
  }
  if (next < positional.length) {
    return `${signature.name} takes ${signature.parameters.length} arguments but gets ${positional.length}.`;
  }
  const known = new Set(signature.parameters.map((parameter) => parameter.name));
  return { values, given, extra: [...keywords.keys()].filter((name) => !known.has(name)) };
}
