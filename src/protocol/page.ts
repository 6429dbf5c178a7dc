/** What the extension can ask of every page. */
export interface ShowingPage<State> {
  /** Shows something else in the place of what it shows. */
  show(state: State): null;
}
