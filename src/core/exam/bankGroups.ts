/** How the view of the exams divides the banks, so that nobody has to look for something in a list of dozens. */
import { type Bank } from "./question";

export interface BankGroup {
  readonly id: "own" | "exams" | "topics" | "bugs" | "practice";
  readonly title: string;
  /** Whether it stands open before anybody has touched it. */
  readonly open: boolean;
  readonly has: (bank: Bank) => boolean;
}

/** A bank of the workspace has the address of its file, one that comes along a path. */
export const isOwn = ({ path }: Bank): boolean => path.includes(":");

/** In the order of the view; a bank belongs to the first group that has it. */
export const bankGroups: readonly BankGroup[] = [
  { id: "own", title: "Your banks", open: true, has: isOwn },
  { id: "exams", title: "Exams", open: true, has: ({ minutes }) => minutes !== undefined },
  { id: "topics", title: "Topics", open: false, has: ({ title }) => title.startsWith("By topic: ") },
  { id: "bugs", title: "Bugs", open: false, has: ({ title }) => title.startsWith("Bugs ") },
  { id: "practice", title: "Practice", open: false, has: () => true },
];

export const groupOf = (bank: Bank): BankGroup => bankGroups.find(({ has }) => has(bank))!;

/** What the titles of a group begin with is left out, the view being narrow. */
export function shortTitle({ course, title }: Bank): string {
  const prefix = [`${course}: `, "By topic: "].find((start) => title.startsWith(start)) ?? "";
  const short = title.slice(prefix.length);
  return short.slice(0, 1).toUpperCase() + short.slice(1);
}
