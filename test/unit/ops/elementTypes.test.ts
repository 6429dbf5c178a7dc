/** The tables of element types speak of operations and arguments that there are; documents say whether they are right. */
import { assert } from "chai";
import { libraryFunctions } from "../../../src/core/infer/imports/libraries";
import { argumentsWithTypes } from "../../../src/core/ops/elementTypes";
import { findOperation } from "../../../src/core/ops/registry";

describe("The tables of element types", () => {
  it("name operations and arguments that there are", () => {
    const wrong = argumentsWithTypes().filter(([name, argument]) => {
      if (libraryFunctions.has(name)) return false;
      const operation = findOperation(name);
      const signatures = operation ? [operation.signature, operation.forward] : [];
      const known = signatures.flatMap((one) => one?.parameters.map((parameter) => parameter.name) ?? []);
      // A layer without more to say of its `forward` takes one input; its weight is a parameter of its own.
      const isOwn = operation?.kind === "module" && /^(input|weight)$/.test(argument);
      return !known.includes(argument) && !isOwn;
    });
    assert.deepEqual(wrong, []);
  });
});
