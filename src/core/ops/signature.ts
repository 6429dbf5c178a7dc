/** PyTorch signatures as text, and how a call's arguments find their parameters. */
import { type OpValue, bool, int, none, str } from "./value";

export interface SignatureParameter {
  readonly name: string;
  readonly kind: "ordinary" | "variadic" | "keyword-only" | "keywords";
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
    const [written, value] = part.split("=", 2) as [string, string | undefined];
    const variadic = written.startsWith("*");
    const kind = written.startsWith("**") ? "keywords" : variadic ? "variadic" : undefined;
    parameters.push({
      name: written.replace(/^\*+/, ""),
      kind: kind ?? (keywordOnly ? "keyword-only" : "ordinary"),
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

/** The arguments of a call by parameter. */
export interface BoundCall {
  readonly values: ReadonlyMap<string, OpValue>;
  /** Parameters that got a value from the call, not from their default. */
  readonly given: ReadonlySet<string>;
}

/** NumPy's names, which most functions of PyTorch take as well. */
const otherNames: Readonly<Record<string, string>> = { axis: "dim", keepdims: "keepdim" };

/** Keywords that change neither shapes nor parameters, whether a signature names them or not. */
const harmless = new Set(["device", "dtype", "out", "layout", "requires_grad", "memory_format", "pin_memory"]);

function hasParameter({ parameters }: Signature, name: string): boolean {
  return parameters.some((parameter) => parameter.name === name);
}

/** Names that no parameter has, and that PyTorch takes for none either. */
export function strangeIn(signature: Signature, named: readonly string[]): string[] {
  if (signature.parameters.some(({ kind }) => kind === "keywords")) return [];
  return named.filter((name) => !hasParameter(signature, otherNames[name] ?? name) && !harmless.has(name));
}

/**
 * The first parameter that no argument is given for, and that has no default; not told where a name is strange, nor where one
 * behind it is given by name, as in `torch.randint(high=10, size=(2,))`: there are other forms of some calls.
 */
export function lackingIn(
  signature: Signature,
  count: number,
  named: readonly string[],
  hasOneForm = false,
): string | undefined {
  if (!named.every((name) => hasParameter(signature, name))) return undefined;
  const lacking = signature.parameters.findIndex(({ name, kind, default: usual }, place) => {
    if (kind === "variadic" || kind === "keywords" || usual || named.includes(name)) return false;
    return kind !== "ordinary" || place >= count;
  });
  const isLast = signature.parameters.every(
    ({ name, kind }, place) => place <= lacking || kind !== "ordinary" || !named.includes(name),
  );
  return hasOneForm || isLast ? signature.parameters[lacking]?.name : undefined;
}

/** Binds as Python does; a string says what cannot be bound. */
export function bind(
  signature: Signature,
  positional: readonly OpValue[],
  named: ReadonlyMap<string, OpValue>,
): BoundCall | string {
  const keywords = new Map<string, OpValue>();
  const others: string[] = [];
  for (const [written, value] of named) {
    const isOwn = hasParameter(signature, written);
    const name = isOwn ? written : (otherNames[written] ?? written);
    if (!isOwn && !keywords.has(name) && !hasParameter(signature, name)) others.push(name);
    keywords.set(name, value);
  }
  if (others.length > 0 && !signature.parameters.some(({ kind }) => kind === "keywords")) {
    const strange = others.find((name) => !harmless.has(name));
    if (strange !== undefined) return `${signature.name} has no argument ${strange} that is modelled.`;
  }
  const values = new Map<string, OpValue>();
  const given = new Set<string>();
  let next = 0;
  for (const parameter of signature.parameters) {
    const { name } = parameter;
    if (parameter.kind === "keywords") {
      // What a `**names` takes stands under its own names.
      for (const other of others) values.set(other, keywords.get(other)!);
      continue;
    }
    if (parameter.kind === "variadic") {
      const items = positional.slice(next);
      const byName = items.length === 0 ? keywords.get(name) : undefined;
      values.set(name, byName ?? { kind: "tuple", items });
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
  return { values, given };
}
