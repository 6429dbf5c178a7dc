/** `copy`: an object may have a way of its own. */
import { none } from "../../ops/value";
import { ownMethod } from "../classes/specialMethods";
import { type Machine, args } from "../machine";
import { deepCopy, shallowCopy } from "../values/copies";
import { type Value } from "../values/value";
import { type Builtin, type Functions } from "./given";

const copying =
  (way: "__copy__" | "__deepcopy__", copy: (machine: Machine, value: Value) => Value): Builtin =>
  (machine, { positional: [value, memo] }, site) => {
    if (!value) return none;
    const own = ownMethod(value, way);
    if (!own) return copy(machine, value);
    const known = memo ?? { kind: "dict", entries: machine.newTable() };
    return machine.call(own, way === "__copy__" ? args(value) : args(value, known), site);
  };

export const copyFunctions: Functions = [
  ["copy.copy", copying("__copy__", shallowCopy)],
  ["copy.deepcopy", copying("__deepcopy__", (machine, value) => deepCopy(machine, value))],
];
