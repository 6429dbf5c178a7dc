/** Copies of values, as Python's `copy` makes them: what is copied deeply has parameters of its own. */
import { isModuleClass } from "../classes/classes";
import { ownMethod } from "../classes/specialMethods";
import { type StoredTensor, type TensorValue, unknown } from "../../ops/value";
import { membership } from "../classes/enumMembers";
import { type Machine } from "../machine";
import { type Table } from "../memory/table";
import { asBounded, boundOf, isOpenItems, itemsOf, setItems } from "../collections/lists";
import { type DictValue, type ListValue, type Value } from "./value";
import { isTransient, leaveOut, shareParts, storedTensor } from "../modules/stored";

export function shallowCopy(machine: Machine, value: Value): Value {
  if (membership(value)) return value;
  const copy = copied(machine, value, (part) => part);
  if (value.kind === "instance" && copy.kind === "instance" && isModuleClass(value.type)) shareParts(value, copy);
  return copy;
}

/** Things that occur twice in a value occur twice in its copy as well. */
export function deepCopy(machine: Machine, value: Value, done = new Map<unknown, Value>()): Value {
  const known = done.get(identity(value)) ?? (membership(value) ? value : undefined);
  if (known) return known;
  const copy = copied(
    machine,
    value,
    (part) =>
      ownMethod(part, "__deepcopy__") ? unknown("it is copied in a way of its own") : deepCopy(machine, part, done),
    (made) => done.set(identity(value), made),
  );
  done.set(identity(value), copy);
  return copy;
}

function identity(value: Value): unknown {
  return value.kind === "tensor" && value.stored ? value.stored : value;
}

function copied(
  machine: Machine,
  value: Value,
  part: (value: Value) => Value,
  begun: (copy: Value) => void = () => undefined,
): Value {
  switch (value.kind) {
    case "tensor":
      return value.stored ? copyOfStored(machine, value, value.stored) : { ...value };
    case "tuple":
      return { ...value, items: value.items.map(part) };
    case "list": {
      const copy: ListValue = { ...value, contents: machine.newTable() };
      begun(copy);
      const items = itemsOf(value);
      setItems(copy, isOpenItems(items) ? { ...items, each: items.each && part(items.each) } : items.map(part));
      const bound = boundOf(value);
      return bound ? asBounded(copy, bound.most) : copy;
    }
    case "dict": {
      const { type } = value;
      const copy: DictValue = { kind: "dict", entries: machine.newTable(), ...(type !== undefined && { type }) };
      begun(copy);
      for (const [name, entry] of value.entries.items()) copy.entries.set(name, { ...entry, value: part(entry.value) });
      return copy;
    }
    case "instance": {
      const copy = { ...value, attributes: machine.newTable<Value>("members"), layer: twin(machine, value.layer) };
      begun(copy);
      for (const [name, attribute] of value.attributes.items()) copy.attributes.set(name, part(attribute));
      machine.record.part.instances.push(copy);
      return copy;
    }
    default:
      return value;
  }
}

function twin<T>(machine: Machine, table: Table<T>): Table<T> {
  const copy = machine.newTable<T>();
  for (const [key, value] of table.items()) copy.set(key, value);
  return copy;
}

/** A parameter of its own, frozen where the other one is. */
function copyOfStored(machine: Machine, value: TensorValue, { kind, id }: StoredTensor): TensorValue {
  const copy = storedTensor(value, kind);
  if (isTransient(value)) leaveOut(copy);
  const isTrained = machine.trainable.get(String(id));
  if (isTrained !== undefined && copy.stored) machine.trainable.set(String(copy.stored.id), isTrained);
  return copy;
}
