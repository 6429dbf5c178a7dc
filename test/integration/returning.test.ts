/** What comes back, is kept and is shown: the commands do what they say, also with what does not fit. */
import { assert } from "chai";
import { commands, Uri, workspace } from "vscode";
import { closeEverything, tabTitles, until, writeFile } from "./support";

const attempt = (question: string, at: string): string =>
  JSON.stringify({
    version: 1,
    at,
    bank: "training-bugs",
    question,
    response: { chosen: [1] },
    fraction: 0,
    points: 1,
  });

describe("what comes back", () => {
  afterEach(closeEverything);

  const untilTab = (title: string): Promise<string[]> => until(tabTitles, (titles) => titles.includes(title));

  async function exported(): Promise<string> {
    const file = Uri.joinPath(workspace.workspaceFolders![0]!.uri, "exported.jsonl");
    await commands.executeCommand("forwardPass.exportProgress", file);
    return new TextDecoder().decode(await workspace.fs.readFile(file));
  }

  it("is imported, asked for, and exported with everything else", async () => {
    const line = attempt("cross-entropy-input", "2020-01-01T00:00:00.000Z");
    const file = await writeFile("progress.jsonl", `${line}\n{"version":9,"kind":"future"}\n`);
    await commands.executeCommand("forwardPass.importProgress", file);
    await commands.executeCommand("forwardPass.importProgress", file);
    const lines = (await exported()).split("\n");
    for (const kept of [line, '{"version":9,"kind":"future"}'])
      assert.lengthOf(lines.filter((text) => text === kept), 1); // prettier-ignore
    await commands.executeCommand("forwardPass.answerDue");
    await untilTab("What nn.CrossEntropyLoss is given");
  });

  it("takes programs and drafts along, and replaces no program that is here", async () => {
    const uri = Uri.from({ scheme: "forward-pass-code", path: "/code/training-loop/answer.py" });
    const kept = (text: string): string => `${JSON.stringify({ kind: "kept", store: "programs", id: "code/training-loop/answer", text })}\n`; // prettier-ignore
    const head = `${JSON.stringify({ kind: "forward-pass-progress", version: 1 })}\n`;
    await commands.executeCommand("forwardPass.resetProgram", uri);
    for (const text of ["a = 1\n", "a = 2\n"])
      await commands.executeCommand("forwardPass.importProgress", await writeFile("programs.jsonl", head + kept(text)));
    assert.equal(new TextDecoder().decode(await workspace.fs.readFile(uri)), "a = 1\n");
    assert.include(await exported(), kept("a = 1\n").trim());
  });

  it("stays as it is when the file to import is none", async () => {
    const before = await exported();
    await commands.executeCommand("forwardPass.importProgress", await writeFile("no.jsonl", "question,answer\n1,2\n"));
    await commands.executeCommand("forwardPass.importProgress", Uri.file("/nowhere/at/all.jsonl"));
    assert.equal(await exported(), before);
  });

  it("can be crammed by topic", async () => {
    await commands.executeCommand("forwardPass.cram", ["no-such-topic"]);
    assert.isEmpty(tabTitles());
    await commands.executeCommand("forwardPass.cram", ["adam"]);
    await until(tabTitles, ([title]) => title?.includes("Adam") ?? false);
  });

  it("shows in the progress", async () => {
    await commands.executeCommand("forwardPass.showProgress");
    await untilTab("Progress");
  });

  it("has cheat sheets beside it", async () => {
    await commands.executeCommand("forwardPass.openCheatSheet", "no-such-sheet");
    assert.isEmpty(tabTitles());
    await commands.executeCommand("forwardPass.openCheatSheet", "optimisers");
    await untilTab("Optimisers");
  });
});
