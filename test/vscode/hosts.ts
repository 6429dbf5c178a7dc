/** The places in which the integration suite runs, all of them in the VS Code server: two extension hosts, and the package. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { copyForWeb, emptyExtension, linkSource } from "./extensionCopies";
import { runHostSuite } from "./hostSuite";
import { checkPackage, installPackage } from "./package";
import { root, scratch } from "./places";
import { testSettings } from "./profile";
import { copySample } from "./sample";
import { startServer, type Payload } from "./server";
import { add, announceSecondTake, type Tally } from "./tally";

/** The integration suite, built for each kind of extension host. */
export const suites = {
  node: join(root, "out/test/integration/node/index.js"),
  web: join(root, "out/test/integration/web/index.js"),
};

/** The extension from source in Node's extension host. */
export const runInNodeHost = async (): Promise<Tally> =>
  run("node", { extensionDevelopmentPath: await linkSource(), extensionTestsPath: suites.node });

/** The extension from source in the web worker's extension host. */
export async function runInWebHost(): Promise<Tally> {
  const { extension, tests } = await copyForWeb(suites.web);
  return run("web", {
    extensionDevelopmentPath: extension,
    extensionDevelopmentKind: "web",
    extensionTestsPath: tests,
  });
}

/** The very file that users install, in Node's extension host. */
export async function runPackaged(): Promise<Tally> {
  const installed = await installPackage();
  const checked = await checkPackage(installed);
  const payload = { extensionDevelopmentPath: await emptyExtension(), extensionTestsPath: suites.node };
  const suite = await inTwoTakes("packaged", async (take) => {
    const { data } = take === 1 ? installed : await installPackage();
    return runOn("packaged", data, payload);
  });
  return add(checked, suite);
}

async function run(name: string, payload: Payload): Promise<Tally> {
  const data = scratch("data", name);
  return inTwoTakes(name, async () => {
    await rm(data, { recursive: true, force: true });
    return runOn(name, data, payload);
  });
}

/** A suite that fails runs once more, in a server and with data of its own. */
async function inTwoTakes(name: string, run: (take: 1 | 2) => Promise<Tally>): Promise<Tally> {
  const first = await run(1);
  if (first.failed === 0) return first;
  announceSecondTake(name);
  return run(2);
}

async function runOn(name: string, data: string, payload: Payload): Promise<Tally> {
  const server = await startServer({ data, settings: testSettings });
  try {
    return await runHostSuite({ name, server, folder: await copySample(name), payload });
  } finally {
    await server.stop();
  }
}
