/** What checking a file comes to, also as plain data: as it crosses from thread to thread, and as it is kept. */
import { type Own } from "../core/rules/agreement";
import { type Elsewhere } from "../core/rules/elsewhere";
import { type Silencer } from "../core/rules/suppression";
import { type NotebookCell } from "../core/text/notebook";
import { SourceText } from "../core/text/source";
import { type CheckedText } from "./reports/entries";

/** What the run of a file shows. */
export interface Checked extends CheckedText, Own {
  readonly silencers: readonly Silencer[];
  readonly elsewhere: readonly Elsewhere[];
  /** The files of the user's that the run opened. */
  readonly opened: readonly string[];
}

export type Sent = Omit<Checked, "source" | "notebook" | "elsewhere"> & {
  readonly path: string;
  readonly text: string;
  readonly cells: readonly NotebookCell[] | undefined;
  readonly elsewhere: readonly (Omit<Elsewhere, "source"> & { readonly text: string })[];
};

export function toSend({ source, notebook, elsewhere, ...rest }: Checked): Sent {
  return {
    ...rest,
    path: source.path,
    text: source.text,
    cells: notebook?.cells,
    elsewhere: elsewhere.map(({ source: other, ...one }) => ({ ...one, text: other.text })),
  };
}

export function received({ path, text, cells, elsewhere, ...rest }: Sent): Checked {
  const source = new SourceText(path, text);
  return {
    ...rest,
    source,
    ...(cells && { notebook: { source, cells } }),
    elsewhere: elsewhere.map(({ text: other, ...one }) => ({ ...one, source: new SourceText(one.path, other) })),
  };
}
