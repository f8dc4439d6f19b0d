// What is known of one open chat that could tell it from another: kept as its entries come.

/** @import {Fact} from "./facts.js" */
/** @import {Entry} from "../support_chat/types.d.ts" */
import { factsIn, isSame } from "./facts.js";
import { asksForName, holdsName, namesIn } from "./names.js";

/** @typedef {Fact & {ours: boolean}} Known `ours`: only our side has said it */

export class ChatFacts {
  /** By kind and key. @type {Map<string, Known>} */
  known = new Map();
  /** Read so far, by position. */
  first = 0;
  last = 0;
  asked = false;

  forget() {
    this.known.clear();
    [this.first, this.last, this.asked] = [0, 0, false];
  }

  /** Those of them that are new are read. @param {Entry[]} entries a run without gaps, oldest first */
  read(entries) {
    if (!entries.length) return;
    const [from, to] = [entries[0].position, entries[entries.length - 1].position];
    if (from > this.last + 1 || to < this.last) this.forget();
    const older = this.last ? entries.slice(0, Math.max(0, this.first - from)) : [];
    const newer = entries.slice(Math.max(0, this.last + 1 - from));
    older.reduce((asked, entry) => this.hear(entry, asked), false);
    this.asked = newer.reduce((asked, entry) => this.hear(entry, asked), this.asked);
    [this.first, this.last] = [from, to];
  }

  /** @param {Entry} entry @param {boolean} asked whether a name was asked for before it @returns {boolean} and after it */
  hear({ kind, author, body }, asked) {
    const text = body?.text;
    if (!["message", "note", "edited"].includes(kind) || typeof text !== "string") return asked;
    const ours = author.role !== "visitor";
    for (const fact of [...factsIn(text), ...namesIn(text, asked && !ours)]) this.add(fact, ours);
    return ours && kind === "message" && asksForName(text);
  }

  /** @param {Fact} fact @param {boolean} ours */
  add(fact, ours) {
    const key = `${fact.kind} ${fact.key}`;
    this.known.set(key, { ...fact, ours: ours && (this.known.get(key)?.ours ?? true) });
  }

  /** Those that a text holds. @param {string} text @param {Fact[]} told what `factsIn` finds in it @returns {Known[]} */
  heldBy(text, told) {
    return [...this.known.values()].filter((fact) => isIn(text, told, fact));
  }
}

/** Whether a text holds it. @param {string} text @param {Fact[]} told what `factsIn` finds in it @param {Fact} fact */
export function isIn(text, told, fact) {
  return fact.kind === "name" ? holdsName(text, fact.key) : told.some((one) => isSame(one, fact));
}
