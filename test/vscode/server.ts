/** The embedded VS Code server: gets it from the npm registry once, starts it, gives addresses into it, and stops it. */
import { randomBytes } from "node:crypto";
import { cp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { installNpmPackage } from "./npmPackage";
import { startTree, stopTree } from "./processTree";
import { writeSettings } from "./profile";

/** VS Code 1.100.3; it needs no native module for what we do, so nothing is compiled. */
const release = { name: "code-server", version: "4.100.3", inner: "lib/vscode" };

export interface ServerOptions {
  /** The folder of settings, logs and installed extensions. */
  readonly data: string;
  /** The user's settings; without them, those of the last time stay. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** 0 takes any free port. */
  readonly port?: number;
}

/** What the page of the workbench is to do; each key is one that VS Code knows. */
export interface Payload {
  /** Folder of the extension to run from source. */
  readonly extensionDevelopmentPath?: string;
  /** "web" loads it into the web worker's extension host. */
  readonly extensionDevelopmentKind?: "web";
  /** File with the `run` function of the integration tests. */
  readonly extensionTestsPath?: string;
}

export interface Server {
  readonly port: number;
  /** The address that opens a folder in the workbench. */
  address(folder: string, payload: Payload): string;
  /** What the server has printed so far. */
  log(): string;
  /** Resolves when the server has gone, wanted or not. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
}

/** The program that searches files for VS Code; the server's own copy would come from outside the npm registry. */
const ripgrep = { name: `@vscode/ripgrep-${process.platform}-${process.arch}`, version: "1.18.0" };

/** Puts the server on the disk, if it is not there, and returns its main file. */
export async function installServer(): Promise<string> {
  const [server, search] = await Promise.all([installNpmPackage(release), installNpmPackage(ripgrep)]);
  const vscode = join(server, release.inner);
  await cp(join(search, "bin"), join(vscode, "node_modules/@vscode/ripgrep/bin"), { recursive: true, force: false });
  return join(vscode, "out/server-main.js");
}

/** The arguments that every use of a data folder shares. */
export const dataArguments = (data: string): string[] => ["--server-data-dir", data, "--accept-server-license-terms"];

export async function startServer({ data, settings, port = 0 }: ServerOptions): Promise<Server> {
  const main = await installServer();
  if (settings) await writeSettings(join(data, "data"), settings);
  const token = randomBytes(16).toString("hex");
  const tree = startTree(process.execPath, [
    main,
    ...["--host", "127.0.0.1", "--port", String(port), "--connection-token", token],
    ...dataArguments(data),
    ...["--telemetry-level", "off", "--disable-workspace-trust"],
  ]);
  let output = "";
  const gone = new Promise<void>((resolve) =>
    tree.head.once("close", () => {
      resolve();
    }),
  );
  const listening = new Promise<number>((resolve, reject) => {
    const read = (text: Buffer): void => {
      output += text.toString();
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match) resolve(Number(match[1]));
    };
    tree.head.stdout.on("data", read);
    tree.head.stderr.on("data", read);
    tree.head.once("error", reject);
    void gone.then(() => {
      reject(new Error(`The VS Code server ended.\n${output}`));
    });
    setTimeout(() => {
      reject(new Error(`The VS Code server did not start within a minute.\n${output}`));
    }, 60_000).unref();
  });
  try {
    const taken = await listening;
    return {
      port: taken,
      address: (folder, payload) => address({ port: taken, token, folder, payload }),
      log: () => output,
      gone,
      stop: () => stopTree(tree),
    };
  } catch (error) {
    await stopTree(tree);
    throw error;
  }
}

interface Address {
  readonly port: number;
  /** Without it the server lets nobody in: other users of the machine can reach the port too. */
  readonly token: string;
  readonly folder: string;
  readonly payload: Payload;
}

function address({ port, token, folder, payload }: Address): string {
  const { extensionDevelopmentKind, ...paths } = payload;
  const pairs = Object.entries(paths).map(([key, path]) => [key, `vscode-remote://localhost:${port}${uriPath(path)}`]);
  if (extensionDevelopmentKind) pairs.push(["extensionDevelopmentKind", extensionDevelopmentKind]);
  const query = new URLSearchParams({ tkn: token, folder: uriPath(folder), payload: JSON.stringify(pairs) });
  const readable = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",");
  return `http://localhost:${port}/?${readable}`;
}

/** The path of a file as it stands in a URI: with forward slashes, and one in front of a drive letter. */
function uriPath(path: string): string {
  const slashes = resolve(path).replaceAll("\\", "/");
  return slashes.startsWith("/") ? slashes : `/${slashes}`;
}
