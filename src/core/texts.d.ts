/** The bundler puts the texts of a folder here: its .md and .py files, and those below, by their names up to the first dot. */
declare module "texts:*" {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
