// Builds everything into out/: the extension for Node and for the web, the pages, the terminal, and (with --tests) the tests.
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const production = process.argv.includes("--production");
const tests = process.argv.includes("--tests");
const watch = process.argv.includes("--watch");

const files = (folder, ending) =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { recursive: true })
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => path.join(folder, name))
    : [];

/** `import texts from "texts:FOLDER"`: what src/core/texts.d.ts promises. */
const textFolders = {
  name: "text-folders",
  setup(build) {
    build.onResolve({ filter: /^texts:/ }, ({ path: name, resolveDir }) => ({
      path: path.resolve(resolveDir, name.slice("texts:".length)),
      namespace: "texts",
    }));
    build.onLoad({ filter: /.*/, namespace: "texts" }, ({ path: folder }) => {
      const watchFiles = [...files(folder, ".md"), ...files(folder, ".py")];
      const texts = watchFiles.map((file) => [path.basename(file).split(".")[0], fs.readFileSync(file, "utf8")]);
      return { contents: JSON.stringify(Object.fromEntries(texts)), loader: "json", watchFiles, watchDirs: [folder] };
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : "linked",
  target: "es2022",
  loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty" },
  plugins: [textFolders],
  assetNames: "fonts/[name]",
  // Its build for CommonJS finds itself; the other one asks for import.meta, which a bundle has not.
  alias: { "web-tree-sitter": require.resolve("web-tree-sitter") },
  logLevel: "warning",
};

const node = { ...shared, platform: "node", target: "node20", format: "cjs" };
const web = { ...shared, platform: "browser", format: "cjs", external: ["vscode", "fs/promises", "module"] };
const page = { ...shared, platform: "browser", format: "esm", splitting: true, chunkNames: "shared/[name]-[hash]" };

/**
 * Node's programs share their parts, and load them when they are needed. Only ES modules can be split, so each file is
 * turned into a CommonJS module when it is built, as editors load these.
 */
const asCommonJs = {
  name: "as-commonjs",
  setup(build) {
    build.onEnd(async ({ outputFiles = [] }) => {
      const options = { format: "cjs", platform: "node", target: "node20", supported: { "dynamic-import": false } };
      for (const { path: file, text } of outputFiles) {
        const sourcemap = production ? false : "external";
        const banner = path.basename(file) === "cli.js" ? "#!/usr/bin/env node" : "";
        const form = { ...options, banner, minify: production, sourcemap, sourcefile: file };
        const { code, map } = await esbuild.transform(text, form);
        fs.writeFileSync(file, production ? code : `${code}//# sourceMappingURL=${path.basename(file)}.map\n`);
        if (!production) fs.writeFileSync(`${file}.map`, map);
      }
    });
  },
};
const programs = {
  ...node,
  format: "esm",
  splitting: true,
  chunkNames: "part-[hash]",
  sourcemap: production ? false : "inline",
  write: false,
  plugins: [textFolders, asCommonJs],
};

const builds = [
  {
    ...programs,
    entryPoints: ["src/extension.ts", "src/cli.ts", "src/cli/thread.ts"],
    outdir: "out",
    entryNames: "[name]",
    external: ["vscode"],
  },
  { ...web, entryPoints: ["src/extension.ts"], outfile: "out/extension.web.js" },
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
      plugins: [textFolders, mochaForWeb],
      define: { builtFor: '"web"' },
    },
  );
}

/** Removes what an earlier build left behind: a test that was deleted must not run any more. */
function prune(results) {
  const written = new Set(
    results.flatMap(({ metafile }) => Object.keys(metafile.outputs)).map((file) => path.resolve(file)),
  );
  const parts = files("out", ".js").filter((file) => /^part-/.test(path.relative("out", file)));
  for (const file of [...parts, ...files("out/webview", ".js"), ...(tests ? files("out/test", ".js") : [])]) {
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
  else prune(outcomes.map(({ value }) => value));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
