/** Random equations of einsum, patterns of einops, and indices. */
import { type Input } from "../support/operations";
import { type Generator, call, input, shapeOf, sizes, tuple } from "./generateTensors";

/** Letters with sizes; operands over them, sometimes with a size that is wrong. */
const sums: Generator = (random) => {
  const letters = ["i", "j", "k", "b"];
  const known = new Map(letters.map((letter) => [letter, random.integer(1, 4)]));
  const dots = random.once(3) ? sizes(random, random.integer(0, 2), 1, 3) : undefined;
  const operand = (): { text: string; shape: number[] } => {
    const own = Array.from({ length: random.integer(1, 3) }, () => random.pick(letters));
    const shape = own.map((letter) => (random.once(20) ? 5 : random.once(15) ? 1 : known.get(letter)!));
    const at = random.integer(0, own.length);
    return dots && random.once(2)
      ? {
          text: [...own.slice(0, at), "...", ...own.slice(at)].join(""),
          shape: [...shape.slice(0, at), ...dots, ...shape.slice(at)],
        }
      : { text: own.join(""), shape: random.once(15) ? [...shape, 2] : shape };
  };
  const operands = Array.from({ length: random.integer(1, 3) }, operand);
  const used = [...new Set(operands.flatMap(({ text }) => text.match(/[a-z]/g) ?? []))];
  const kept = random.shuffle(used.filter(() => random.once(2)));
  const hasDots = operands.some(({ text }) => text.includes("..."));
  const output = random.once(5)
    ? ""
    : `->${hasDots && !random.once(6) ? "..." : ""}${kept.join("")}${random.once(15) ? "z" : ""}`;
  const equation = operands.map(({ text }) => text).join(random.pick([",", ", "]));
  const names = ["x", "y", "z"].slice(0, operands.length).join(", ");
  const given = random.once(3) ? `[${names}]` : names;
  return call(`torch.einsum("${equation}${output}", ${given})`, ...operands.map(({ shape }) => input(shape)));
};

/** A pattern over names with sizes, and a tensor that fits it, most of the time. */
const patterns: Generator = (random) => {
  const names = ["a", "b", "c", "d"].slice(0, random.integer(1, 4));
  const known = new Map(names.map((name) => [name, random.integer(1, 4)]));
  const dots = random.once(4) ? sizes(random, random.integer(0, 2), 1, 3) : undefined;
  const grouped = (list: readonly string[]): string[][] => {
    const groups: string[][] = [];
    for (const name of list) {
      if (groups.length > 0 && random.once(3)) groups.at(-1)!.push(name);
      else groups.push([name]);
    }
    return groups;
  };
  const write = (groups: readonly string[][]): string =>
    groups.map((group) => (group.length === 1 ? group[0]! : `(${group.join(" ")})`)).join(" ");
  const kind = random.pick(["rearrange", "rearrange", "repeat", "reduce"]);
  const left = grouped(random.shuffle(names));
  const after = random.shuffle(names).filter(() => kind !== "reduce" || random.once(2));
  const right = grouped(kind === "repeat" ? [...after, "e"] : after);
  const single = random.once(5);
  const shape = left.map((group) => group.reduce((total, name) => total * known.get(name)!, 1));
  const sizesOfNames = left.flatMap((group) => group.slice(random.once(6) ? 0 : 1)).filter(() => !random.once(12));
  const given = [...sizesOfNames, ...(kind === "repeat" ? ["e"] : [])].map(
    (name) => `, ${name}=${(known.get(name) ?? 3) + (random.once(12) ? 1 : 0)}`,
  );
  const leftText = [...(dots ? ["..."] : []), write(left), ...(single ? ["1"] : [])].join(" ");
  const rightText = [write(right), ...(dots ? ["..."] : []), ...(random.once(6) ? ["1"] : [])].join(" ");
  const wrong = random.once(12) ? [...shape, 2] : shape;
  const whole = [...(dots ?? []), ...wrong, ...(single ? [1] : [])];
  const how = kind === "reduce" ? `, '${random.pick(["mean", "sum", "max"])}'` : "";
  return call(`einops.${kind}(x, '${leftText} -> ${rightText}'${how}${given.join("")})`, input(whole));
};

const packing: Generator = (random) => {
  const [b, d] = sizes(random, 2, 1, 3) as [number, number];
  const middle = (): number[] => sizes(random, random.integer(0, 2), 1, 3);
  const [first, second] = [middle(), middle()];
  const other = random.once(8) ? b + 1 : b;
  const total = (shape: readonly number[]): number => shape.reduce((x, y) => x * y, 1);
  const whole = total(first) + total(second) + (random.once(8) ? 1 : 0);
  return random.pick([
    call("einops.pack([x, y], 'b * d')[0]", input([b, ...first, d]), input([other, ...second, d])),
    call("einops.pack([x, y], '* d')[0]", input([...first, d]), input([...second, d])),
    call(
      `einops.unpack(x, [${[first, second].map((shape) => (shape.length ? tuple(shape) : "()")).join(", ")}], 'b * d')`,
      input([b, whole, d]),
    ),
    call("einops.unpack(*einops.pack([x, y], 'b *'), 'b *')", input([b, ...first]), input([b, ...second])),
    call("einops.rearrange([x, y], 'n b d -> b (n d)')", input([b, d]), input([other, d])),
    call("einops.einsum(x, y, 'bat i dim, bat j dim -> bat i j')", input([b, 2, d]), input([other, 3, d])),
  ]);
};

/** Index tensors, lists and masks among slices, and assignments to what they pick. */
const advanced: Generator = (random) => {
  const shape = shapeOf(random, 1);
  const common = sizes(random, random.integer(0, 2), 1, 3);
  const inputs: Input[] = [input(shape)];
  const names = ["y", "z", "w"];
  const masked = random.once(4);
  const parts: string[] = [];
  let at = 0;
  while (at < shape.length && parts.length < 4) {
    const name = names[inputs.length - 1];
    // How many elements a mask of zeros has is no size that other index tensors could have.
    const kind = random.pick(["slice", "slice", "int", "none", ...(masked ? ["mask"] : ["tensor", "tensor", "list"])]);
    if (kind === "none") parts.push("None");
    else if (kind === "int") parts.push(String(random.integer(-1, 0)));
    else if (kind === "list") parts.push(random.pick(["[0]", "[0, 0]", "[[0], [0]]"]));
    else if (kind === "mask" && name) {
      const rank = random.integer(1, 2);
      inputs.push(
        input(
          shape.slice(at, at + rank).map((size) => (random.once(12) ? size + 1 : size)),
          "bool",
        ),
      );
      parts.push(name);
      at += rank - 1;
    } else if (kind === "tensor" && name) {
      const own = common.map((size) => (random.once(4) ? 1 : random.once(12) ? size + 1 : size));
      inputs.push(input(own, "int64"));
      parts.push(name);
    } else parts.push(random.pick([":", "1:", ":-1", "::2"]));
    if (kind !== "none") at++;
  }
  if (random.once(4)) parts.splice(random.integer(0, parts.length), 0, "...");
  return call(`x[${parts.join(", ")}]`, ...inputs);
};

/** What is stored must fit; the tensor's shape stays. */
const storing: Generator = (random) => {
  const shape = shapeOf(random, 1, 3);
  const own = random.once(3) ? shape.slice(1) : random.once(3) ? [1, ...shape] : shape;
  const stored = own.map((size) => (random.once(5) ? 1 : random.once(8) ? size + 1 : size));
  const index = random.pick(["0", ":", "...", "..., 0", ":, None", "[0, 0]", "1:", "-1"]);
  return { expression: `x[${index}] = y`, isLayer: false, inputs: [input(shape), input(stored)], isStatement: true };
};

export const patternGenerators: Readonly<Record<string, Generator>> = {
  einsum: sums,
  "einops patterns": patterns,
  "packing and unpacking": packing,
  "advanced indexing": advanced,
  "assignments to items": storing,
};
