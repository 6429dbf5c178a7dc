/** The program's version, out of the package that it came with. */
import manifest from "../../package.json";

export const version: string = manifest.version;
