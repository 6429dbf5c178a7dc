/** The program's version, out of the package that it came with. */
export { version } from "../../package.json";
