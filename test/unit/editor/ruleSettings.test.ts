/**
 * The settings of the rules know the rules that there are, so that the editor completes and checks their ids. With RECORD=1
 * the manifest is written anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { assert } from "chai";
import { rules } from "../../../src/core/rules/registry";
import { presets, severities } from "../../../src/core/rules/settings";

interface Setting {
  readonly enum?: readonly string[];
  readonly additionalProperties?: boolean;
  properties?: object;
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, Setting>> } };
};
const settings = manifest.contributes.configuration.properties;
const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));

/** One property for each rule: its severity. */
const severityOfEach = Object.fromEntries(
  sorted.map(({ id, summary }) => [id, { description: summary, enum: [...severities].reverse() }]),
);

/** One property for each rule that has thresholds. */
const thresholdsOfEach = Object.fromEntries(
  sorted.flatMap(({ id, thresholds }) => {
    const properties = Object.entries(thresholds ?? {}).map(([name, { default: value, says }]) => [
      name,
      { type: "number", default: value, description: `${says[0]!.toUpperCase()}${says.slice(1)}.` },
    ]);
    if (properties.length === 0) return [];
    return [
      [id, { type: "object", additionalProperties: false, properties: Object.fromEntries(properties) as object }],
    ];
  }),
);

describe("the settings of the rules", () => {
  before(() => {
    if (!process.env.RECORD) return;
    settings["forwardPass.rules"]!.properties = severityOfEach;
    settings["forwardPass.thresholds"]!.properties = thresholdsOfEach;
    writeFileSync("package.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  });

  it("list each rule with its summary and the severities", () => {
    assert.deepEqual(settings["forwardPass.rules"]!.properties, severityOfEach);
  });

  it("list each threshold with its default", () => {
    assert.deepEqual(settings["forwardPass.thresholds"]!.properties, thresholdsOfEach);
  });

  it("offer the presets", () => {
    assert.deepEqual(settings["forwardPass.preset"]!.enum, presets);
  });

  it("have an id that does not exist underlined", () => {
    for (const name of ["forwardPass.rules", "forwardPass.thresholds"])
      assert.isFalse(settings[name]!.additionalProperties);
  });
});
