/** Calls that PyTorch refuses: one finding for each cause, with where what is wrong comes from. */
import { type Inference } from "../../infer/analysis";
import { type Problem } from "../../infer/record/part";
import { type InstanceValue } from "../../infer/values/value";
import { type Refusal } from "../../ops/call";
import { shortName } from "../../ops/define";
import { type Origin, type TensorValue } from "../../ops/value";
import { type Dim } from "../../shape/dim";
import { type Facts } from "../../shape/facts";
import { printDim, printProduct, printShape } from "../../shape/notation";
import { knownDims } from "../../shape/shape";
import { type RelatedPlace } from "../../text/diagnostic";
import type { Expression } from "../../python/syntax";
import { type SourceText, type Span } from "../../text/source";
import { type Finding } from "../define";

/** Why something is refused. */
type About = NonNullable<Refusal["about"]> | "shapes";

/** What is refused for one reason; `isRight` may leave out some. */
export function refusalsOf(
  { record, source, facts }: Inference,
  about: About,
  isRight: (problem: Problem) => boolean = () => true,
): Iterable<Finding> {
  const byPlace = new Map<string, Finding>();
  for (const problem of record.problems) {
    const origin = placeIn(source, problem);
    if (!origin || (problem.refusal.about ?? "shapes") !== about) continue;
    // A branch that nobody can tell may be there for that very type: `if x.dtype.is_floating_point`.
    if ((about !== "shapes" && problem.uncertain) || !isRight(problem)) continue;
    const place = lastLink(origin.span, source);
    const { start, end } = place;
    const key = `${start}-${end}`;
    const known = byPlace.get(key);
    // The same call met again: a certain failure says more than one on a branch.
    if (!known || (known.severity === "warning" && !problem.uncertain && !problem.byDefault))
      byPlace.set(key, report(problem, place, source, facts));
  }
  return byPlace.values();
}

const placeIn = (source: SourceText, { origin, calls }: Problem): Origin | undefined =>
  [origin, ...calls].find(({ path }) => path === source.path);

/** What PyTorch surely refuses at no place of the file, such as a layer that was built outside of it. */
export function refusalOutside({ record, source, facts, machine }: Inference): string | undefined {
  const problem = record.problems.find((one) => !one.uncertain && !one.byDefault && !placeIn(source, one));
  if (!problem) return undefined;
  const { path, span } = problem.origin;
  const elsewhere = machine.imports.opened.get(path)?.file.source;
  const place = elsewhere && `${path.split("/").at(-1)!}:${elsewhere.positionAt(span.start).line + 1}: `;
  return `${place ?? ""}${refusalText(problem, elsewhere ?? source, facts)}`;
}

/** Of a chain of calls over several lines the link that fails: `.view(…)` without what stands before it. */
function lastLink(span: Span, source: SourceText): Span {
  const node = span as Partial<Expression> & Span;
  if (node.kind !== "Call" || node.callee?.kind !== "Attribute") return span;
  const { attribute, value } = node.callee;
  const isOnOneLine = source.positionAt(value.start).line === source.positionAt(attribute.start).line;
  return isOnOneLine ? span : { start: attribute.start, end: span.end };
}

/** A failure inside another file is reported at the call that leads there. */
function report(problem: Problem, place: Span, source: SourceText, facts: Facts): Finding {
  const { refusal, uncertain, byDefault, origin, layer } = problem;
  const from = sourceOf(refusal, origin, source, facts);
  return {
    severity: uncertain || byDefault ? "warning" : "error",
    message: `${circumstances(problem, source)}${refusalText(problem, source, facts)}`,
    span: place,
    related: [...(from?.place ?? []), ...definitionOf(layer, problem, source)],
  };
}

function refusalText({ operation, refusal, origin }: Problem, source: SourceText, facts: Facts): string {
  const { expects, gets, input, axis } = refusal;
  const size = typeof gets === "string" ? gets : describeSize(gets, input, axis, facts);
  const from = sourceOf(refusal, origin, source, facts);
  return `${shortName(operation)} ${expects}${joiner(expects)}${size}${from?.text ?? ""}.`;
}

function circumstances({ uncertain, byDefault, origin }: Problem, source: SourceText): string {
  if (uncertain) return "Where this branch runs: ";
  if (byDefault) return "With the default arguments: ";
  return origin.path === source.path ? "" : "Inside this call: ";
}

function joiner(expects: string): string {
  if (expects.startsWith("expects")) return " but gets ";
  return /(:| not| and)$/.test(expects) ? " " : ": it gets ";
}

/** `400 = 16·5·5` where flattening made the size. */
function describeSize(size: Dim, input: TensorValue | undefined, axis: number | undefined, facts: Facts): string {
  const producer = input?.producer;
  const before =
    producer && /\.(flatten|Flatten|view|reshape)$/.test(producer.operation) ? producer.inputs[0] : undefined;
  const dims = before && knownDims(facts.resolveShape(before.shape));
  const isMerged = dims && axis === knownDims(input!.shape)!.length - 1 && dims.length > 2;
  return isMerged ? printProduct(size, dims.slice(1)) : printDim(size);
}

/** Where the tensor at fault was computed. */
function sourceOf(
  { input, about }: Refusal,
  call: Origin,
  source: SourceText,
  facts: Facts,
): { text: string; place: RelatedPlace[] } | undefined {
  const producer = input?.producer;
  if (!producer) return undefined;
  const name = shortName(producer.operation);
  if (producer.origin.path !== source.path) return { text: ` from ${name}`, place: [] };
  // Inside one call of a Sequential the layers tell apart where they were built.
  const layer = producer.layer as InstanceValue | undefined;
  const isSameCall = producer.origin.span === call.span && layer?.origin.path === source.path;
  const { span } = isSameCall ? layer.origin : producer.origin;
  const line = source.positionAt(span.start).line + 1;
  const given = about === "types" ? input.dtype : undefined;
  const message = `${name} gives ${given ?? printShape(facts.resolveShape(input.shape))} here.`;
  return { text: ` from ${name} (line ${line})`, place: [{ span, message }] };
}

function definitionOf(layer: InstanceValue | undefined, problem: Problem, source: SourceText): RelatedPlace[] {
  if (layer?.origin.path !== source.path || layer.origin.span.start === problem.origin.span.start) return [];
  return [{ span: layer.origin.span, message: `${shortName(problem.operation)} is built here.` }];
}
