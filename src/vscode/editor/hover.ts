/** Hovers: the shape of a tensor, what a layer does, how many parameters it has. */
import * as vscode from "vscode";
import { hoverAt } from "../../core/features/hover";
import { toOffset, toRange } from "../convert";
import { python } from "./selector";
import type { Analyses } from "./analyses";

export function registerHover(analyses: Analyses): vscode.Disposable {
  return vscode.languages.registerHoverProvider(python, {
    async provideHover(document, position, token) {
      const analysis = await analyses.of(document);
      if (!analysis || token.isCancellationRequested) return undefined;
      const hover = hoverAt(analysis, toOffset(analysis.source, position));
      if (!hover) return undefined;
      return new vscode.Hover(new vscode.MarkdownString(hover.markdown), toRange(analysis.source, hover.span));
    },
  });
}
