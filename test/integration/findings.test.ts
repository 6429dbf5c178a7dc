/** Findings in the editor: they come, follow the text, are mended, silenced and explained. */
import { assert } from "chai";
import {
  commands,
  DiagnosticSeverity,
  workspace,
  type CodeAction,
  type Hover,
  type InlayHint,
  type MarkdownString,
  Range,
  type TextDocument,
} from "vscode";
import {
  closeEverything,
  findingsIn,
  program,
  replaceText,
  rule,
  showPython,
  tabTitles,
  until,
  untilRules,
  writeFile,
} from "./support";

describe("findings", () => {
  afterEach(closeEverything);

  const actionsAt = (document: TextDocument): Thenable<CodeAction[]> =>
    commands.executeCommand("vscode.executeCodeActionProvider", document.uri, findingsIn(document.uri)[0]!.range);

  async function apply(document: TextDocument, title: RegExp): Promise<void> {
    const action = (await actionsAt(document)).find((candidate) => title.test(candidate.title));
    assert.isDefined(action?.edit, `an edit called ${String(title)}`);
    assert.isTrue(await workspace.applyEdit(action.edit));
  }

  it("appear with their place, their severity and a link", async () => {
    const document = await showPython(program);
    await untilRules(document.uri, rule);
    const [finding] = findingsIn(document.uri);
    assert.include(document.getText(finding!.range), "0.1");
    assert.equal(finding!.range.start.line, 4);
    assert.include([DiagnosticSeverity.Error, DiagnosticSeverity.Warning], finding!.severity);
    assert.match(finding!.message, /^[A-Z].*\.$/s);
  });

  it("follow the text", async () => {
    const document = await showPython(program);
    await untilRules(document.uri, rule);
    await replaceText(document, "lr=0.1", "lr=0.001");
    await untilRules(document.uri);
    await replaceText(document, "lr=0.001", "lr=0.5");
    await untilRules(document.uri, rule);
  });

  it("disappear by their fix", async () => {
    const document = await showPython(program);
    await untilRules(document.uri, rule);
    await apply(document, /^(?!Explain|Ignore)/);
    await untilRules(document.uri);
    assert.notInclude(document.getText(), "lr=0.1)");
  });

  it("are silenced by the comment that the lamp offers", async () => {
    const document = await showPython(program);
    await untilRules(document.uri, rule);
    await apply(document, /^Ignore /);
    await untilRules(document.uri);
    assert.include(document.getText(), `lr=0.1)  # forward-pass: ignore[${rule}]\n`);
  });

  it("join the comment that the line has", async () => {
    const document = await showPython(program.replace("lr=0.1)", "lr=0.1)  # forward-pass: ignore[missing-seed]"));
    await untilRules(document.uri, rule);
    await apply(document, /^Ignore /);
    await untilRules(document.uri);
    assert.include(document.getText(), `# forward-pass: ignore[missing-seed, ${rule}]\n`);
  });

  it("follow the settings", async () => {
    const uri = await writeFile("settings.py", program);
    await workspace.openTextDocument(uri);
    await untilRules(uri, rule);
    const change = (level: string | undefined): Thenable<void> =>
      workspace.getConfiguration("forwardPass").update("rules", level && { [rule]: level });
    await change("off");
    await untilRules(uri);
    await change("information");
    await until(
      () => findingsIn(uri).map(({ severity }) => severity),
      (severities) => severities[0] === DiagnosticSeverity.Information,
    );
    await change(undefined);
    await workspace.fs.delete(uri);
  });

  it("go when the file is deleted and closed", async () => {
    const uri = await writeFile("deleted.py", program);
    await commands.executeCommand("vscode.open", uri);
    await untilRules(uri, rule);
    await workspace.fs.delete(uri);
    await closeEverything();
    await untilRules(uri);
  });

  it("are not looked for in other languages", async () => {
    const document = await workspace.openTextDocument({ language: "plaintext", content: program });
    const python = await showPython(program);
    await untilRules(python.uri, rule);
    assert.isEmpty(findingsIn(document.uri));
  });

  for (const [what, text] of [
    ["an empty file", ""],
    ["half a line", "optimizer = torch.optim.Adam(model.parameters(), lr="],
    ["no Python at all", "\u0000{{{ <html> ((( 𝒳 \ud800 '''"],
  ] as const) {
    it(`survive ${what}`, async () => {
      await showPython(text);
      const next = await showPython(program);
      await untilRules(next.uri, rule);
    });
  }

  it("open their explanation once, whatever comes after", async () => {
    await commands.executeCommand("forwardPass.explainFinding", rule);
    await until(tabTitles, (titles) => titles.some((title) => title.startsWith("Adam")));
    await commands.executeCommand("forwardPass.explainFinding", "shape-mismatch");
    await until(tabTitles, (titles) => !titles.some((title) => title.startsWith("Adam")));
    await until(tabTitles, (titles) => titles.length === 1);
  });

  it("of a rule that does not exist open nothing", async () => {
    await commands.executeCommand("forwardPass.explainFinding", "no-such-rule");
    assert.isEmpty(tabTitles());
  });
});

describe("shapes in the editor", () => {
  afterEach(closeEverything);

  const wordsOf = (hovers: readonly Hover[]): string =>
    hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content as MarkdownString).value)
      .join("\n");

  it("are in the hover of a layer", async () => {
    const document = await showPython(program);
    const at = document.positionAt(program.indexOf("Linear") + 1);
    const words = await until(
      async () => wordsOf(await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", document.uri, at)),
      (text) => text !== "",
    );
    assert.match(words, /200,960/);
  });

  it("stand behind lines, unless they are switched off", async () => {
    const document = await showPython(program);
    const whole = new Range(0, 0, document.lineCount, 0);
    const hints = async (): Promise<string[]> => {
      const found = await commands.executeCommand<InlayHint[]>("vscode.executeInlayHintProvider", document.uri, whole);
      return found.map(({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join("")));
    };
    const shown = await until(hints, (labels) => labels.length > 0);
    assert.include(shown.join(), "(32, 10)");
    const settings = workspace.getConfiguration("forwardPass");
    await settings.update("hints.enabled", false);
    await until(hints, (labels) => labels.length === 0);
    await settings.update("hints.enabled", undefined);
  });
});
