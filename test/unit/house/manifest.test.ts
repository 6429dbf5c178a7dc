/** The manifest promises what the source keeps, in words that read well in the palette. */
import { existsSync, readFileSync } from "node:fs";
import { assert } from "chai";
import { readSources } from "./sources";

interface Contributed {
  readonly id: string;
  readonly name?: string;
}

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly icon?: string;
  readonly main: string;
  readonly browser: string;
  readonly contributes: {
    readonly commands?: readonly Command[];
    readonly viewsContainers?: Readonly<Record<string, readonly { readonly icon: string }[]>>;
    readonly viewsWelcome?: readonly { readonly contents: string }[];
    readonly views?: Readonly<Record<string, readonly Contributed[]>>;
    readonly configuration?: {
      readonly properties: Readonly<Record<string, { readonly markdownDescription?: string }>>;
    };
    readonly menus?: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly keybindings?: readonly { readonly command: string }[];
    readonly snippets?: readonly { readonly path: string }[];
  };
}

/** Words that keep their capitals in the middle of a title. */
const properNames = /^(PyTorch|VS|Code|Python|Forward|Pass|KaTeX|[A-Z0-9]{2,})$/;

describe("the manifest", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const { viewsContainers = {}, viewsWelcome = [] } = manifest.contributes;
  const {
    commands = [],
    views = {},
    configuration,
    menus = {},
    keybindings = [],
    snippets = [],
  } = manifest.contributes;
  const ids = commands.map(({ command }) => command);
  const hostText = readSources()
    .filter(({ path }) => path.startsWith("src/vscode/") || path === "src/extension.ts")
    .map(({ lines }) => lines.join("\n"))
    .join("\n");
  const inSource = (id: string): boolean => hostText.includes(`"${id}"`);

  it("names the extension and its entries", () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, "forward-pass.forward-pass");
    assert.equal(manifest.main, "./out/extension.js");
    assert.equal(manifest.browser, "./out/extension.web.js");
  });

  it("contributes commands that the source registers", () => {
    assert.isNotEmpty(ids);
    assert.deepEqual(
      ids.filter((id) => !inSource(id)),
      [],
    );
  });

  it("contributes every command that the source registers by name", () => {
    const registered = [...hostText.matchAll(/registerCommand\(\s*"([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(
      registered.filter((id) => id !== undefined && !ids.includes(id)),
      [],
    );
  });

  it("puts every command under the category and the prefix of the extension, once", () => {
    assert.deepEqual(
      commands.filter(({ category }) => category !== "Forward Pass"),
      [],
    );
    assert.deepEqual(
      ids.filter((id) => !/^forwardPass\.[a-z][A-Za-z]*$/.test(id)),
      [],
    );
    assert.lengthOf(new Set(ids), ids.length);
  });

  it("writes titles in sentence case, with … and not ...", () => {
    assert.deepEqual(
      commands.map(({ title }) => title).filter((title) => !isSentenceCase(title)),
      [],
    );
  });

  it("shows in menus, on keys and in empty views only commands that there are", () => {
    const links = viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/\(command:([\w.]+)/g)]);
    const entries = [...Object.values(menus).flat(), ...keybindings].flatMap(({ command }) => command ?? []);
    const used = [...entries, ...links.map(([, command]) => command ?? "")];
    assert.deepEqual(
      used.filter((command) => !ids.includes(command)),
      [],
    );
  });

  it("contributes views that the source fills", () => {
    const names = Object.values(views).flatMap((list) => list.map(({ id }) => id));
    assert.deepEqual(
      names.filter((id) => !inSource(id)),
      [],
    );
  });

  it("explains every setting and reads it somewhere", () => {
    const settings = Object.entries(configuration?.properties ?? {});
    const silent = settings.filter(([, { markdownDescription = "" }]) => !markdownDescription.endsWith("."));
    assert.deepEqual(
      silent.map(([name]) => name),
      [],
    );
    const unread = settings
      .map(([name]) => name)
      .filter((name) => !hostText.includes(name.split(".").slice(1).join(".")));
    assert.deepEqual(unread, []);
  });

  it("names only files that are there", () => {
    const icons = Object.values(viewsContainers).flatMap((list) => list.map(({ icon }) => icon));
    const paths = [...snippets.map(({ path }) => path), ...icons, manifest.icon].filter((path) => path !== undefined);
    assert.deepEqual(
      paths.filter((path) => !existsSync(path)),
      [],
    );
  });
});

function isSentenceCase(title: string): boolean {
  const [first = "", ...rest] = title.split(" ");
  const others = rest.every((word) => word === word.toLowerCase() || properNames.test(word));
  return /^[A-Z]/.test(first) && others && !title.includes("...") && !title.endsWith(".");
}
