/**
 * The run as a tree of regions: which loop, which round of it, which side of a test, which call and which `with` something
 * happened in. Readers of training programs ask it for the order of things.
 */
import type { Node } from "../../python/syntax";
import { type Span } from "../../text/source";
import { type Value } from "../values/value";

/** Whether operations build a graph for the backward pass; undefined where that depends on the run. */
export type GradMode = boolean | undefined;

export type Region = RegionKind & {
  readonly parent: Region | undefined;
  /** Of the file that the region stands in. */
  readonly path: string;
};

export type RegionKind =
  /** A loop as a whole; `over` is what a `for` iterates over. */
  | { readonly kind: "loop"; readonly node: Node; readonly over?: Value }
  /** A round of the loop around it. A loop of an unknown number of rounds has an `open` round for all of them. */
  | { readonly kind: "round"; readonly index: number; readonly open: boolean }
  /** One side of a test whose outcome is not known, or a part of a `try`: it may not happen. */
  | { readonly kind: "branch"; readonly side: number; readonly node: Node | undefined }
  | { readonly kind: "call"; readonly node: Node; readonly name: string; readonly at: Span }
  /** The body of a `with`, or of a function with such a decorator; `name` is that of the library's function. */
  | { readonly kind: "context"; readonly node: Span; readonly name: string | undefined };

/** A region of such a kind. Written out part by part: a spread would make each an object of a form of its own. */
export function regionIn(kind: RegionKind, parent: Region | undefined, path: string): Region {
  switch (kind.kind) {
    case "loop":
      return kind.over
        ? { kind: "loop", node: kind.node, over: kind.over, parent, path }
        : { kind: "loop", node: kind.node, parent, path };
    case "round":
      return { kind: "round", index: kind.index, open: kind.open, parent, path };
    case "branch":
      return { kind: "branch", side: kind.side, node: kind.node, parent, path };
    case "call":
      return { kind: "call", node: kind.node, name: kind.name, at: kind.at, parent, path };
    case "context":
      return { kind: "context", node: kind.node, name: kind.name, parent, path };
  }
}

/** The regions around a place, the innermost first. */
export function* regionsAround(region: Region | undefined): Iterable<Region> {
  for (let at = region; at; at = at.parent) yield at;
}

/** Contexts that say whether gradients are kept. `torch.set_grad_enabled` depends on its argument. */
const gradModes: Readonly<Record<string, GradMode>> = {
  "torch.no_grad": false,
  "torch.inference_mode": false,
  "torch.enable_grad": true,
  "torch.set_grad_enabled": undefined,
};

export function gradModeIn(region: Region | undefined): GradMode {
  for (const at of regionsAround(region))
    if (at.kind === "context" && at.name !== undefined && at.name in gradModes) return gradModes[at.name];
  return true;
}
