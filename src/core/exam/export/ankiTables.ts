/** Anki's tables (its schema 11, which every version imports), the note type and the decks. */
import type { Bank } from "../question";
import { idFrom } from "./ankiNote";

export const tables: readonly string[] = [
  `CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
    ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
    models text not null, decks text not null, dconf text not null, tags text not null)`,
  `CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
    usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
    flags integer not null, data text not null)`,
  `CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
    mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
    ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
    left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null)`,
  `CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
    ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null)`,
  `CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null)`,
  ...[
    "notes (usn)",
    "notes (csum)",
    "cards (usn)",
    "cards (nid)",
    "cards (did, queue, due)",
    "revlog (usn)",
    "revlog (cid)",
  ].map((columns) => `CREATE INDEX ${indexName(columns)} ON ${columns}`),
];

function indexName(columns: string): string {
  if (columns.includes("queue")) return "ix_cards_sched";
  return `ix_${columns.replace(/ \((\w+)\)/, "_$1")}`;
}

/** Any number, as long as it never changes. */
export const modelId = 1_735_689_600_117;

export const deckIdOf = (bank: Bank): number => idFrom(`deck ${bank.id}`);

/** The only row of `col`, in the order of its columns. */
export function collectionRow(banks: readonly Bank[], now: number): (string | number)[] {
  const seconds = Math.floor(now / 1000);
  const decks = [
    deck(1, "Default", seconds),
    ...banks.map((bank) => deck(deckIdOf(bank), `Forward Pass::${bank.title.replaceAll("::", ":")}`, seconds)),
  ];
  const json = [
    configuration,
    { [modelId]: model(seconds) },
    Object.fromEntries(decks.map((made) => [made.id, made])),
    { 1: limits(seconds) },
    {},
  ];
  return [1, seconds, now, now, 11, 0, 0, 0, ...json.map((value) => JSON.stringify(value))];
}

const configuration = {
  activeDecks: [1], curDeck: 1, newSpread: 0, collapseTime: 1200, timeLim: 0, estTimes: true, dueCounts: true, curModel: modelId,
  nextPos: 1, sortType: "noteFld", sortBackwards: false, addToCur: true, dayLearnFirst: false,
}; // prettier-ignore

const deck = (id: number, name: string, mod: number) => ({
  id, name, mod, usn: -1, desc: "", dyn: 0, conf: 1, collapsed: false, browserCollapsed: false, extendNew: 10, extendRev: 50,
  newToday: [0, 0], revToday: [0, 0], lrnToday: [0, 0], timeToday: [0, 0],
}); // prettier-ignore

const limits = (mod: number) => ({
  id: 1, name: "Default", mod, usn: 0, maxTaken: 60, autoplay: true, timer: 0, replayq: true, dyn: false,
  new: { bury: true, delays: [1, 10], initialFactor: 2500, ints: [1, 4, 7], order: 1, perDay: 20, separate: true },
  rev: { bury: true, ease4: 1.3, fuzz: 0.05, ivlFct: 1, maxIvl: 36500, minSpace: 1, perDay: 200 },
  lapse: { delays: [10], leechAction: 0, leechFails: 8, minInt: 1, mult: 0 },
}); // prettier-ignore

const css = `.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 44rem; margin: 0 auto; padding: 0.5rem; }
.options { padding-left: 1.6rem; } .options p { display: inline; } .mark { margin-right: 0.4rem; } .right { font-weight: 600; }
.reason { font-size: 0.9em; font-weight: normal; } .solution { border-top: 1px solid #999; margin-top: 0.8rem; padding-top: 0.4rem; }
.about { color: #767676; font-size: 0.75em; margin-top: 1rem; } pre { overflow-x: auto; }`;

const front = `{{Question}}\n<div class="about">{{About}}</div>`;
const back = `{{FrontSide}}\n<hr id="answer">\n{{Answer}}\n{{#Solution}}<div class="solution">{{Solution}}</div>{{/Solution}}`;

const model = (mod: number) => ({
  id: modelId, name: "Forward Pass", type: 0, mod, usn: -1, sortf: 0, did: 1, css, vers: [], tags: [],
  latexPre: "\\documentclass{article}\\begin{document}", latexPost: "\\end{document}",
  req: [[0, "any", [0, 3]]],
  flds: ["Question", "Answer", "Solution", "About"].map((name, ord) => ({
    name, ord, font: "Arial", size: 20, media: [], rtl: false, sticky: false,
  })),
  tmpls: [{ name: "Card 1", ord: 0, qfmt: front, afmt: back, bqfmt: "", bafmt: "", did: null }],
}); // prettier-ignore
