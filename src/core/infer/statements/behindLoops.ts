/** What a loop's rounds call a size is the one of the round: behind the loop what they have changed has sizes of its own. */
import { tensorOf } from "../../ops/value";
import { type Dim, atomKey, unknownSize } from "../../shape/dim";
import { substitute } from "../../shape/division";
import { type Axis, isRest } from "../../shape/shape";
import { type Places } from "../memory/changes";
import { isValue } from "../memory/places";
import { type Scope } from "../memory/scope";

/** Takes the author's names away from the sizes that differ from round to round, in the places that rounds have changed. */
export function leaveNames({ frame }: Scope, changed: Places): void {
  const { sizeNames } = frame;
  if (!sizeNames) return;
  const fresh = new Map<string, Dim>();
  const behind = (key: string): Dim => fresh.get(key) ?? fresh.set(key, unknownSize()).get(key)!;
  const left = (axis: Axis): Axis =>
    isRest(axis)
      ? axis
      : substitute(axis, (symbol) =>
          symbol.origin === "unknown" && sizeNames.has(atomKey(symbol)) ? behind(atomKey(symbol)) : undefined,
        );
  for (const { table, key } of changed.all()) {
    const value = table.get(key);
    if (!isValue(value) || value.kind !== "tensor") continue;
    const shape = value.shape.map(left);
    if (shape.some((axis, i) => axis !== value.shape[i]))
      table.set(key, tensorOf(shape, value.dtype, value.producer, value.stored));
  }
}
