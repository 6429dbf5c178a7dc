/** Suppression comments: `# forward-pass: ignore[rule-id, other-rule]` on a line, or `# forward-pass: ignore-file`. */
import { type Inference } from "../infer/analysis";
import type { Comment } from "../python/syntax";
import { type Diagnostic } from "../text/diagnostic";
import { type SourceText } from "../text/source";
import { functionAround, ownFunctions } from "./reading/called";
import { nodesOf } from "./reading/syntax";

export const suppressionPattern = /#\s*forward-pass:\s*ignore(-file)?\s*(?:\[([^\]]*)\])?/;

export interface Suppression {
  readonly silencer: Silencer;
  /** Undefined for the whole file. */
  readonly line: number | undefined;
  /** Undefined for every rule. */
  readonly rules: readonly string[] | undefined;
  /** The rules of which it silenced something. */
  readonly used: ReadonlySet<string>;
}

export interface Suppressed {
  /** What no comment silences. One that spans several lines is silenced on its first or its last. */
  readonly left: readonly Diagnostic[];
  readonly suppressions: readonly Suppression[];
}

/** A comment that may silence something. */
export interface Silencer {
  readonly comment: Comment;
  /** It stands for functions that the file itself does not call: what it silences, other programs may show. */
  readonly waits: boolean;
}

export function silencersIn(inference: Inference): Silencer[] {
  const comments = inference.module.comments.filter(({ text }) => suppressionPattern.test(text));
  if (comments.length === 0) return [];
  const functions = nodesOf(inference, "FunctionDef");
  const own = new Set(ownFunctions(inference));
  return comments.map((comment) => {
    const isForFile = suppressionPattern.exec(comment.text)?.[1] !== undefined;
    const around = functionAround(inference, comment);
    const waits = isForFile ? functions.some((one) => !own.has(one)) : around !== undefined && !own.has(around);
    return { comment: { text: comment.text, start: comment.start, end: comment.end }, waits };
  });
}

export function suppress(
  diagnostics: readonly Diagnostic[],
  silencers: readonly Silencer[],
  source: SourceText,
): Suppressed {
  const suppressions = silencers.flatMap((silencer) => read(silencer, source));
  const left = diagnostics.filter(({ rule, span }) => {
    const lines = [source.positionAt(span.start).line, source.positionAt(span.end).line];
    const by = suppressions.filter(
      (suppression) =>
        (suppression.line === undefined || lines.includes(suppression.line)) &&
        (suppression.rules?.includes(rule) ?? true),
    );
    for (const { used } of by) used.add(rule);
    return by.length === 0;
  });
  return { left, suppressions };
}

function read(silencer: Silencer, source: SourceText): (Suppression & { used: Set<string> })[] {
  const { comment } = silencer;
  const match = suppressionPattern.exec(comment.text);
  if (!match) return [];
  const [, wholeFile, rules] = match;
  const { line } = source.positionAt(comment.start);
  const named = rules?.split(",").map((rule) => rule.trim());
  return [{ silencer, line: wholeFile ? undefined : line, rules: named, used: new Set() }];
}
