/** The browser of the tests: the machine's own Chromium where there is one, else one from the npm registry. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium, type BrowserContext } from "playwright-core";
import { installNpmPackage } from "./npmPackage";
import { scratch } from "./places";

/** A Chromium for Linux on x64 that an npm package carries in itself, packed with Brotli. */
const carried = { name: "@sparticuz/chromium", version: "147.0.0" };

/** A browser's file and what it needs in its environment. */
export interface Browser {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome"];

const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Finds a browser, or gets one. */
export async function findBrowser(): Promise<Browser> {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [
    process.env.CHROME_PATH ?? "",
    ...programs.flatMap((program) => folders.map((folder) => join(folder, program))),
    ...applications,
  ];
  const program = candidates.find((candidate) => candidate !== "" && existsSync(candidate));
  return program === undefined ? installBrowser() : { program, env: {} };
}

async function installBrowser(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium, Chrome or Edge was found. Install one, or name its program in CHROME_PATH.");
  }
  const from = await installNpmPackage(carried);
  const folder = join(scratch("tools"), `chromium-unpacked-${carried.version}`);
  if (!existsSync(folder)) await unpack(from, folder);
  const program = join(folder, "chromium");
  return { program, env: { ...(await fontsFrom(folder)), ...(await librariesFrom(folder, program)) } };
}

/** The package unpacks into the system's folder for temporary files, and its libraries only in Amazon's cloud. */
async function unpack(from: string, folder: string): Promise<void> {
  const partial = `${folder}.${process.pid}`;
  await mkdir(partial, { recursive: true });
  const module = JSON.stringify(pathToFileURL(join(from, "build/esm/index.js")));
  const env = { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
  try {
    const program = `import(${module}).then(({ default: chromium }) => chromium.executablePath())`;
    await promisify(execFile)(process.execPath, ["--eval", program], { env });
    await rename(partial, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // Another run was quicker.
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Lets the browser use the font that it brings besides those of the machine, which may have none. */
async function fontsFrom(folder: string): Promise<Record<string, string>> {
  const file = join(folder, "fonts.conf");
  const parts = [
    `<include ignore_missing="yes">/etc/fonts/fonts.conf</include>`,
    `<dir>${join(folder, "fonts")}</dir>`,
    `<cachedir>${join(folder, "fonts-cache")}</cachedir>`,
  ];
  await writeFile(file, `<?xml version="1.0"?><fontconfig>${parts.join("")}</fontconfig>`);
  return { FONTCONFIG_FILE: file };
}

/** Lets the browser use the libraries that it brings, where the machine lacks one of them. */
async function librariesFrom(folder: string, program: string): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)("ldd", [program]).catch(() => ({ stdout: "" }));
  return stdout.includes("not found") ? { LD_LIBRARY_PATH: join(folder, "al2023/lib") } : {};
}

// The scenes open one browser after another, each of which listens for the end of this process.
process.setMaxListeners(100);

/** Starts the browser without a window, on a fresh profile of its own. */
export async function launchBrowser(name: string): Promise<BrowserContext> {
  const { program, env } = await findBrowser();
  const profile = scratch("browser", name);
  await rm(profile, { recursive: true, force: true });
  return chromium.launchPersistentContext(profile, {
    executablePath: program,
    headless: true,
    chromiumSandbox: false,
    env: { ...process.env, ...env },
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
