/** Paths: what can be told of them without a file system. */
import { bool, str } from "../../ops/value";
import { type Value } from "../values/value";
import { type Builtin, type Functions, textIn } from "./given";

/** Whether something is there: surely not under several lines, which is how programs tell a path from a text. */
const isThere: Builtin = (_, { positional: [path] }) => bool(textIn(path)?.includes("\n") ? false : undefined);

const joined: Builtin = (_, { positional }) => {
  const parts = positional.map(textIn);
  const path = parts.reduce((before, part) => {
    if (before === undefined || part === undefined) return undefined;
    return before === "" || part.startsWith("/") ? part : `${before.replace(/\/$/, "")}/${part}`;
  }, "");
  return str(path);
};

/** Of a path that is known, by its last slash or dot; else still a text. */
const ofPath =
  (part: (path: string) => string): Builtin =>
  (_, { positional: [path] }) => {
    const text = textIn(path);
    return str(text === undefined ? undefined : part(text));
  };

const folderOf = (path: string): string => {
  const at = path.lastIndexOf("/");
  return at < 0 ? "" : path.slice(0, at).replace(/\/+$/, "") || path.slice(0, 1);
};

const lastDot = (path: string): number => {
  const at = path.lastIndexOf(".");
  return at > path.lastIndexOf("/") + 1 ? at : path.length;
};

const splitExtension: Builtin = (_, { positional: [path] }): Value => {
  const text = textIn(path);
  const at = text === undefined ? 0 : lastDot(text);
  return { kind: "tuple", items: [str(text?.slice(0, at)), str(text?.slice(at))] };
};

export const pathFunctions: Functions = [
  ...["exists", "isfile", "isdir", "islink"].map((name) => [`os.path.${name}`, isThere] as const),
  ["os.path.join", joined],
  ["os.path.basename", ofPath((path) => path.slice(path.lastIndexOf("/") + 1))],
  ["os.path.dirname", ofPath(folderOf)],
  ["os.path.splitext", splitExtension],
  ...["abspath", "realpath", "expanduser", "normpath"].map(
    (name) => [`os.path.${name}`, (): Value => str(undefined)] as const,
  ),
  ["os.getcwd", () => str(undefined)],
];
