/** Every kind of answer, by the name that banks use for it: a new kind is a file of its own and a line here. */
import type { Grade, InputKind, Reading, Response } from "../answer";
import type { AnswerBlock, BlockContext } from "../answerBlock";
import { multiple, single } from "./choice";
import { code } from "./code";
import { count } from "./count";
import { formula } from "./formula";
import type { AnswerKind, GradingTools, PlacedFault } from "./kind";
import { line } from "./line";
import { matrix } from "./matrix";
import { number } from "./number";
import { open } from "./open";
import { ordering } from "./ordering";
import { shape } from "./shape";

const kinds = { single, multiple, number, count, shape, matrix, formula, ordering, line, code, open };

export type KindName = keyof typeof kinds;
type SpecOf = { [Name in KindName]: (typeof kinds)[Name] extends AnswerKind<infer Spec> ? Spec : never };
/** What an answer has to be, one type for each kind. */
export type AnswerSpec = SpecOf[KindName];
type Named<Name extends KindName> = SpecOf[Name] & { readonly kind: Name };

const table: { readonly [Name in KindName]: AnswerKind<SpecOf[Name]> } = kinds;

export const kindNames = Object.keys(kinds) as readonly KindName[];

export function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name);
}

/** How an answer of this kind is given. */
export function inputOf(kind: KindName): InputKind {
  return table[kind].input;
}

/** Whether a drill's `value` of this kind is computed by the engine. */
export function isComputed(kind: KindName): boolean {
  return table[kind].computed;
}

/** The answer that a block asks for; what is wrong with the block is reported, and then there is none. */
export function readAnswer(kind: KindName, block: AnswerBlock, context: BlockContext): AnswerSpec | undefined {
  return table[kind].read(block, context);
}

/** How a response is understood; to be shown before grading. */
export function understand<Name extends KindName>(spec: Named<Name>, response: Response): Reading {
  return table[spec.kind].understand(spec, response);
}

/** Grades a response. What cannot be read, or read in one way only, is not an attempt. */
export function grade<Name extends KindName>(spec: Named<Name>, response: Response, tools: GradingTools = {}): Grade {
  const kind = table[spec.kind];
  const reading = kind.understand(spec, response);
  if (reading.state === "unreadable") return { state: "unreadable", problem: reading.problem };
  if (reading.state === "ambiguous") return { state: "unreadable", problem: reading.ask };
  if (reading.state === "empty" && kind.input !== "text" && kind.input !== "many") {
    return { state: "unreadable", problem: "There is no answer yet." };
  }
  return kind.grade(spec, response, tools);
}

/** The right answer, Markdown; empty where only the solution can say it. */
export function expected<Name extends KindName>(spec: Named<Name>): string {
  return table[spec.kind].expected(spec);
}

/** Faults that only trying the answer out shows. */
export function selfTest<Name extends KindName>(
  spec: Named<Name>,
  tools: GradingTools = {},
): readonly (string | PlacedFault)[] {
  return table[spec.kind].selfTest(spec, tools);
}
