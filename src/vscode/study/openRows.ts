/** Which groups of the view “Exams” are open: kept over windows, which VS Code does not do by itself. */
import * as vscode from "vscode";

export interface OpenRows {
  /** The state that a row was left in, or the usual one. */
  readonly stateOf: (id: string, usually: boolean) => vscode.TreeItemCollapsibleState;
  /** Follows what is opened and closed in a view, for the rows that have a name to remember. */
  readonly follow: <Row>(view: vscode.TreeView<Row>, nameOf: (row: Row) => string | undefined) => vscode.Disposable;
}

const memoryKey = "study.openRows";

export function createOpenRows(memory: vscode.Memento): OpenRows {
  const known = (): Readonly<Record<string, boolean>> => memory.get(memoryKey, {});
  return {
    stateOf: (id, usually) =>
      (known()[id] ?? usually) ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
    follow: (view, nameOf) => {
      const keep = (name: string | undefined, open: boolean): void => {
        if (name !== undefined) void memory.update(memoryKey, { ...known(), [name]: open });
      };
      return vscode.Disposable.from(
        view.onDidExpandElement(({ element }) => {
          keep(nameOf(element), true);
        }),
        view.onDidCollapseElement(({ element }) => {
          keep(nameOf(element), false);
        }),
      );
    },
  };
}
