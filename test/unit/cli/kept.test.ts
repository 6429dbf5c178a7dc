/** Results that earlier runs have kept: said again where nothing has changed, and never where something has. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { assert } from "chai";
import { type Run, forwardPass } from "./run";

const model = `from torch import nn

from parts import width


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(width, 64)

    def forward(self, x):
        return self.hidden(x)
`;

interface Entry {
  readonly result: { readonly output?: string; readonly text?: string };
}

describe("what earlier runs have kept", () => {
  let folder: string;
  let cache: string;
  const run = (...words: string[]): Run => forwardPass(words, folder, "", { XDG_CACHE_HOME: cache });
  const summary = (...words: string[]): Run =>
    run("summary", "model.py", "--model", "Net()", "--input", "B,30", ...words);
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  const entries = (): string[] => {
    const kept = join(cache, "forward-pass");
    return readdirSync(kept)
      .filter((name) => name !== "swept")
      .map((name) => join(kept, name));
  };
  /** Writes another result into every entry: whoever says it has computed nothing. */
  const mark = (change: (result: Entry["result"]) => object): void => {
    for (const path of entries()) {
      const entry = deserialize(readFileSync(path)) as Entry;
      writeFileSync(path, serialize({ ...entry, result: change(entry.result) }));
    }
  };
  const marked = (): Run => {
    summary();
    mark((result) => ({ ...result, output: "kept" }));
    return summary();
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "forward-pass-"));
    cache = join(folder, ".cache");
    write("model.py", model);
    write("parts.py", "width = 30\n");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is said again, with its status", () => {
    assert.equal(marked().stdout, "kept\n");
    const refused = ["summary", "model.py", "--model", "Net()", "--input", "B,31"];
    const [first, second] = [run(...refused), run(...refused)];
    assert.equal(first.status, 1);
    assert.deepEqual(second, first);
  });

  it("is not said when it need not hold any more", () => {
    const changes: Record<string, () => void> = {
      "the file": () => {
        write("model.py", model.replace("64", "65"));
      },
      "a file that it imports": () => {
        write("parts.py", "width = 31\n");
      },
      "a folder in front of a file that it imports": () => {
        mkdirSync(join(folder, "parts"));
        write("parts/__init__.py", "width = 29\n");
      },
      "a file that is gone": () => {
        rmSync(join(folder, "parts.py"));
      },
    };
    for (const [what, change] of Object.entries(changes)) {
      assert.equal(marked().stdout, "kept\n", what);
      change();
      assert.notEqual(summary().stdout, "kept\n", what);
      write("model.py", model);
      write("parts.py", "width = 30\n");
      rmSync(join(folder, "parts"), { recursive: true, force: true });
      rmSync(cache, { recursive: true });
    }
  });

  it("is what the same words asked for, and may be left aside", () => {
    assert.equal(marked().stdout, "kept\n");
    assert.include(summary("--format", "json").stdout, '"parameters"');
    assert.include(summary("--no-cache").stdout, "Parameters");
    assert.equal(summary().stdout, "kept\n");
  });

  it("is computed where it cannot be read or written", () => {
    const whole = summary();
    for (const path of entries()) writeFileSync(path, "no result");
    assert.deepEqual(summary(), whole);
    cache = join(folder, "model.py");
    assert.deepEqual(summary(), whole);
  });

  it("is for nobody else to read", function () {
    if (process.platform === "win32") this.skip();
    summary();
    assert.equal(statSync(join(cache, "forward-pass")).mode & 0o077, 0);
  });

  it("is kept of each file that is checked, for settings of its own", () => {
    const check = (...words: string[]): Run => run("check", "--format", "json", ...words);
    write("model.py", `${model}\n\nlayers = nn.Sequential(nn.Linear(3, 4), nn.Linear(5, 6))(nn.Parameter())\n`);
    const whole = check();
    assert.deepEqual(check(), whole);
    assert.lengthOf(entries(), 2);
    mark((result) => ({ ...result, found: [], elsewhere: [] }));
    assert.notDeepEqual(check(), whole);
    assert.deepEqual(check("--no-cache"), whole);
    assert.deepEqual(check("--ignore", "missing-seed"), whole);
    assert.deepEqual(check(), whole, "other settings have written over it");
  });

  it("comes to what is computed, while a project is written", () => {
    const project = join(folder, "project");
    const names = readdirSync("test/projects").sort().slice(0, 12);
    for (const name of names) cpSync(join("test/projects", name), join(project, name), { recursive: true });
    const files = readdirSync(project, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".py"));
    const check = (...words: string[]): Run =>
      forwardPass(["check", "--preset", "teaching", ...words], project, "", { XDG_CACHE_HOME: cache });
    check();
    for (let i = 0; i < 6; i++) {
      const path = join(project, files[(i * 7) % files.length]!);
      const lines = readFileSync(path, "utf8").split("\n");
      lines.splice(Math.floor(((i + 1) * lines.length) / 8), i % 2, ...(i % 2 === 0 ? ["", "width = 7", ""] : []));
      writeFileSync(path, lines.join("\n"));
      assert.deepEqual(check(), check("--no-cache"), path);
    }
  });
});
