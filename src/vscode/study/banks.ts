/** The banks that a student can choose from, and the ways to find something in them. */
import { builtinBanks } from "../../core/exam/builtin";
import type { Bank, DrillTemplate, Question } from "../../core/exam/question";
import type { ReadBank } from "../../core/exam/bank";

/** A place in the study: `bank/question`, the question being a drill's template for a drill. */
export type Reference = string;

export interface Found<Entry> {
  readonly bank: Bank;
  readonly question: Entry;
}

export const referenceTo = (bank: Bank, question: { readonly id: string }): Reference => `${bank.id}/${question.id}`;

let ofWorkspace: readonly ReadBank[] = [];

/** Puts the banks of the workspace beside the built-in ones, in place of those before. */
export function setWorkspaceBanks(reads: readonly ReadBank[]): void {
  ofWorkspace = reads;
}

export const readBanks = (): readonly ReadBank[] => [...builtinBanks(), ...ofWorkspace];

export const allBanks = (): readonly Bank[] => readBanks().map(({ bank }) => bank);

export const bankAt = (id: string): Bank | undefined => allBanks().find((bank) => bank.id === id);

/** The banks that can be sat as a whole: those with a time. */
export const allExams = (): readonly Bank[] => allBanks().filter(({ minutes }) => minutes !== undefined);

export const allQuestions = (): readonly Found<Question>[] =>
  allBanks().flatMap((bank) => bank.questions.map((question) => ({ bank, question })));

export const allDrills = (): readonly Found<DrillTemplate>[] =>
  allBanks().flatMap((bank) => bank.drills.map((question) => ({ bank, question })));

export const questionAt = (reference: Reference): Found<Question> | undefined =>
  allQuestions().find(({ bank, question }) => referenceTo(bank, question) === reference);

export const drillAt = (reference: Reference): Found<DrillTemplate> | undefined =>
  allDrills().find(({ bank, question }) => referenceTo(bank, question) === reference);
