/**
 * Attributes of an object of which only its name is known, such as a config that nobody passes: each has one value until
 * somebody changes it, and as a size a symbol of its own name.
 */
import { type UnknownValue, unknown, unknownData } from "../../ops/value";
import { type Machine } from "../machine";
import { type Table } from "../memory/table";
import { type Value } from "./value";

const members = new WeakMap<UnknownValue, Table<Value>>();

export function memberOf(machine: Machine, owner: UnknownValue, name: string): Value {
  const table = membersOf(machine, owner);
  const known = table.get(name);
  if (known) return known;
  const value: UnknownValue = { kind: "unknown", reason: owner.reason, name, owner };
  // It was the same before: whatever becomes of this branch, it stays so.
  machine.apart(() => {
    table.set(name, value);
  });
  return value;
}

/** What is in something of which not even the name is known, or what its methods give. */
export function partOfUnknown({ reason, isData }: UnknownValue): UnknownValue {
  return isData ? unknownData(reason) : unknown(reason);
}

export function setMember(machine: Machine, owner: UnknownValue, name: string, value: Value): void {
  if (owner.name !== undefined) membersOf(machine, owner).set(name, value);
}

/** Something unknown may have changed the object. */
export function forgetMembers(owner: UnknownValue): void {
  const table = members.get(owner);
  for (const name of table?.keys() ?? []) table!.delete(name);
}

function membersOf(machine: Machine, owner: UnknownValue): Table<Value> {
  const known = members.get(owner);
  if (known) return known;
  const table = machine.apart(() => machine.newTable<Value>());
  members.set(owner, table);
  return table;
}
