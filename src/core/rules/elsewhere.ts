/**
 * What the run of one file shows of the other files of the program. The rules read each of them with the facts of that run:
 * which optimizer the imported function is given, which loss, which model. What they find there holds for the run, and
 * stands in the file where the mistake is.
 */
import { type Inference } from "../infer/analysis";
import { regionsAround } from "../infer/record/trace";
import type { FunctionDef } from "../python/syntax";
import { type Diagnostic, placeIn } from "../text/diagnostic";
import { type SourceText, type Span } from "../text/source";
import { createCauses } from "./causes";
import { findingsIn } from "./check";
import { calledIn, functionAround, ownFunctions } from "./reading/called";
import { nodesOf } from "./reading/syntax";
import { isTraining } from "./reading/training";
import { type RuleFailed } from "./run";
import { type RuleSettings } from "./settings";
import { type Silencer, silencersIn } from "./suppression";

/** A finding, and where the innermost function around it begins; undefined outside of functions. */
export interface Shown {
  readonly diagnostic: Diagnostic;
  readonly inside: number | undefined;
}

/** What a run shows of a file that it imports. */
export interface Elsewhere {
  readonly path: string;
  readonly source: SourceText;
  readonly silencers: readonly Silencer[];
  readonly shown: readonly Shown[];
  /** Where the functions of the file begin that the run calls, other than to see what becomes of them. */
  readonly ran: readonly number[];
  readonly trains: boolean;
}

export interface ElsewhereOptions {
  /** The settings for a file; undefined where nothing is to be said of it. */
  readonly settingsFor: (path: string) => RuleSettings | undefined;
  /** How the message calls the file that is run. */
  readonly name: string;
  /** The path of that file as imports find it. */
  readonly self: string;
  readonly failed?: RuleFailed | undefined;
}

/**
 * Nothing of files of which nothing but their own statements was run: each says as much by itself. Nor of a run that was
 * broken off, which may have left out what makes up for a mistake.
 */
export function elsewhere(
  inference: Inference & { found: readonly Diagnostic[] },
  options: ElsewhereOptions,
): Elsewhere[] {
  if (inference.incomplete) return [];
  const views = [...inference.machine.imports.opened.values()].flatMap(({ path, file, scope }): View[] => {
    const settings = path === options.self ? undefined : options.settingsFor(path);
    const view: Inference = { ...inference, source: file.source, module: file.tree, scope, main: inference };
    if (!settings || calledIn(view).length === 0) return [];
    const found = findingsIn(view, settings, options.failed).filter((one) => isOfRun(one, view));
    return [{ view, found }];
  });
  const causes = onlyCauses({ view: inference, found: inference.found }, views);
  const trains = isTraining(inference);
  return views.map(({ view, found }) => ({
    path: view.source.path,
    source: view.source,
    silencers: silencersIn(view),
    shown: found
      .filter((one) => causes.has(one))
      .map((one) => {
        const around = functionAround(view, one.span);
        return { diagnostic: fromRun(one, around, inference, options), inside: around?.start };
      }),
    ran: ownFunctions(view).map(({ start }) => start),
    trains,
  }));
}

interface View {
  readonly view: Inference;
  readonly found: readonly Diagnostic[];
}

/** In a function that the run calls, or outside of functions. */
function isOfRun({ rule, span }: Diagnostic, view: Inference): boolean {
  const around = functionAround(view, span);
  return !notElsewhere.has(rule) && (!around || calledIn(view).includes(around));
}

/** What the file says that is run goes first, then what can be mended. */
function onlyCauses(own: View, others: readonly View[]): ReadonlySet<Diagnostic> {
  const causes = createCauses();
  const take = ({ view, found }: View): Diagnostic[] => found.filter((one) => causes.take(view.source.path, one));
  const among = (isWanted: (found: Diagnostic) => boolean): View[] =>
    others.map(({ view, found }) => ({ view, found: found.filter(isWanted) }));
  const isMendable = ({ fixes }: Diagnostic): boolean => fixes.length > 0;
  return new Set([own, ...among(isMendable), ...among((one) => !isMendable(one))].flatMap(take));
}

/** Reported at the call that leads there, in the file that is run. */
const notElsewhere = new Set(["shape-mismatch", "dtype-mismatch", "missing-attribute", "wrong-arguments"]);

/** Says in which run it is seen, and where that run comes to it. */
function fromRun(
  found: Diagnostic,
  around: FunctionDef | undefined,
  run: Inference,
  { name }: ElsewhereOptions,
): Diagnostic {
  const place = around && placeOfCall(around, run);
  const related = place ? [placeIn(run.source, place, "The call that leads there.")] : [];
  return {
    ...found,
    message: `${found.message} (Seen in the run of ${name}.)`,
    related: [...found.related, ...related],
  };
}

/** The outermost call in the file that is run during which a function is called. */
function placeOfCall(target: FunctionDef, run: Inference): Span | undefined {
  const own = new Set<Span>(nodesOf(run, "Call"));
  for (const { region } of run.record.calls) {
    const around = [...regionsAround(region)].filter((at) => at.kind === "call");
    if (!around.some(({ node }) => node === target)) continue;
    const outermost = around.findLast(({ at }) => own.has(at));
    if (outermost) return outermost.at;
  }
  return undefined;
}
