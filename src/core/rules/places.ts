/** Which of the files of a run a finding's places stand in: a run leads from file to file, and offsets alone do not tell. */
import { type Inference } from "../infer/analysis";
import type { ModuleFile } from "../python/modules";
import type { Module } from "../python/syntax";
import { type AnyNode, nodeAt } from "../python/visit";
import { type RelatedPlace, placeIn } from "../text/diagnostic";
import { type SourceText, type Span } from "../text/source";
import { type Finding } from "./define";

/** The finding with the paths of places in other files, and without a fix there; undefined where it stands in one itself. */
export function inItsFile(finding: Finding, inference: Inference): Finding | undefined {
  const { related = [], fix } = finding;
  const isElsewhere = (span: Span): boolean => fileOf(span, inference) !== undefined;
  if (isElsewhere(finding.span)) return undefined;
  const placed = related.map((place): RelatedPlace => {
    const file = filesOf(inference).find(({ path }) => path === place.path)?.source ?? fileOf(place.span, inference);
    return file && file.path !== inference.source.path ? placeIn(file, place.span, place.message) : place;
  });
  const isHere = !fix?.edits.some(({ span }) => isElsewhere(span));
  return { ...finding, related: placed, ...(fix && !isHere && { fix: undefined }) };
}

/** Another file of the run in which a node stands. */
function fileOf(span: Span, inference: Inference): SourceText | undefined {
  if (!("kind" in span) || holds(inference.module, span)) return undefined;
  return filesOf(inference).find(({ tree }) => holds(tree, span))?.source;
}

/** All files of the run; those of libraries too. */
function filesOf({ source, module, main, machine }: Inference): readonly ModuleFile[] {
  const own = main ?? { source, module };
  const opened = [...machine.imports.opened.values()].map(({ file }) => file);
  return [{ path: own.source.path, source: own.source, tree: own.module }, ...opened];
}

function holds(module: Module, span: Span): boolean {
  return nodeAt(module, span.start).includes(span as AnyNode);
}
