// Builds everything into out/: the extension for Node and for the web, the pages, the terminal, and (with --tests) the tests.
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const production = process.argv.includes("--production");
const tests = process.argv.includes("--tests");
const watch = process.argv.includes("--watch");

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  target: "es2022",
  loader: { ".md": "text", ".py": "text", ".woff2": "file", ".woff": "empty", ".ttf": "empty" },
  assetNames: "fonts/[name]",
  // Its build for CommonJS finds itself; the other one asks for import.meta, which a bundle has not.
  alias: { "web-tree-sitter": require.resolve("web-tree-sitter") },
  logLevel: "warning",
};

const node = { ...shared, platform: "node", target: "node20", format: "cjs" };
const web = { ...shared, platform: "browser", format: "cjs", external: ["vscode", "fs/promises", "module"] };
const page = { ...shared, platform: "browser", format: "iife" };

const files = (folder, ending) =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { recursive: true })
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => path.join(folder, name))
    : [];

const builds = [
  { ...node, entryPoints: ["src/extension.ts"], outfile: "out/extension.js", external: ["vscode"] },
  { ...web, entryPoints: ["src/extension.ts"], outfile: "out/extension.web.js" },
  { ...node, entryPoints: ["src/cli.ts"], outfile: "out/cli.js", banner: { js: "#!/usr/bin/env node" } },
  { ...page, entryPoints: files("src/webview", ".page.ts"), outdir: "out/webview", outbase: "src/webview" },
];

/** The integration tests are one module with a `run` function, whatever their number. */
const suite = {
  contents: [
    `import { runSuite } from "./runSuite";`,
    `export const run = () => runSuite(() => {`,
    ...files("test/integration", ".test.ts").map((file) => `  require(${JSON.stringify(path.resolve(file))});`),
    `});`,
  ].join("\n"),
  resolveDir: "test/integration",
};

/** In a web worker, mocha is its build for browsers, a script that leaves its constructor on the global object. */
const mochaForWeb = {
  name: "mocha-for-web",
  setup(build) {
    const file = path.resolve("node_modules/mocha/mocha.js");
    build.onResolve({ filter: /^mocha$/ }, () => ({ path: file }));
    build.onLoad({ filter: /mocha\.js$/ }, () => ({
      contents: `const module = undefined, exports = undefined;${fs.readFileSync(file, "utf8")}\nexport default globalThis.Mocha;`,
    }));
  },
};

if (tests) {
  const tools = { ...node, packages: "external" };
  builds.push(
    { ...tools, entryPoints: files("test/unit", ".test.ts"), outdir: "out/test/unit", outbase: "test/unit" },
    { ...tools, entryPoints: ["test/bench/bench.ts"], outfile: "out/test/bench/bench.js" },
    { ...tools, entryPoints: ["test/oracle/oracle.ts"], outfile: "out/test/oracle/oracle.js" },
    { ...tools, entryPoints: ["test/findings/findings.ts"], outfile: "out/test/findings/findings.js" },
    { ...tools, entryPoints: files("test/scenes", ".test.ts"), outdir: "out/test/scenes", outbase: "test/scenes" },
    {
      ...tools,
      entryPoints: ["test", "start", "desktop", "mochaChild"].map((name) => `test/vscode/${name}.ts`),
      outdir: "out/test/vscode",
    },
    {
      ...node,
      stdin: suite,
      outfile: "out/test/integration/node/index.js",
      external: ["vscode", "mocha"],
      define: { builtFor: '"node"' },
    },
    {
      ...web,
      stdin: suite,
      outfile: "out/test/integration/web/index.js",
      plugins: [mochaForWeb],
      define: { builtFor: '"web"' },
    },
  );
}

/** Removes what an earlier build left behind in a folder: a test that was deleted must not run any more. */
function prune(folder, results) {
  const written = new Set(
    results.flatMap(({ metafile }) => Object.keys(metafile.outputs)).map((file) => path.resolve(file)),
  );
  for (const file of files(folder, ".js")) {
    if (written.has(path.resolve(file))) continue;
    fs.rmSync(file);
    fs.rmSync(`${file}.map`, { force: true });
  }
}

async function main() {
  fs.mkdirSync("out", { recursive: true });
  const modules = ["web-tree-sitter/web-tree-sitter", "tree-sitter-python/tree-sitter-python", "sql.js/dist/sql-wasm"];
  for (const wasm of modules.map((name) => `${name}.wasm`)) {
    fs.copyFileSync(path.join("node_modules", wasm), path.join("out", path.basename(wasm)));
  }
  const wanted = builds.filter(({ entryPoints, stdin }) => stdin ?? entryPoints.some((file) => fs.existsSync(file)));
  if (watch) {
    for (const build of wanted) await (await esbuild.context(build)).watch();
    return;
  }
  // One broken part does not keep the others from being built.
  const outcomes = await Promise.allSettled(wanted.map((build) => esbuild.build({ ...build, metafile: true })));
  if (outcomes.some(({ status }) => status === "rejected")) process.exitCode = 1;
  else
    for (const folder of tests ? ["out/webview", "out/test"] : ["out/webview"])
      prune(
        folder,
        outcomes.map(({ value }) => value),
      );
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
