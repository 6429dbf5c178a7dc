/**
 * What rules remember of modules and tensors while they look at one run. They outlive it: after an edit they may be those
 * of the next run, with modules in another state.
 */
import { type Part } from "../../infer/record/part";
import { type InstanceValue } from "../../infer/values/value";

/** The number of the record that the rules look at. */
let looking = 0;

export function lookAt({ count }: Part): void {
  looking = count;
}

/** A function that finds something out once a run. `by` is what two things share that are the same. */
export function onceARun<Of extends object, T>(find: (of: Of) => T, by: (of: Of) => object = same): (of: Of) => T {
  const known = new WeakMap<object, { readonly at: number; readonly found: T }>();
  return (of) => {
    const before = known.get(by(of));
    if (before?.at === looking) return before.found;
    const found = find(of);
    known.set(by(of), { at: looking, found });
    return found;
  };
}

function same(of: object): object {
  return of;
}

/** Copies of a module share the table of its attributes. */
export function attributesOf({ attributes }: InstanceValue): object {
  return attributes;
}
