/** What can be written in a bank, and what it says: the words that completion offers. */
import type { KindName } from "../kinds/registry";
import type { FenceName } from "../reader/blocks";
import type { FrontName, SymbolFieldName } from "../reader/frontMatter";
import type { MissingThing } from "../reader/missing";

type Words<Name extends string = string> = Readonly<Record<Name, string>>;

export const fenceWords: Words<FenceName> = {
  answer: "what a machine grades: a kind and its fields",
  params: "numbers that are drawn: the question becomes a drill",
  rubric: "what a marker looks for, points first",
  hint: "one hint; several stand from the gentlest to the plainest",
  solution: "the worked solution, shown after an attempt",
  missing: "what a draft still lacks",
  figure: "a picture, computed from a few lines",
};

export const figureKindWords: Words = {
  plot: "curves of expressions in one variable",
  graph: "nodes in columns and arrows between them",
  grid: "numbers or shaded cells in rows",
};

const says = "what is to be seen, in words: for those who cannot see it, and where nothing can be drawn";

/** The fields of a figure, `kind` aside. */
export const figureFields: Readonly<Record<string, Words>> = {
  plot: {
    says,
    variable: "the name of the variable, x where none is given",
    from: "where the horizontal axis begins",
    to: "where the horizontal axis ends",
    low: "where the vertical axis begins",
    high: "where the vertical axis ends",
    x: "the horizontal axis' label",
    y: "the vertical axis' label",
    ticks: "false: axes without numbers",
    curves: "up to four, each with “of” or “points”, and a “label”",
  },
  graph: {
    says,
    columns: "lists of nodes, from left to right; an empty name leaves a place free",
    captions: "a word under each column",
    edges: "dense, or a list of arrows: a -> b, a -> b: label",
    shape: "of all nodes: circle, box or none",
  },
  grid: {
    says,
    title: "a word above",
    rows: "lists of cells",
    heads: "words above the columns",
    sides: "words beside the rows",
    shade: "values, or a depth from 0 to 4 for each cell",
    blocks: "thick lines around blocks: 2x2",
    grids: "several grids side by side, each with these fields",
    between: "the signs between them",
  },
};

export const kindWords: Words<KindName> = {
  single: "one right option of a task list",
  multiple: "any number of right options of a task list",
  number: "a number within a tolerance",
  count: "a whole number, of parameters for instance",
  shape: "a shape: 8x3x32x32",
  matrix: "a matrix or vector",
  formula: "a formula, compared by its values",
  ordering: "steps in their order",
  line: "a line of the code above",
  code: "a program to mend or complete in the editor",
  open: "a free text with a rubric",
};

const value = "the right answer";
const refuse = "wrong answers that have a word of their own";
const tolerance = { relative: "a tolerance, 0.01 being one percent", absolute: "a tolerance in the value's own unit" };

/** The fields of an answer block, `kind` aside. */
export const kindFields: Readonly<Record<KindName, Words>> = {
  single: {},
  multiple: {},
  number: {
    value,
    ...tolerance,
    magnitude: "true: only the power of ten counts",
    unit: "shown behind the input",
    refuse,
  },
  count: { value, tolerance: "how far off still counts as right", refuse },
  shape: { value, tolerance: "how far off each size may be", refuse },
  matrix: { value, ...tolerance, refuse },
  formula: {
    value,
    symbols: "the symbols that may be used, of those in the front matter",
    accept: "other writings of the value: a test of the grading",
    also: "answers under another convention, right as well",
    refuse,
  },
  ordering: { value, also: "other right orders", refuse },
  line: { value, refuse },
  code: {
    program: "the program that is given, as a block of text, or the name of a program of the bug hunts",
    bugs: "for a program of the bug hunts: what is planted in it",
    mended: "a program that solves it",
    rules: "the findings that have to go",
    shapes: "what functions have to return: “Net.forward: (B, 10)”",
    calls: "operations that functions have to call: “VAE.sample: [torch.randn_like or torch.randn]”",
  },
  open: {},
};

export const frontWords: Words<FrontName> = {
  id: "the bank's name in progress and links: small letters, digits, hyphens",
  title: "the bank's name for people",
  course: "what it belongs to",
  licence: "under which terms it may be used",
  minutes: "time for the whole, as an exam",
  symbols: "the symbols of its formulas, with their domains",
};

/** The fields of a symbol in the front matter. */
export const symbolWords: Words<SymbolFieldName> = {
  domain: "the values that it is tried with: real, positive, unit, int 1..9, range 0.1..1",
  is: "a formula that it is short for, or a list of them for an index",
  latex: "how it is shown",
  also: "other ways to type it",
  says: "what it means, in words",
  index: "for a family: the numbers that its index runs over, 0..2",
  of: "symbols that it is a function of",
};

export const attributeWords: Words = {
  pts: "points",
  topics: "topics, with commas between them",
  source: "where the question comes from",
};

export const missingWords: Words<MissingThing> = {
  text: "what is asked",
  figure: "a picture",
  points: "what it is worth",
  answer: "the right answer: the question stays out until it is there",
  reasons: "why options are right or wrong",
  rubric: "what a marker looks for",
  solution: "the worked solution",
};
