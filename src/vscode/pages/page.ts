/** A panel with one of our pages in it, and the channel to that page. */
import * as vscode from "vscode";
import { Channel, type Handlers, type Offer, type Port } from "../../protocol/channel";

/** A page of `src/webview`, as it was built. */
export interface PageSource {
  readonly extension: vscode.Uri;
  /** The folder and file name of the page: `question` is `out/webview/question/question.page.js`. */
  readonly name: string;
}

/** Where pages and their fonts lie; nothing else can be loaded. */
export function pageOptions({ extension }: PageSource): vscode.WebviewOptions & vscode.WebviewPanelOptions {
  const localResourceRoots = [vscode.Uri.joinPath(extension, "out", "webview")];
  return { enableScripts: true, enableFindWidget: true, localResourceRoots };
}

/** Fills a panel, also one that the window has brought back, and connects to it until it is closed. */
export function connectPage<Ours extends Offer<Ours>, Theirs extends Offer<Theirs>>(
  panel: vscode.WebviewPanel,
  source: PageSource,
  handlers: Handlers<Ours>,
): Channel<Ours, Theirs> {
  const { webview } = panel;
  webview.options = pageOptions(source);
  const channel = new Channel<Ours, Theirs>(portOf(webview), handlers);
  panel.onDidDispose(() => {
    channel.close();
  });
  webview.html = pageHtml(webview, source);
  return channel;
}

function portOf(webview: vscode.Webview): Port {
  return {
    send: (message) => void webview.postMessage(message),
    receive: (listener) => {
      const listening = webview.onDidReceiveMessage(listener);
      return () => {
        listening.dispose();
      };
    },
  };
}

function pageHtml(webview: vscode.Webview, { extension, name }: PageSource): string {
  const file = (ending: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, "out", "webview", name, `${name}.page.${ending}`)).toString();
  const nonce = createNonce();
  const policy = [
    "default-src 'none'",
    ...["img-src", "font-src", "style-src"].map((kind) => `${kind} ${webview.cspSource}`),
    `script-src 'nonce-${nonce}'`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${file("css")}">
    <title>Forward Pass</title>
  </head>
  <body>
    <main></main>
    <script type="module" nonce="${nonce}" src="${file("js")}"></script>
  </body>
</html>`;
}

function createNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
