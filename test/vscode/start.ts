/** `npm start [FOLDER]`: opens VS Code with the extension, the desktop's where there is one, else the embedded server. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { linkSource } from "./extensionCopies";
import { root, scratch } from "./places";
import { calmSettings } from "./profile";
import { copySample } from "./sample";
import { startServer } from "./server";

const run = promisify(execFile);

/** The oldest desktop that loads the extension. */
const oldestDesktop = [1, 100] as const;

const firstPort = 8000;

async function main(argument: string | undefined): Promise<void> {
  const folder = argument === undefined ? await openSample() : resolve(process.env.INIT_CWD ?? root, argument);
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  if (!(await openDesktop(folder))) await openServer(folder);
}

async function openSample(): Promise<string> {
  const copy = await copySample("forward-pass-sample");
  console.log(`The sample workspace is a fresh copy in ${copy}: edit it freely, the next start makes a new one.`);
  return copy;
}

/** Opens the desktop's VS Code; false where there is none, or none that would do. */
async function openDesktop(folder: string): Promise<boolean> {
  const shell = process.platform === "win32";
  const found = await run("code", ["--version"], { shell }).catch(() => undefined);
  if (!found) return false;
  const version = found.stdout.split("\n")[0] ?? "";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldestDesktop[0] || (major === oldestDesktop[0] && minor < oldestDesktop[1])) {
    console.log(`The VS Code on this machine is ${version}; Forward Pass needs ${oldestDesktop.join(".")}.`);
    return false;
  }
  await run("code", [`--extensionDevelopmentPath=${root}`, folder], { shell });
  console.log(`VS Code ${version} opens ${folder} with Forward Pass in it.`);
  return true;
}

async function openServer(folder: string): Promise<void> {
  console.log("Preparing the embedded VS Code server (the first time, this downloads about 100 MB)…");
  const data = scratch("data", "start");
  const port = await freePort(firstPort);
  if (port !== firstPort) console.log(`Port ${firstPort} is taken; using ${port}.`);
  const server = await startServer({ data, settings: existsSync(data) ? undefined : calmSettings, port });
  console.log(
    `\nOpen this address in a browser; Ctrl-C ends the server.\n\n  ${server.address(folder, { extensionDevelopmentPath: await linkSource() })}\n`,
  );
  await server.gone;
  throw new Error(`The VS Code server ended.\n${server.log()}`);
}

/** The first port from a number on that nobody listens on. */
async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + 100; port++) if (await isFree(port)) return port;
  return 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => {
      done(false);
    });
    probe.listen(port, "127.0.0.1", () =>
      probe.close(() => {
        done(true);
      }),
    );
  });
}

main(process.argv[3]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
