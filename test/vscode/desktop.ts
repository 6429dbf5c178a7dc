/** `npm run test:desktop`: the integration suite in a desktop VS Code, which is downloaded if it is not there. */
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { suites } from "./hosts";
import { root, scratch } from "./places";
import { testSettings, writeSettings } from "./profile";
import { copySample } from "./sample";

async function main(): Promise<void> {
  const data = scratch("data", "desktop");
  await writeSettings(data, testSettings);
  await runTests({
    version: "1.100.3",
    cachePath: scratch("desktop"),
    extensionDevelopmentPath: root,
    extensionTestsPath: suites.node,
    launchArgs: [
      await copySample("desktop"),
      ...["--user-data-dir", data, "--extensions-dir", join(data, "extensions")],
      ...["--disable-extensions", "--disable-workspace-trust", "--skip-welcome", "--skip-release-notes"],
    ],
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
