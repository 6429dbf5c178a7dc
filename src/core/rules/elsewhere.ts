/**
 * What the run of one file shows of the other files of the program. The rules read each of them with the facts of that run:
 * which optimizer the imported function is given, which loss, which model. What they find there holds for the run, and
 * stands in the file where the mistake is.
 */
import { type Inference } from "../infer/analysis";
import { regionsAround } from "../infer/trace";
import type { FunctionDef } from "../python/syntax";
import { type Diagnostic, type RelatedPlace } from "../text/diagnostic";
import { type SourceText, type Span } from "../text/source";
import { findingsIn } from "./check";
import { calledIn, functionAround, ownFunctions } from "./reading/called";
import { nodesOf } from "./reading/syntax";
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

/** Of files of which nothing but their own statements was run, each says as much by itself. */
export function elsewhere(inference: Inference, options: ElsewhereOptions): Elsewhere[] {
  const { machine } = inference;
  return [...machine.imports.opened.values()].flatMap(({ path, file, scope }): Elsewhere[] => {
    const settings = path === options.self ? undefined : options.settingsFor(path);
    if (!settings) return [];
    const view: Inference = { ...inference, source: file.source, module: file.tree, scope, main: inference };
    const called = calledIn(view);
    if (called.length === 0) return [];
    const shown = findingsIn(view, settings, options.failed).flatMap((diagnostic): Shown[] => {
      const around = functionAround(view, diagnostic.span);
      if ((around && !called.includes(around)) || notElsewhere.has(diagnostic.rule)) return [];
      return [{ diagnostic: fromRun(diagnostic, around, inference, options), inside: around?.start }];
    });
    const ran = ownFunctions(view).map(({ start }) => start);
    return [{ path, source: file.source, silencers: silencersIn(view), shown, ran }];
  });
}

/** Reported at the call that leads there, in the file that is run. */
const notElsewhere = new Set(["shape-mismatch"]);

/** Says in which run it is seen, and where that run comes to it. */
function fromRun(
  found: Diagnostic,
  around: FunctionDef | undefined,
  run: Inference,
  { name }: ElsewhereOptions,
): Diagnostic {
  const place = around && placeOfCall(around, run);
  const related: RelatedPlace[] = place
    ? [{ path: run.source.path, span: { start: place.start, end: place.end }, message: "The call that leads there." }]
    : [];
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
