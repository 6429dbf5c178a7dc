/** The documents that the editor's features are for. */
import type { DocumentSelector } from "vscode";

export const python: DocumentSelector = { language: "python" };
