/** `forward-pass exam import` and `export` as processes: what they write, print and return. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { forwardPass, json } from "./run";

describe("forward-pass exam import", () => {
  let folder = "";
  const path = (name: string): string => join(folder, name);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "forward-pass-"));
    writeFileSync(
      path("exam.txt"),
      "Exercise 1: Nets (3 pts)\n1. (2 pts) Why is it so?\n2. (1 pt) Which?\n☐ this\n☐ that\n",
    );
    writeFileSync(path("letter.txt"), "Dear all,\n\nthere is no exam.\n");
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("prints the draft, and on the other channel what it found and what is missing", () => {
    const { status, stdout, stderr } = forwardPass(["exam", "import", path("exam.txt")]);
    assert.equal(status, 0);
    assert.match(stdout, /^---\nid: exam\n/);
    assert.equal(stderr, "1 exercise, 2 questions, 3 points. Missing: answer (1), reasons (1), rubric (1), solution (2).\n"); // prettier-ignore
  });

  it("prints JSON with a row for each question", () => {
    const { text, ...rest } = json(forwardPass(["exam", "import", path("exam.txt"), "--format", "json"])) as {
      text: string;
    };
    assert.include(text, "## 1-1 {pts=2");
    assert.deepEqual(rest, {
      file: path("exam.txt"),
      id: "exam",
      exercises: 1,
      points: 3,
      questions: [
        { label: "1.1", points: 2, missing: ["rubric", "solution"] },
        { label: "1.2", points: 1, missing: ["answer", "reasons", "solution"] },
      ],
    });
  });

  it("writes a file that validates with warnings only, and never over another one", () => {
    const draft = path("exam.quiz.md");
    assert.equal(forwardPass(["exam", "import", path("exam.txt"), "-o", draft]).status, 0);
    const rows = json(forwardPass(["exam", "validate", draft, "--format", "json"])) as { severity: string }[];
    assert.isNotEmpty(rows);
    assert.isTrue(rows.every(({ severity }) => severity === "warning"));
    const again = forwardPass(["exam", "import", path("letter.txt"), "-o", draft]);
    assert.equal(again.status, 2);
    assert.include(again.stderr, "is there already");
    assert.include(readFileSync(draft, "utf8"), "Why is it so?");
  });

  it("ends with 1 where there is no question, and with 2 where there is no file", () => {
    assert.equal(forwardPass(["exam", "import", path("letter.txt")]).status, 1);
    assert.equal(forwardPass(["exam", "import", path("nothing.txt")]).status, 2);
    assert.equal(forwardPass(["exam", "import"]).status, 2);
  });
});

describe("forward-pass exam export", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "forward-pass-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("prints one built-in bank by its id", () => {
    const { status, stdout } = forwardPass(["exam", "export", "--format", "markdown", "foundations"]);
    assert.equal(status, 0);
    assert.match(stdout, /^# Deep learning: foundations\n/);
    assert.notInclude(stdout, "**Solution.**");
    assert.include(
      forwardPass(["exam", "export", "--format", "markdown", "--solutions", "foundations"]).stdout,
      "**Solution.**",
    );
  });

  for (const [format, start] of [["html", "<!doctype html>"], ["gift", "$CATEGORY"], ["moodle", "<?xml"]] as const) {
    it(`writes ${format}`, () => {
      const { status, stdout } = forwardPass(["exam", "export", "--format", format, "foundations"]);
      assert.equal(status, 0);
      assert.isTrue(stdout.startsWith(start));
    });
  } // prettier-ignore

  it("writes an Anki package that Python's zipfile and sqlite3 open", function () {
    const file = join(folder, "deck.apkg");
    assert.equal(forwardPass(["exam", "export", "--format", "anki", "-o", file, "foundations"]).status, 0);
    const python = spawnSync("/usr/bin/python3", ["-c", script, file], { encoding: "utf8" });
    if (python.error) this.skip();
    assert.equal(python.stderr, "");
    assert.deepEqual(JSON.parse(python.stdout), { check: "ok", tables: ["cards", "col", "graves", "notes", "revlog"], decks: 2, same: true }); // prettier-ignore
  });

  it("draws five variants of each drill, or as many as it is told to, by their numbers", () => {
    const sheet = (...more: string[]): string => {
      const { status, stdout } = forwardPass(["exam", "export", "--format", "markdown", ...more, "drills"]);
      assert.equal(status, 0);
      return stdout;
    };
    const count = (text: string): number => text.match(/^### .*Output size of a convolution \(variant \d+\)/gm)?.length ?? 0; // prettier-ignore
    const [usual, two] = [sheet(), sheet("--variants", "2", "--solutions")];
    assert.deepEqual([count(usual), count(two)], [5, 2]);
    assert.notInclude(usual, "**Solution.**");
    assert.include(two, "**Solution.**");
    assert.equal(sheet("--variants", "0").trim(), "");
    assert.equal(forwardPass(["exam", "export", "--format", "gift", "--variants", "few", "drills"]).status, 2);
  });

  it("ends with 2 where the call is wrong, and writes nothing", () => {
    assert.equal(forwardPass(["exam", "export", "--format", "anki", "foundations"]).status, 2);
    assert.equal(forwardPass(["exam", "export", "foundations"]).status, 2);
    const file = join(folder, "nothing.md");
    assert.equal(forwardPass(["exam", "export", "--format", "markdown", "-o", file, "no-such-bank"]).status, 2);
    assert.isFalse(existsSync(file));
  });

  it("ends with 1 where a bank has errors", () => {
    const file = join(folder, "faulty.quiz.md");
    writeFileSync(file, "---\nid: a\ntitle: b\n---\n\n## q\n\nWhy?\n");
    const { status, stderr } = forwardPass(["exam", "export", "--format", "markdown", file]);
    assert.equal(status, 1);
    assert.include(stderr, "has errors");
  });
});

const script = `
import io, json, sqlite3, sys, tempfile, zipfile
with zipfile.ZipFile(sys.argv[1]) as package, tempfile.NamedTemporaryFile() as file:
    file.write(package.read("collection.anki2"))
    file.flush()
    base = sqlite3.connect(file.name)
    ask = lambda query: [row[0] for row in base.execute(query)]
    print(json.dumps({
        "check": ask("pragma integrity_check")[0],
        "tables": ask("select name from sqlite_master where type = 'table' order by name"),
        "decks": len(json.loads(ask("select decks from col")[0])),
        "same": ask("select id from notes order by id") == ask("select nid from cards order by nid"),
    }))
`;
