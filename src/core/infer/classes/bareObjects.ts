/** An object before anything is in it. */
import { type Machine } from "../machine";
import { type InstanceValue } from "../values/value";

export function bareObject(
  machine: Machine,
  type: InstanceValue["type"],
  origin: InstanceValue["origin"],
): InstanceValue {
  return { kind: "instance", type, attributes: machine.newTable("members"), layer: machine.newTable(), origin };
}
