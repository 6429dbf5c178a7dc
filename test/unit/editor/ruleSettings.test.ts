/** The setting `forwardPass.rules` knows the rules that there are, so that the editor completes and checks their ids. */
import { readFileSync } from "node:fs";
import { assert } from "chai";
import { rules } from "../../../src/core/rules/registry";

interface RulesSetting {
  readonly additionalProperties: boolean;
  readonly properties: Readonly<Record<string, { readonly description: string; readonly enum: readonly string[] }>>;
}

describe("the setting of the rules", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, RulesSetting>> } };
  };
  const setting = manifest.contributes.configuration.properties["forwardPass.rules"]!;

  it("lists each rule with its summary", () => {
    const summaries = Object.entries(setting.properties).map(([id, { description }]) => [id, description]);
    assert.deepEqual(
      Object.fromEntries(summaries),
      Object.fromEntries(rules.map(({ rule }) => [rule.id, rule.summary])),
    );
  });

  it("offers the same levels for each", () => {
    for (const { enum: levels } of Object.values(setting.properties)) {
      assert.deepEqual(levels, ["off", "information", "warning", "error"]);
    }
  });

  it("has an id that does not exist underlined", () => {
    assert.isFalse(setting.additionalProperties);
  });
});
