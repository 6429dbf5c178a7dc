/** What a NumPy array is asked for: its sizes, and itself the other way round. */
import { int, unknown } from "../../ops/value";
import { product } from "../../shape/dim";
import { knownDims } from "../../shape/shape";
import { forgetArray } from "./arrayNumbers";
import { arrayAround, isArray, tensorInArray } from "./arrays";
import { forgetObject } from "../classes/classes";
import { libraryFunctions } from "../imports/libraries";
import { type Machine, type Site } from "../machine";
import { sizesOf } from "../collections/sequences";
import { type InstanceValue, type Value } from "../values/value";

/** Its sizes, and what is not modelled: whoever asks for anything that is not modelled may change its numbers with it. */
export function attributeOfArray(machine: Machine, array: InstanceValue, name: string, site: Site): Value | undefined {
  if (!isArray(array) || libraryFunctions.has(`numpy.ndarray.${name}`)) return undefined;
  const inside = tensorInArray(array);
  if (name === "shape" && inside) return sizesOf(machine, inside);
  const dims = inside && knownDims(machine.facts.resolveShape(inside.shape));
  if (dims && name === "ndim") return int(dims.length);
  if (dims && name === "size") return int(product(dims));
  if (inside && dims && name === "T") {
    forgetArray(array);
    return arrayAround(machine, { ...inside, shape: [...inside.shape].reverse() }, site);
  }
  if (/^(resize|setfield|setflags|__setstate__)$/.test(name)) forgetObject(array);
  else forgetArray(array);
  return unknown(`${name} of an array is not modelled`);
}
