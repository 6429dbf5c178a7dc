/** The bundler collects style sheets beside the page's script. */
declare module "*.css";
