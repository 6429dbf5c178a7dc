/** Numbers in words, as pages show them. */

/** At most two digits behind the point. */
export const plainNumber = (value: number): string => String(Number(value.toFixed(2)));

/** `1 point`, `2.5 points`. */
export const pointsText = (points: number): string => `${plainNumber(points)} ${points === 1 ? "point" : "points"}`;

/** `1 of 2 points`. */
export const ofPoints = ({ points, of }: { readonly points: number; readonly of: number }): string =>
  `${plainNumber(points)} of ${pointsText(of)}`;
