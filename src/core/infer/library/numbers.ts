/** Arithmetic of Python, `math` and NumPy with numbers that are known. */
import { refuseMany } from "../tensors/gradients";
import { unknownInteger } from "../../shape/dim";
import { floorDivide, modulo } from "../../shape/division";
import { bool, int, numberLike, unknown } from "../../ops/value";
import { args } from "../machine";
import { onlyNumber } from "../tensors/numbersOfCalls";
import { binary } from "../expressions/operators";
import { asNumber, infinite, isNumber, negated } from "../values/truth";
import { asUsed, fromNumbers } from "../values/unknownNumbers";
import { type Value, external } from "../values/value";
import { largest, least, ofFlat, prod, sum } from "./totals";
import { type Builtin, type Functions, argument, numberIn, textIn } from "./given";

const anyInteger = (): Value => int(unknownInteger());

/** A function of real numbers; of a tensor or array nothing is said, unless it gives a number whatever it gets. */
function ofNumbers(calculate: (...numbers: number[]) => number, always?: "number"): Builtin {
  return ({ facts }, { positional }) => {
    const given = positional.map((value) => asUsed(value, facts));
    const areNumbers = given.every(({ kind }) => kind === "int" || kind === "float" || kind === "bool");
    if (!areNumbers && !always) return fromNumbers(given, "a function") ?? unknown("the number is not known");
    const numbers = given.map(asNumber);
    return numberLike(numbers.includes(undefined) ? undefined : calculate(...(numbers as number[])));
  };
}

/** Functions of real numbers that give an integer. */
function toInteger(round: (x: number) => number): Builtin {
  return (machine, { positional: [value] }) => {
    if (value?.kind === "int") return value;
    const number = value && asNumber(value);
    if (number !== undefined && !Number.isFinite(number)) machine.record.raise("OverflowError");
    else if (number !== undefined) return int(round(number));
    return value?.kind === "list" || value?.kind === "tuple" ? unknown("the array is not known") : anyInteger();
  };
}

/** Python rounds halves to the even neighbour. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

const round: Builtin = (_, given) => {
  const [value, digits] = [argument(given, 0, "number"), argument(given, 1, "ndigits")];
  if (value?.kind === "int" && (!digits || digits.kind === "none")) return value;
  const number = value && asNumber(value);
  if (!digits || digits.kind === "none") {
    if (number !== undefined) return int(roundHalfEven(number));
    return value?.kind === "float" ? anyInteger() : unknown("the number is not known");
  }
  const places = numberIn(digits);
  if (value?.kind !== "float" || number === undefined || places === undefined || places < 0 || places > 15)
    return value?.kind === "float" ? numberLike(undefined, value.ofNumpy) : unknown("the number is not known");
  // Exact halves go to the even neighbour, which fixed notation does not do.
  const isTie = Number.isInteger(number * 10 ** places * 2) && !Number.isInteger(number * 10 ** places);
  return numberLike(isTie ? undefined : Number(number.toFixed(places)), value.ofNumpy);
};

/** Of which no number can be made. */
const isNoNumber = ({ kind }: Value): boolean => ["list", "tuple", "dict", "none", "function", "class"].includes(kind);

/** Digits to a base, with the prefix that this base may have. */
const prefixed = (radix: number): RegExp => {
  const prefix = { 2: "0b", 8: "0o", 16: "0x" }[radix];
  return new RegExp(`^([-+]?)${prefix === undefined ? "" : `(?:${prefix})?`}([0-9a-z]{1,10})$`, "i");
};

/** `int("12")`, `int(1.5)`; whatever it is, the result is an integer. */
const integer: Builtin = (machine, { positional: [given, base] }) => {
  const value = onlyNumber(given) ?? given;
  if (!value) return int(0);
  if (isNoNumber(value)) machine.record.raise("TypeError");
  if (value.kind === "int" && !base) return value;
  const number = base ? undefined : asNumber(value);
  if (number !== undefined) return int(Math.trunc(number));
  const text = textIn(value)?.trim();
  if (!base && text !== undefined && /^[-+]?\d+(_\d+)*$/.test(text)) return int(Number(text.replaceAll("_", "")));
  const radix = numberIn(base);
  const digits = radix !== undefined && text !== undefined ? prefixed(radix).exec(text) : null;
  if (digits && radix! >= 2 && radix! <= 36) {
    const found = parseInt(digits[2]!, radix);
    const isPlain = found.toString(radix) === digits[2]!.toLowerCase().replace(/^0+(?=.)/, "");
    if (isPlain) return int(digits[1] === "-" ? -found : found);
  }
  if (!base && text !== undefined && !/^[-+]?\d[\d_]*$/.test(text)) machine.record.raise("ValueError");
  return anyInteger();
};

const toFloat: Builtin = (machine, { positional: [given] }, site) => {
  if (given?.kind === "tensor") refuseMany(machine, "float", given, site, "a tensor of one number");
  const value = onlyNumber(given) ?? given;
  if (!value) return numberLike(0);
  if (isNoNumber(value)) machine.record.raise("TypeError");
  const text = textIn(value)?.trim();
  const isFloat = /^[-+]?((\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[-+]?\d+)?|inf(inity)?|nan)$/i;
  if (text !== undefined && !isFloat.test(text)) machine.record.raise("ValueError");
  if (text !== undefined && /^[-+]?inf(inity)?$/i.test(text))
    return text.startsWith("-") ? negated(infinite) : infinite;
  if (text !== undefined)
    return numberLike(/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined);
  return numberLike(asNumber(value));
};

const divmod: Builtin = (_, { positional: [a, b] }) => {
  const rest = a?.kind === "int" && b?.kind === "int" ? modulo(a.value, b.value) : undefined;
  const whole = a?.kind === "int" && b?.kind === "int" ? floorDivide(a.value, b.value) : undefined;
  return whole && rest ? { kind: "tuple", items: [int(whole), int(rest)] } : unknown("the numbers are not known");
};

const power: Builtin = (machine, { positional: [base, exponent, modulus] }, site) =>
  base && exponent
    ? [exponent, ...(modulus ? [modulus] : [])].reduce(
        (value, next, i) => binary(machine, i ? "%" : "**", value, next, site),
        base,
      )
    : unknown("the numbers are not known");

const absolute: Builtin = (machine, given, site) => {
  const [value] = given.positional;
  if (value?.kind === "tensor") return machine.call(external("torch.abs"), given, site);
  const number = value && asNumber(value);
  if (value?.kind === "float") return numberLike(number === undefined ? undefined : Math.abs(number), value.ofNumpy);
  return number === undefined ? unknown("the number is not known") : int(Math.abs(number));
};

/**
 * The logarithm to a base is, as in Python, a quotient of two logarithms. Their last bits differ between libraries: what
 * lies next to an integer is not known, but for base 2, where both are exact.
 */
const logarithm = ofNumbers((x: number, base?: number) => {
  if (base === undefined) return Math.log(x);
  const quotient = Math.log(x) / Math.log(base);
  return base !== 2 && Math.abs(quotient - Math.round(quotient)) < 1e-9 ? NaN : quotient;
}, "number");

function integers(calculate: (a: number, b: number) => number): Builtin {
  return (_, { positional }) => {
    const numbers = positional.map(numberIn);
    return numbers.length === 0 || numbers.includes(undefined)
      ? unknown("the numbers are not known")
      : int((numbers as number[]).map(Math.abs).reduce(calculate));
  };
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
const multiple = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : (a / divisor(a, b)) * b);

/** In how many ways so many of a number can be chosen. */
const chosen = (n: number, k: number): number =>
  k > n ? 0 : Array.from({ length: k }, (_, i) => i).reduce((ways, i) => (ways * (n - i)) / (i + 1), 1);

/** A function of one whole number that is not negative. */
const whole =
  (calculate: (n: number) => number): Builtin =>
  (_, { positional: [value] }) => {
    const number = numberIn(value);
    const result = number === undefined || number < 0 ? NaN : calculate(number);
    return int(Number.isSafeInteger(result) ? result : unknownInteger());
  };

/** The square root rounded down, as integers have it. */
function wholeRoot(x: number): number {
  const near = Math.floor(Math.sqrt(x));
  return near * near > x ? near - 1 : (near + 1) * (near + 1) <= x ? near + 1 : near;
}

const realFunctions: Record<string, (...x: number[]) => number> = {
  sqrt: (x) => Math.sqrt(x),
  log2: (x) => Math.log2(x),
  log10: (x) => Math.log10(x),
  log1p: (x) => Math.log1p(x),
  exp: (x) => Math.exp(x),
  sin: (x) => Math.sin(x),
  cos: (x) => Math.cos(x),
  tan: (x) => Math.tan(x),
  tanh: (x) => Math.tanh(x),
};

const of = (library: string, table: Record<string, Builtin>): Functions =>
  Object.entries(table).map(([name, run]) => [`${library}.${name}`, run]);

const real = Object.fromEntries(Object.entries(realFunctions).map(([name, run]) => [name, ofNumbers(run)]));

const absoluteNumber: Builtin = (machine, given, site) =>
  isNumber(given.positional[0]) ? absolute(machine, given, site) : unknown("the number is not known");

const ofTwo =
  (run: Builtin): Builtin =>
  (machine, given, site) =>
    given.positional.length === 2 && given.keywords.size === 0 && given.positional.every(isNumber)
      ? run(machine, given, site)
      : unknown("the numbers are not known");

/** A number between two others; each of them may be none. */
const clipped: Builtin = (machine, given, site) => {
  const [value, low, high] = ["a", "a_min", "a_max"].map((name, i) => argument(given, i, name));
  if (![value, low, high].every((one) => isNumber(one) || one?.kind === "none"))
    return unknown("the number is not known");
  const above = isNumber(low) ? largest(machine, args(value!, low), site) : value!;
  return isNumber(high) ? least(machine, args(above, high), site) : above;
};

/** NumPy takes a number for an array of one. */
const ofNumberToo =
  (run: Builtin): Builtin =>
  (machine, given, site) =>
    given.positional[0]?.kind === "int" && given.keywords.size === 0 ? given.positional[0] : run(machine, given, site);

/** NumPy's numbers behave like Python's as far as sizes go; its roundings give floats. */
const numpy: Record<string, Builtin> = {
  ...real,
  log: ofNumbers(Math.log),
  prod: ofNumberToo(prod),
  product: ofNumberToo(prod),
  sum: ofFlat(sum),
  min: ofFlat(least),
  max: ofFlat(largest),
  ceil: ofNumbers(Math.ceil),
  floor: ofNumbers(Math.floor),
  round: ofNumbers(roundHalfEven),
  rint: ofNumbers(roundHalfEven),
  power: ofNumbers((x, y) => x ** y),
  abs: absoluteNumber,
  absolute: absoluteNumber,
  fabs: ofNumbers(Math.abs),
  square: ofNumbers((x) => x * x),
  maximum: ofTwo(largest),
  minimum: ofTwo(least),
  clip: clipped,
  gcd: integers(divisor),
  lcm: integers(multiple),
  int64: ofOne(integer),
  int32: ofOne(integer),
  int_: ofOne(integer),
  float64: toFloat,
  float32: ofNumbers(Math.fround),
};

/** NumPy's types are called for numbers, and make arrays of lists. */
function ofOne(run: Builtin): Builtin {
  return (machine, given, site) => {
    const [value] = given.positional;
    const isList = value?.kind === "list" || value?.kind === "tuple" || value?.kind === "instance";
    return isList ? unknown("the array is not known") : run(machine, given, site);
  };
}

export const numberFunctions: Functions = [
  ...of("builtins", {
    round,
    int: integer,
    float: toFloat,
    min: least,
    max: largest,
    sum,
    divmod,
    pow: power,
    abs: absolute,
  }),
  ...of("math", {
    ...Object.fromEntries(Object.entries(realFunctions).map(([name, run]) => [name, ofNumbers(run, "number")])),
    log: logarithm,
    floor: toInteger(Math.floor),
    ceil: toInteger(Math.ceil),
    trunc: toInteger(Math.trunc),
    fabs: ofNumbers(Math.abs, "number"),
    pow: ofNumbers((x, y) => x ** y, "number"),
    prod,
    gcd: integers(divisor),
    lcm: integers(multiple),
    comb: integers(chosen),
    isqrt: (_, { positional: [value] }) => {
      const number = numberIn(value);
      return number === undefined ? unknown("the number is not known") : int(wholeRoot(number));
    },
    fsum: () => numberLike(undefined),
    factorial: whole((n) => (n <= 18 ? Array.from({ length: n }, (_, i) => i + 1).reduce((a, b) => a * b, 1) : NaN)),
    hypot: ofNumbers((...x) => Math.hypot(...x), "number"),
    degrees: ofNumbers((x) => (x * 180) / Math.PI, "number"),
    radians: ofNumbers((x) => (x * Math.PI) / 180, "number"),
    exp2: ofNumbers((x) => 2 ** x, "number"),
    fmod: ofNumbers((x, y) => x % y, "number"),
    isnan: () => bool(undefined),
    isinf: () => bool(undefined),
  }),
  ...of("numpy", numpy),
];
