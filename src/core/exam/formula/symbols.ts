/** The symbols that a bank declares for its formulas: how they are typed, shown, and which values they take. */
import type { Expression } from "./expression";

/** Where a symbol's values are drawn from when two formulas are compared; both ends included. */
export interface Domain {
  readonly kind: "range" | "int";
  readonly low: number;
  readonly high: number;
}

export interface SymbolDeclaration {
  /** The plain name, as a student types it: `eta`, `x_1`, `a2`. */
  readonly name: string;
  /** As shown: `\eta`, `x_1`, `a^{(2)}`. */
  readonly latex: string;
  /** Other ways of writing it, plain or LaTeX. */
  readonly also: readonly string[];
  readonly domain: Domain;
  /** A short name for a formula over symbols declared before; its domain is then of no interest. */
  readonly is?: Expression;
  /** Of a family: the formulas that its members are short for, in order. */
  readonly members?: readonly Expression[];
  /** The symbols that it may be written as a function of: `grad(theta)` is the gradient, not a product. */
  readonly of?: readonly string[];
  /** What it stands for, Markdown; may be empty. */
  readonly says: string;
  /** An indexed family such as `yhat_0 … yhat_2`: its first and last index. */
  readonly index?: { readonly first: number; readonly last: number };
}

/** The named domains are wide enough to tell formulas apart, narrow enough to keep exponentials finite. */
export const real: Domain = { kind: "range", low: -2.5, high: 2.5 };

const named: Readonly<Record<string, Domain>> = {
  real,
  positive: { kind: "range", low: 0.2, high: 2.7 },
  unit: { kind: "range", low: 0.05, high: 0.95 },
};

/** Reads `real`, `positive`, `unit`, `int 1..9`, `range 0.1..1`; undefined for anything else or an empty range. */
export function readDomain(text: string): Domain | undefined {
  const name = text.trim();
  if (Object.hasOwn(named, name)) return named[name];
  const match = /^(int|range)\s+(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)$/.exec(name);
  if (!match) return undefined;
  const domain: Domain = { kind: match[1] === "int" ? "int" : "range", low: Number(match[2]), high: Number(match[3]) };
  const whole = Number.isInteger(domain.low) && Number.isInteger(domain.high);
  return domain.low <= domain.high && (domain.kind === "range" || whole) ? domain : undefined;
}

/** Reads `0..2`. */
export function readIndex(text: string): SymbolDeclaration["index"] {
  const match = /^\s*(\d+)\.\.(\d+)\s*$/.exec(text);
  if (!match) return undefined;
  const index = { first: Number(match[1]), last: Number(match[2]) };
  return index.first <= index.last && index.last - index.first < 100 ? index : undefined;
}

/** The names of Greek letters, and a few that are shown like them. */
export const greek: ReadonlySet<string> = new Set(
  (
    "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega " +
    "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega nabla ell"
  ).split(" "),
);

/** How a plain name is shown when the bank does not say: `yhat` → `\hat{y}`, `x_1` → `x_{1}`, `eta` → `\eta`. */
export function latexOfName(name: string): string {
  const [base = name, ...rest] = name.split("_");
  const hatted = /^([A-Za-z])hat$/.exec(base);
  const numbered = /^([A-Za-z]+?)(\d+)$/.exec(base);
  const subscript = [...(numbered ? [numbered[2]!] : []), ...rest].join(",");
  const word = numbered ? numbered[1]! : base;
  let shown = word;
  if (hatted) shown = `\\hat{${hatted[1]!}}`;
  else if (greek.has(word)) shown = `\\${word}`;
  else if (word.length > 1) shown = `\\mathrm{${word}}`;
  return subscript === "" ? shown : `${shown}_{${subscript}}`;
}
