/**
 * A text that is being written, and its tree: after an edit only the top-level statements around it are read, and the
 * nodes of all others stay the same objects, moved to where they are now. The result is that of reading the whole text.
 */
import { type Edit, editBetween, moved, touched } from "./edit";
import type { ClassDef, FunctionDef, Module, Statement } from "./syntax";

export interface LiveText {
  /** The tree of the text as it is now. The tree of the reading before must not be used any more. */
  read(text: string): LiveReading;
}

export interface LiveReading {
  readonly module: Module;
  /** What has become another since the last reading without errors: the body of one function, or more than that. */
  readonly changed: FunctionDef | "nothing" | "more";
}

export function createLiveText(parse: (text: string) => Module): LiveText {
  let last: { readonly text: string; readonly module: Module } | undefined;
  return {
    read: (text) => {
      const edited = last && readEdited(last.module, editBetween(last.text, text), parse);
      const reading = edited ?? { module: parse(text), changed: "more" as const };
      if (reading.module.errors.length === 0) last = { text, module: reading.module };
      return reading;
    },
  };
}

/** Undefined where the statements around the edit do not stand for themselves. */
function readEdited(module: Module, edit: Edit, parse: (text: string) => Module): LiveReading | undefined {
  const { before, after, head, tail } = touched(module.body, edit);
  const middle = edit.text.slice(head, tail + edit.shift);
  const isOpen = after < module.body.length && /\\\s*$/.test(middle);
  const own = isOpen ? undefined : parse(middle);
  if (!own || own.errors.length > 0) return undefined;
  const news = own.body.map((statement) => moved(statement, head));
  for (const statement of module.body.slice(after)) moved(statement, edit.shift);
  const { body, changed } = merged(module.body.slice(before, after), news, edit);
  return {
    module: {
      kind: "Module",
      body: [...module.body.slice(0, before), ...body, ...module.body.slice(after)],
      errors: [],
      comments: [
        ...module.comments.filter(({ end }) => end <= head),
        ...own.comments.map((comment) => moved(comment, head)),
        ...module.comments
          .filter(({ start }) => after < module.body.length && start >= tail)
          .map((comment) => moved({ ...comment }, edit.shift)),
      ],
      start: 0,
      end: edit.text.length,
    },
    changed,
  };
}

interface Merged extends Pick<LiveReading, "changed"> {
  readonly body: readonly Statement[];
}

/** The old statements where they are the same, with the one that is not; the new ones where more differs. */
function merged(olds: readonly Statement[], news: readonly Statement[], edit: Edit): Merged {
  const others = olds.length === news.length ? olds.filter((old, i) => !edit.isSame(old, news[i]!)) : olds;
  const [other] = others;
  const isAlone = olds.length === news.length && others.length <= 1;
  const at = other ? olds.indexOf(other) : -1;
  const changed = !isAlone ? "more" : other ? grafted(other, news[at]!, edit) : "nothing";
  if (changed === "more") return { body: news, changed };
  for (const old of olds) if (old !== other && edit.isBehind(old)) moved(old, edit.shift);
  return { body: [...olds], changed };
}

/** Gives the old node what is new in the new one, where that is in the body of one function. */
function grafted(old: Statement, now: Statement, edit: Edit): LiveReading["changed"] {
  if (old.kind === "FunctionDef" && now.kind === "FunctionDef" && edit.isInBody(old, now)) {
    Object.assign(old, { body: now.body, end: now.end } satisfies Partial<FunctionDef>);
    return old;
  }
  if (old.kind !== "ClassDef" || now.kind !== "ClassDef" || !edit.isInBody(old, now)) return "more";
  const { body, changed } = merged(old.body, now.body, edit);
  if (changed !== "more") Object.assign(old, { body, end: now.end } satisfies Partial<ClassDef>);
  return changed;
}
