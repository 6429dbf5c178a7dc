/** Products inside of sums: what a division that comes out even needs. */
import { type Dim, add, atomKey, constant, fromTerms, multiply, withoutFactors } from "./dim";

/** A sum in which every multiple of a product of atoms has something else in its place. */
export function replaceProduct(sum: Dim, part: Dim, by: Dim): Dim {
  const [wanted] = part.terms;
  if (part.terms.length !== 1 || !wanted) return sum;
  const parts = sum.terms.map(({ coefficient, factors }) => {
    const rest = coefficient % wanted.coefficient === 0 ? withoutFactors(factors, wanted.factors) : undefined;
    if (!rest) return fromTerms([{ coefficient, factors }]);
    return multiply(fromTerms([{ coefficient: coefficient / wanted.coefficient, factors: rest }]), by);
  });
  const result = parts.reduce(add, constant(0));
  return result.key === sum.key ? sum : result;
}

/** Of a difference `f*a - f*b` the terms a and b; nothing where it is another sum. */
export function withoutCommonFactors(difference: Dim): readonly Dim[] {
  const [first, second] = difference.terms;
  if (difference.terms.length !== 2 || first!.coefficient !== -second!.coefficient) return [];
  const common = first!.factors.filter((atom) => second!.factors.some((other) => atomKey(other) === atomKey(atom)));
  return [first!, second!].map(({ factors }) => {
    const rest = withoutFactors(factors, common) ?? [];
    return fromTerms([{ coefficient: 1, factors: rest }]);
  });
}
