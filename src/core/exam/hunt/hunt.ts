/** A bug hunt: a correct program with one to three bugs in it, all of it given by a number. */
import { type PythonParser } from "../../python/parser";
import { findRule } from "../../rules/registry";
import { SourceText } from "../../text/source";
import { randomFrom, seedFrom } from "../random";
import { type Facts, factsOf } from "./facts";
import { type Bug, areApart, bugsFor, plant } from "./plant";
import { type HuntProgram, huntPrograms } from "./programs";

/** A bug with the rules that find it. */
export interface HuntBug {
  readonly bug: Bug;
  /** The mutation's rules that speak when this bug is alone in the program. */
  readonly rules: readonly string[];
  readonly harm: Harm;
  /** Where it was planted, as a line of the correct program with its header, from 0. */
  readonly line: number;
}

/** What a bug alone does to its program. */
export interface Harm {
  /** Every rule that speaks then, and how much more often. */
  readonly aroused: ReadonlyMap<string, number>;
  /** What the program no longer does, or not as often. */
  readonly undone: readonly string[];
}

export interface Hunt {
  /** Brings the same hunt back, as long as the programs and the rules that find its bugs stay as they are. */
  readonly number: number;
  readonly program: HuntProgram;
  /** In the order of their places. */
  readonly bugs: readonly HuntBug[];
  /** Both with the header; what is given to the student, and what it was made of. */
  readonly planted: SourceText;
  readonly correct: SourceText;
}

export interface Hunts {
  readonly draw: (number: number) => Hunt;
  /**
   * A program with bugs that are named by their mutations, each in the first place where it fits and is found. Undefined
   * where there is no such program, or one of the bugs does not fit or is not found.
   */
  readonly compose: (program: string, mutations: readonly string[]) => Hunt | undefined;
  /** What is known of a text; kept for the programs of hunts. */
  readonly factsOf: (text: SourceText) => Facts;
}

const mostBugs = 3;

/** Draws hunts; what a bug arouses is found out once. */
export function createHunts(parser: PythonParser): Hunts {
  const facts = new Map<string, Facts>();
  const grounds = new Map<string, Ground>();
  const factsOfText = (text: SourceText): Facts => {
    const known = facts.get(text.text) ?? factsOf(parser, text);
    // The programs with one bug each are a few hundred; what students type is not kept for ever.
    if (facts.size > 600) facts.clear();
    facts.set(text.text, known);
    return known;
  };
  const groundOf = (program: HuntProgram): Ground => {
    const known = grounds.get(program.id) ?? layGround(parser, program, factsOfText);
    grounds.set(program.id, known);
    return known;
  };
  const compose = (id: string, ids: readonly string[]): Hunt | undefined => {
    const program = huntPrograms.find((candidate) => candidate.id === id);
    const ground = program && groundOf(program);
    const chosen = ids.map((mutation) =>
      ground?.bugs.find(({ bug }) => bug.mutation.id === mutation && isFound(bug, ground.harmOf(bug).aroused)),
    );
    if (!program || !ground || chosen.includes(undefined)) return undefined;
    return layHunt(
      0,
      program,
      ground,
      chosen.flatMap((named) => named?.bug ?? []),
    );
  };
  const draw = (number: number): Hunt => {
    const program = programOf(number);
    const ground = groundOf(program);
    const wanted = 1 + Math.floor(randomFrom(seedFrom(`${number}/bugs`))() * mostBugs);
    return layHunt(number, program, ground, chooseBugs(number, ground, wanted, factsOfText));
  };
  return { factsOf: factsOfText, draw, compose };
}

/** The program of a hunt, known without drawing its bugs. */
export function programOf(number: number): HuntProgram {
  return byWeight(huntPrograms, ({ id }) => `${number}/program/${id}`)[0]!;
}

/** A program with all bugs that fit into it. */
interface Ground {
  readonly source: SourceText;
  readonly bugs: readonly { readonly bug: Bug; readonly name: string }[];
  readonly harmOf: (bug: Bug) => Harm;
}

function layGround(parser: PythonParser, program: HuntProgram, facts: (text: SourceText) => Facts): Ground {
  const source = new SourceText(`${program.id}.py`, program.text);
  const bugs = bugsFor(parser, source).filter(({ mutation }) => mutation.rules.some((rule) => findRule(rule)));
  const harms = new Map<Bug, Harm>();
  const harmOf = (bug: Bug): Harm => {
    const known = harms.get(bug) ?? harmBetween(facts(source), facts(plant(source, [bug])));
    harms.set(bug, known);
    return known;
  };
  // The name of a place stays when other bugs join the table: a number keeps its bugs unless a new one comes before them.
  const places = new Map<string, number>();
  const named = bugs.map((bug) => {
    const place = places.get(bug.mutation.id) ?? 0;
    places.set(bug.mutation.id, place + 1);
    return { bug, name: `${bug.mutation.id}/${place}` };
  });
  return { source, bugs: named, harmOf };
}

function harmBetween(before: Facts, after: Facts): Harm {
  return { aroused: moreThan(before, after), undone: fewerDeeds(before, after) };
}

/** What a program does that another does not, or not as often. */
export function fewerDeeds(before: Facts, after: Facts): string[] {
  return [...before.deeds].filter(([words, count]) => (after.deeds.get(words) ?? 0) < count).map(([words]) => words);
}

/** How many findings of each rule one program has more than another. */
export function moreThan(before: Facts, after: Facts): Map<string, number> {
  const more = new Map<string, number>();
  const [left, right] = [countsOf(before), countsOf(after)];
  for (const [rule, count] of right) {
    const grown = count - (left.get(rule) ?? 0);
    if (grown > 0) more.set(rule, grown);
  }
  return more;
}

function countsOf({ diagnostics }: Facts): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of diagnostics) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/** Sorted by what a hash gives to each: a list that grows keeps its order. */
function byWeight<T>(list: readonly T[], name: (item: T) => string): T[] {
  return list
    .map((item) => ({ item, weight: randomFrom(seedFrom(name(item)))() }))
    .sort((a, b) => a.weight - b.weight)
    .map(({ item }) => item);
}

function layHunt(number: number, program: HuntProgram, ground: Ground, chosen: readonly Bug[]): Hunt {
  const header = headerOf(number, program, chosen.length);
  const bugs = chosen
    .map((bug) => ({
      bug,
      harm: ground.harmOf(bug),
      rules: bug.mutation.rules.filter((rule) => ground.harmOf(bug).aroused.has(rule)),
      line: ground.source.positionAt(bug.planting.span.start).line + header.split("\n").length - 1,
    }))
    .sort((a, b) => a.line - b.line);
  const text = (source: SourceText): SourceText => new SourceText(source.path, header + source.text);
  return { number, program, bugs, planted: text(plant(ground.source, chosen)), correct: text(ground.source) };
}

/** Only bugs that are found: each alone, and all of them together. */
function chooseBugs(number: number, ground: Ground, wanted: number, facts: (text: SourceText) => Facts): Bug[] {
  const chosen: Bug[] = [];
  const byPlace = byWeight(ground.bugs, ({ name }) => `${number}/${name}`);
  // Each kind has the same chance, in however many places it fits.
  for (const { bug } of byWeight(byPlace, ({ bug: { mutation } }) => `${number}/${mutation.id}`)) {
    if (chosen.length === wanted) break;
    if (!chosen.every((other) => areApart(bug, other)) || !isFound(bug, ground.harmOf(bug).aroused)) continue;
    const all = [...chosen, bug];
    if (!all.every((one) => all.every((other) => one === other || !isConfused(one, ground.harmOf(other).aroused))))
      continue;
    const together = moreThan(facts(ground.source), facts(plant(ground.source, all)));
    if (all.every((one) => isFound(one, together))) chosen.push(bug);
  }
  return chosen;
}

const isFound = ({ mutation }: Bug, aroused: ReadonlyMap<string, number>): boolean =>
  mutation.rules.some((rule) => aroused.has(rule));

/** Whether another bug would make a mended one look unmended. */
const isConfused = isFound;

function headerOf(number: number, { title, task }: HuntProgram, bugs: number): string {
  const count = bugs === 1 ? "one bug is" : `${["no", "one", "two", "three"][bugs] ?? bugs} bugs are`;
  return [
    `# Bug hunt ${number}: ${title.charAt(0).toLowerCase()}${title.slice(1)}.`,
    ...wrapped(`${task} But ${count} in it.`),
    ...wrapped("Mend what keeps it from training as it should. Leave its classes and functions, and what they return."),
    "",
    "",
  ].join("\n");
}

const widest = 80;

/** Lines of a comment. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= widest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}
