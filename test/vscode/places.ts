/** Where the harness keeps things: all of it inside the checkout, all of it git-ignored. The working directory is the repository. */
import { resolve } from "node:path";

/** The repository. */
export const root = process.cwd();

/** Downloads, profiles and scratch copies; safe to delete at any time. */
export const scratch = (...names: string[]): string => resolve(root, ".vscode-test", ...names);

/** Pictures of the workbench: of the scenes, and of what went wrong. */
export const screenshots = resolve(root, "out/screenshots");
