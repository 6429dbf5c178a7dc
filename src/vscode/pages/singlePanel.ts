/** A panel of which there is one: what is opened next takes the place of the last, also after a reload of the window. */
import * as vscode from "vscode";
import type { Handlers, Offer } from "../../protocol/channel";
import type { ShowingPage } from "../../protocol/page";
import { connectPage, pageOptions, type PageSource } from "./page";

/** The panel with what is in it at the moment. */
export interface Opened<Content> {
  readonly panel: vscode.WebviewPanel;
  content: Content;
}

export interface PanelPlan<Host extends Offer<Host>, Content, State> {
  readonly id: string;
  readonly source: PageSource;
  /** Where it is opened when it is not there yet. */
  readonly column: vscode.ViewColumn;
  readonly handlers: (opened: () => Opened<Content>) => Handlers<Host>;
  /** The content of a panel that the window brings back, from what its page has kept; anything may stand there. */
  readonly restore: (memory: unknown) => Content;
  /** What the page is to show of a content. */
  readonly stateOf: (content: Content) => State | Promise<State>;
  /** Called when the panel is closed, with what was in it. */
  readonly closed?: (content: Content) => void;
}

export interface SinglePanel<Content> {
  readonly open: (title: string, content: Content) => void;
  /** The panel, where it is open. */
  readonly opened: () => Opened<Content> | undefined;
  /** Shows the content of the open panel anew. */
  readonly refresh: () => void;
  readonly dispose: () => void;
}

export function singlePanel<Host extends Offer<Host>, Content, State>(
  plan: PanelPlan<Host, Content, State>,
): SinglePanel<Content> {
  let opened: (Opened<Content> & { readonly show: (state: State) => Promise<null> }) | undefined;

  const keep = (panel: vscode.WebviewPanel, content: Content): void => {
    const handlers = plan.handlers(() => kept);
    const channel = connectPage<Host, ShowingPage<State>>(panel, plan.source, handlers);
    const kept = { panel, content, show: (state: State): Promise<null> => channel.call("show", state) };
    opened = kept;
    panel.onDidDispose(() => {
      if (opened === kept) opened = undefined;
      plan.closed?.(kept.content);
    });
  };

  const refresh = (): void => {
    const target = opened;
    if (!target) return;
    // A page that is not there at the moment asks when it is; one that shows a problem has said so.
    Promise.resolve(plan.stateOf(target.content)).then(target.show).catch(() => undefined); // prettier-ignore
  };

  const registration = vscode.window.registerWebviewPanelSerializer(plan.id, {
    deserializeWebviewPanel: (panel, memory: unknown) => {
      keep(panel, plan.restore(memory));
      return Promise.resolve();
    },
  });
  return {
    open: (title, content) => {
      if (opened) {
        opened.content = content;
        opened.panel.title = title;
        opened.panel.reveal(undefined, false);
        refresh();
      } else {
        const column = { viewColumn: plan.column, preserveFocus: false };
        keep(vscode.window.createWebviewPanel(plan.id, title, column, pageOptions(plan.source)), content);
      }
    },
    opened: () => opened,
    refresh,
    dispose: () => {
      registration.dispose();
    },
  };
}
