/** Finding old names, and writing new ones in their place. */
import { type Inference } from "../../infer/analysis";
import { type CallRecord } from "../../infer/record/part";
import type { Call, Keyword } from "../../python/syntax";
import { isKind } from "../../python/visit";
import { type Finding } from "../define";
import { callAt, callsOf } from "../reading/calls";
import { nameOfLibrary } from "../reading/edits";
import { libraryPath } from "../reading/names";
import { ancestorsOf, nodesOf } from "../reading/syntax";
import { type OldArgument, type OldName } from "./apiTable";

export interface OldUse {
  readonly row: OldName;
  readonly call: CallRecord;
  readonly fix: Pick<Finding, "fix">;
}

/** The calls of old names, but for those that ask for the version first. */
export function usesOf(inference: Inference, rows: readonly OldName[]): OldUse[] {
  return rows.flatMap((row) =>
    callsOf(inference, row.name)
      .filter((call) => !isGuarded(inference, call))
      .map((call) => ({ row, call, fix: renamed(inference, row, call) })),
  );
}

export function isGuarded(inference: Inference, { origin }: CallRecord): boolean {
  const node = callAt(origin.span);
  if (!node) return false;
  for (const at of ancestorsOf(inference, node)) {
    if (isKind(at, "Try")) return true;
    const test = isKind(at, "If") || isKind(at, "Conditional") ? at.test : undefined;
    if (test && /version|hasattr/i.test(inference.source.slice(test))) return true;
  }
  return false;
}

function renamed(inference: Inference, { rename, instead }: OldName, { origin }: CallRecord): Pick<Finding, "fix"> {
  const callee = callAt(origin.span)?.callee;
  const library = rename && nameOfLibrary(inference, rename[0]);
  if (!callee || !rename || library === undefined || callee.kind !== "Attribute") return {};
  return { fix: { title: `Write ${instead}`, edits: [{ span: callee, text: `${library}.${rename[1]}` }] } };
}

export interface OldArgumentUse {
  readonly row: OldArgument;
  readonly node: Call;
  readonly keyword: Keyword;
}

/** The calls that are given an old argument by its name. */
export function argumentsOf(inference: Inference, rows: readonly OldArgument[]): OldArgumentUse[] {
  return nodesOf(inference, "Call").flatMap((node) => {
    const given = rows.flatMap((row) => {
      const keyword = node.keywords.find(({ name }) => name?.name === row.argument);
      return keyword ? [{ row, node, keyword }] : [];
    });
    const called = given.length > 0 ? (libraryPath(node.callee, inference) ?? "") : "";
    return given.filter(({ row }) => row.calls.test(called));
  });
}
