/** Attributes that are set on an object directly, whatever its class says of setting them. */
import { args, type Machine, type Site } from "../machine";
import { beside, classAttribute, isModule, isModuleClass, linearised } from "./classes";
import { callFunction } from "../calls/functions";
import { ownMethod } from "./specialMethods";
import { isRegistered, setPart } from "../modules/stored";
import { type InstanceValue, type Value } from "../values/value";

/** What `Module.__setattr__` does, and PyTorch's own ways of registering a part. */
export function setDirectly(machine: Machine, object: InstanceValue, name: string, stored: Value, site: Site): void {
  if (!setByClass(machine, object, name, stored, site)) setPart(object, name, stored);
}

/** What `object.__setattr__` does: a module that is set so on a module is none of its parts. */
export function setBeside(object: InstanceValue, name: string, stored: Value): void {
  object.attributes.set(placeBeside(object, name, stored), stored);
}

/** Under which name an object holds what is set so, or stands in its `__dict__`. */
export function placeBeside(object: InstanceValue, name: string, stored: Value): string {
  const isPart = isModule(stored) || (stored.kind === "tensor" && stored.stored !== undefined);
  return isModuleClass(object.type) && isPart ? beside(name) : name;
}

/** A property or a descriptor of the class takes what is set; modules and parameters are registered whatever there is. */
export function setByClass(machine: Machine, object: InstanceValue, name: string, stored: Value, site: Site): boolean {
  const property = classAttribute(linearised(object.type), name);
  const isProperty = property?.kind === "function" && property.decorator === "property";
  const own = isProperty && !(isRegistered(stored) && isModuleClass(object.type)) ? property.setter : undefined;
  const descriptor = own ? undefined : property && ownMethod(property, "__set__");
  if (own) callFunction(machine, own, args(object, stored), site);
  if (descriptor) callFunction(machine, descriptor, args(property!, object, stored), site);
  return own !== undefined || descriptor !== undefined;
}
