/** Which of the files of a run a finding's places stand in: a run leads from file to file, and offsets alone do not tell. */
import { type Inference } from "../infer/analysis";
import type { Module } from "../python/syntax";
import { type AnyNode, nodeAt } from "../python/visit";
import { type RelatedPlace } from "../text/diagnostic";
import { type Span } from "../text/source";
import { type Finding } from "./define";

/** The finding with the paths of places in other files, and without a fix there; undefined where it stands in one itself. */
export function inItsFile(finding: Finding, inference: Inference): Finding | undefined {
  const { related = [], fix } = finding;
  const isElsewhere = (span: Span): boolean => pathOf(span, inference) !== undefined;
  if (isElsewhere(finding.span)) return undefined;
  const placed = related.map((place): RelatedPlace => {
    const path = place.path ?? pathOf(place.span, inference);
    return path === undefined ? place : { ...place, path };
  });
  const isHere = !fix?.edits.some(({ span }) => isElsewhere(span));
  return { ...finding, related: placed, ...(fix && !isHere && { fix: undefined }) };
}

/** The path of another file of the run in which a node stands. */
function pathOf(span: Span, { source, module, main, machine }: Inference): string | undefined {
  if (!("kind" in span) || holds(module, span)) return undefined;
  if (main && holds(main.module, span)) return main.source.path;
  for (const { path, file } of machine.imports.opened.values())
    if (path !== source.path && holds(file.tree, span)) return path;
  return undefined;
}

function holds(module: Module, span: Span): boolean {
  return nodeAt(module, span.start).includes(span as AnyNode);
}
