/** A number's or a count's answers as other systems take them: a value, and how far off still counts. */
import type { CountSpec } from "../kinds/count";
import type { NumberSpec } from "../kinds/number";

export interface AcceptedNumber {
  readonly value: number;
  readonly tolerance: number;
  /** The fraction of the points that it earns. */
  readonly credit: number;
  /** Markdown. */
  readonly says: string;
}

/** The right answer first, then the wrong ones that have a word of their own. */
export function acceptedNumbers(spec: NumberSpec | CountSpec): readonly AcceptedNumber[] {
  const around = (value: number): Pick<AcceptedNumber, "value" | "tolerance"> => {
    if (spec.kind === "count") return { value, tolerance: spec.tolerance };
    if (!spec.magnitude) return { value, tolerance: Math.max(spec.absolute, spec.relative * Math.abs(value)) };
    // Half a decade to both sides lies around another middle.
    const [low, high] = [value / Math.sqrt(10), value * Math.sqrt(10)];
    return { value: (low + high) / 2, tolerance: Math.abs(high - low) / 2 };
  };
  return [
    { ...around(spec.value), credit: 1, says: "" },
    ...spec.refuse.map(({ value, credit, says }) => ({ ...around(value), credit, says })),
  ];
}
