/** The programs of test/documents, whose expectations stand in them. */
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { rules } from "../../../src/core/rules/registry";
import { checkDocument } from "../support/document";
import { pythonWithTorch } from "../support/python";

const folder = "test/documents";

/** These programs show shapes; what else might be said of them as training programs is not their matter. */
const shapeRules = rules
  .filter(({ id, category }) => category === "shapes" || category === "house" || id === "loss-broadcasts")
  .map(({ id }) => id);
const check = (text: string, path?: string): Promise<string[]> =>
  checkDocument(text, path, { rules: [...shapeRules, "init-std-too-small"], alone: true });

describe("Programs with their expectations inside", () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".py"))) {
    it(`${name.replace(".py", "").replaceAll("_", " ")}: every shape and every finding is as it says`, async () => {
      assert.deepEqual(await check(readFileSync(join(folder, name), "utf8"), `${folder}/${name}`), []);
    });
  }

  it("run under PyTorch, with the shapes and the errors that they state", function () {
    this.timeout(60_000);
    const python = pythonWithTorch();
    if (!python) this.skip();
    const files = readdirSync(folder).filter((file) => file.endsWith(".py") && file !== "suppressed.py");
    const output = execFileSync(python, [
      "test/unit/infer/runDocuments.py",
      ...files.map((file) => join(folder, file)),
    ]);
    assert.deepEqual(JSON.parse(output.toString()), []);
  });

  it("has problems where a shape or a finding is another one than the program says", async () => {
    const text = [
      "import torch",
      "x = torch.zeros(2, 3)  # shape: (2, 4)",
      "y = torch.zeros(2) @ torch.zeros(3)",
      "z = 1  # error: shape-mismatch",
    ].join("\n");
    assert.lengthOf(await check(text), 3);
  });
});
