/** Answers that were typed but not graded yet: one value a question, so that leaving it or a crash loses none. */
import type { Response } from "../answer";
import type { KeptKind } from "./keptValues";

/** By part. One without a response was graded or taken back: it outdates what another window still holds. */
export type Drafts = Readonly<Record<string, Draft>>;

export interface Draft {
  /** In ISO 8601. */
  readonly at: string;
  readonly response?: Response;
}

const version = 1;

export const draftKind: KeptKind<Drafts> = {
  ending: ".json",
  read: readDrafts,
  write: (parts) => JSON.stringify({ version, parts }),
  join: (earlier, later) => {
    const joined: Record<string, Draft> = { ...later };
    for (const [part, draft] of Object.entries(earlier)) if (draft.at > (joined[part]?.at ?? "")) joined[part] = draft;
    return joined;
  },
};

/** The responses to lay on the table. `since`: what was typed into a part before that moment is over. */
export function openDrafts(
  drafts: Drafts,
  since: (part: string) => string = () => "",
): Readonly<Record<string, Response>> {
  return Object.fromEntries(
    Object.entries(drafts).flatMap(([part, { at, response }]) =>
      response && at >= since(part) ? [[part, response]] : [],
    ),
  );
}

function readDrafts(text: string): Drafts | undefined {
  try {
    const value = JSON.parse(text) as { version?: unknown; parts?: unknown } | null;
    const parts = value?.version === version ? value.parts : undefined;
    if (typeof parts !== "object" || parts === null) return undefined;
    return Object.fromEntries(Object.entries(parts).filter(([, draft]) => isDraft(draft)));
  } catch {
    return undefined;
  }
}

function isDraft(value: unknown): value is Draft {
  const { at, response } = (value ?? {}) as Record<string, unknown>;
  if (typeof at !== "string") return false;
  if (response === undefined) return true;
  if (typeof response !== "object" || response === null) return false;
  const { text, chosen } = response as Record<string, unknown>;
  return ["string", "undefined"].includes(typeof text) && (chosen === undefined || Array.isArray(chosen));
}
