/** Debian's Python with PyTorch, where the machine has it: the yardstick of several tests. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const packages = "/usr/lib/python3/dist-packages";

/** The interpreter, or undefined where there is none. */
export function pythonPath(): string | undefined {
  return ["/usr/bin/python3", "/usr/local/bin/python3"].find((path) => existsSync(path));
}

/** Every Python file of torch and torchvision, sorted; empty where they are not installed. */
export function torchFiles(): string[] {
  return ["torch", "torchvision"].flatMap((name) => {
    const folder = join(packages, name);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names
      .filter((file) => file.endsWith(".py"))
      .sort()
      .map((file) => join(folder, file));
  });
}

/** An interpreter that can import torch, or undefined. */
export function pythonWithTorch(): string | undefined {
  const python = pythonPath();
  return python === "/usr/bin/python3" && existsSync(join(packages, "torch")) ? python : undefined;
}
