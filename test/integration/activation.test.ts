/** The extension starts in this extension host and registers what its manifest promises. */
import { assert } from "chai";
import { commands, extensions } from "vscode";

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** The extension host that this bundle of the tests is for; the build puts the word in. */
declare const builtFor: "node" | "web";

describe("activation", () => {
  it("runs in the extension host that it was built for", () => {
    assert.equal("importScripts" in globalThis ? "web" : "node", builtFor);
  });

  const find = () => {
    const extension = extensions.getExtension("forward-pass.forward-pass");
    assert.isDefined(extension);
    return extension;
  };

  it("starts the extension", async () => {
    const extension = find();
    await extension.activate();
    assert.isTrue(extension.isActive);
  });

  it("registers every command of the manifest", async () => {
    const { contributes } = find().packageJSON as Manifest;
    assert.isNotEmpty(contributes.commands);
    const promised = contributes.commands.map(({ command }) => command);
    assert.includeMembers(await commands.getCommands(true), promised);
  });
});
