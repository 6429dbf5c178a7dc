/** What can be written in a bank, and what it says: the words that completion offers. */
import type { KindName } from "../kinds/registry";
import type { FenceName } from "../reader/blocks";
import type { MissingThing } from "../reader/missing";

type Words<Name extends string = string> = Readonly<Record<Name, string>>;

export const fenceWords: Words<FenceName> = {
  answer: "what a machine grades: a kind and its fields",
  params: "numbers that are drawn: the question becomes a drill",
  rubric: "what a marker looks for, points first",
  hint: "one hint; several stand from the gentlest to the plainest",
  solution: "the worked solution, shown after an attempt",
  missing: "what a draft still lacks",
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

export const frontWords: Words = {
  id: "the bank's name in progress and links: small letters, digits, hyphens",
  title: "the bank's name for people",
  course: "what it belongs to",
  licence: "under which terms it may be used",
  minutes: "time for the whole, as an exam",
  symbols: "the symbols of its formulas, with their domains",
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
