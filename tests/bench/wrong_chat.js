// How often the guard against the wrong chat asks, and what it catches: over recorded chats, five open at a time.
//
//     node tests/bench/wrong_chat.js FILE [--folds 0] [--show]        chats as `replay` plays, compressed or not
//
// A chat's fold is SHA-256 of its id, or of its line, modulo 5. The rules were chosen on folds 1 to 4.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";

register("../js/fakes/static_roots.js", import.meta.url);
const { ChatFacts } = await import("../../agents/static/agents/chat_facts.js");
const { strayIn } = await import("../../agents/static/agents/wrong_chat.js");

const OPEN = 5;

/** A chat as it goes on from where another ended. */
class Seat {
  constructor({ messages }, begins) {
    this.messages = messages;
    this.begins = begins;
    this.about = [];
    this.facts = new ChatFacts();
    /** Facts by other, plainer rules than the guard's own: so that it can be wrong. */
    this.plain = [];
    this.entries = [];
    this.texts = [];
  }

  get next() {
    return this.messages[this.entries.length];
  }

  get due() {
    return this.begins + this.next.at;
  }

  goOn() {
    const { from, text } = this.next;
    if (from === "visitor") this.plain.push(...plainFactsIn(text, /name/iu.test(this.texts.at(-1) ?? "")));
    this.entries.push({ position: this.entries.length + 1, kind: "message", author: { role: from }, body: { text } });
    this.texts.push(text);
    this.facts.read(this.entries);
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { folds: { type: "string", default: "0" }, show: { type: "boolean", default: false } },
});
if (positionals.length !== 1) throw new Error("node tests/bench/wrong_chat.js FILE [--folds 0,1] [--show]");
const folds = new Set(values.folds.split(",").map(Number));
const chats = recorded(positionals[0]).filter((chat) => folds.has(foldOf(chat)) && chat.messages.length);
/** Of each kind: how many there were, and how many the guard asked about. */
const tallies = new Map();
let turn = 0;
for (const { here, others, text } of played(chats)) measure(here, others, text);
print();

/** @param {string} path */
function recorded(path) {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").filter((line) => line.trim()).map((line, index) => ({ id: index + 1, ...JSON.parse(line) }));
}

function foldOf({ id }) {
  return Number(BigInt(`0x${createHash("sha256").update(String(id)).digest("hex")}`) % 5n);
}

/** Every reply of ours, with the chats that are open beside it. */
function* played(all) {
  const waiting = [...all].sort((a, b) => a.started - b.started);
  const seats = waiting.splice(0, OPEN).map((chat) => new Seat(chat, 0));
  while (seats.length) {
    const here = seats.reduce((soonest, each) => (each.due < soonest.due ? each : soonest));
    const { from, text } = here.next;
    if (from === "agent") yield { here, others: seats.filter((each) => each !== here), text };
    const now = here.due;
    here.goOn();
    if (!here.next) seats.splice(seats.indexOf(here), 1, ...waiting.splice(0, 1).map((chat) => new Seat(chat, now)));
  }
}

function measure(here, others, text) {
  turn += 1;
  count("sends interrupted, as recorded", text, here, others);
  const wrong = others[turn % others.length];
  const besides = [here, ...others].filter((each) => each !== wrong);
  const strays = here.plain.filter((fact) => wrong && !wrong.texts.some((said) => isWrittenIn(said, fact)));
  if (strays.some((fact) => isWrittenIn(text, fact))) count("misplaced with a fact, caught, as recorded", text, wrong, besides);
  const fact = strays[turn % strays.length];
  if (!fact) return;
  const written = `${text} ${inOtherWords(fact)}`;
  count("misplaced with a fact, caught, a fact put in", written, wrong, besides);
  count("sends interrupted, a fact of their own chat put in", written, here, others);
}

function count(kind, text, here, others) {
  const stray = strayIn(text, () => here.texts, others);
  const { all, asked } = tallies.get(kind) ?? { all: 0, asked: 0 };
  tallies.set(kind, { all: all + 1, asked: asked + (stray ? 1 : 0) });
  if (values.show && Boolean(stray) !== kind.startsWith("misplaced")) console.log(kind, JSON.stringify(text), stray?.fact.shown ?? "");
}

/** E-mails, numbers of five digits and more, codes, and full names of who says theirs. */
function plainFactsIn(text, asked) {
  return [
    ...(text.match(/\S+@\S+\.\w+/gu) ?? []),
    ...(text.match(/(?<![\w/.-])\d{5,}(?![\w/.-])/gu) ?? []),
    ...(text.match(/\b[A-Z]{0,3}\d{3,}[A-Z]{3,}\b/gu) ?? []),
    ...(/\bmy name is ([A-Z][a-z]+ [A-Z][a-z]+)\b/u.exec(text)?.slice(1) ?? []),
    ...(asked ? (/^\W*([A-Z][a-z]+ [A-Z][a-z]+)\W*$/u.exec(text)?.slice(1) ?? []) : []),
  ];
}

function isWrittenIn(text, fact) {
  const plain = (words) => words.toLowerCase().replace(/[^a-z0-9]+/gu, "");
  return plain(text).includes(plain(fact));
}

/** As people write it the second time. */
function inOtherWords(fact) {
  const ways = /\d/u.test(fact) ? [fact, `#${fact}`, `No. ${fact}.`, fact.toLowerCase()] : [fact, fact.toLowerCase(), `Mr ${fact},`, `${fact}’s`, fact.toUpperCase()];
  return ways[turn % ways.length];
}

function print() {
  console.log(`${chats.length} chats, ${OPEN} open at a time`);
  for (const [kind, { all, asked }] of [...tallies].sort()) console.log(`${kind}: ${asked} of ${all}, ${((1000 * asked) / all).toFixed(2)} in 1,000`);
}
