/**
 * The way in to `npm start` and `npm test`. Plain Node without dependencies, because on a fresh clone nothing is
 * installed yet: it installs what the lock file asks for, builds, and hands over to the program in out/test/vscode.
 */
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const root = path.dirname(__dirname);
const commands = ["test", "start", "desktop"];

function main() {
  const command = process.argv[2];
  if (!commands.includes(command)) return fail(`usage: node test/run.js ${commands.join("|")}`);
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    return fail(`Node 20.19 or newer is needed, this is ${process.version}.`);
  process.chdir(root);
  if (!installed()) {
    console.log("Installing the packages that package-lock.json names…");
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
  }
  console.log("Building…");
  run(process.execPath, ["esbuild.js", "--tests"]);
  require(path.join(root, "out/test/vscode", `${command}.js`));
}

/** Whether every package of the lock file is in node_modules in that very version. */
function installed() {
  const wanted = packages("package-lock.json");
  const present = packages("node_modules/.package-lock.json");
  return Object.entries(wanted).every(
    ([place, { version, optional }]) =>
      place === "" || (present[place] ? present[place].version === version : optional),
  );
}

function packages(lockFile) {
  try {
    return JSON.parse(fs.readFileSync(lockFile, "utf8")).packages;
  } catch {
    return {};
  }
}

/** npm itself tells its scripts where it lives; a shell finds it otherwise. */
function npm(...args) {
  const program = process.env.npm_execpath;
  if (program) run(process.execPath, [program, ...args]);
  else run("npm", args, { shell: process.platform === "win32" });
}

function run(program, args, options) {
  const { status, error } = spawnSync(program, args, { stdio: "inherit", ...options });
  if (error) fail(error.message);
  if (status !== 0) fail(`${path.basename(program)} ${args.join(" ")} ended with status ${status}.`);
}

function fail(message) {
  console.error(message);
  if (process.argv[2] === "test") console.log("0 passed, 1 failed");
  process.exit(1);
}

main();
