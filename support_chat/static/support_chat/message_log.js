/** @import {Entry, Snapshot, Page, ResumeReply} from "./types.d.ts" */
import { batch, signal } from "./vendor/preact.js";

/** So many early entries are kept until what is missing before them has come; the rest is asked for again. */
const KEPT_ASIDE = 500;

/**
 * One chat's entries, in order and without gaps, as far as they are loaded.
 *
 * - `entries`: signal, the loaded run of entries, oldest first; the last one is the head.
 * - `earlier`: signal, whether older entries exist on the server.
 * - `replacedAt`: signal, the head at which another history was taken instead of the one we knew, as after a restored
 *   backup; null: never.
 * - `position`, `mark`: of the head, to give to `resume`. `first`: the oldest loaded position, to give to `page`.
 */
export class MessageLog {
  /** @type {Map<number, Entry>} */
  #early = new Map();
  /** @type {Set<string>} */
  #clientIds = new Set();

  /** @param {string | null} [conversation] */
  constructor(conversation = null) {
    this.conversation = conversation;
    /** @type {import("./vendor/preact.js").Signal<Entry[]>} */
    this.entries = signal([]);
    /** @type {import("./vendor/preact.js").Signal<boolean>} */
    this.earlier = signal(false);
    /** @type {import("./vendor/preact.js").Signal<number | null>} */
    this.replacedAt = signal(null);
    this.position = 0;
    this.mark = "";
  }

  get first() {
    return this.entries.peek()[0]?.position ?? this.position + 1;
  }

  /**
   * Take one live entry. "gap": something before it is missing (it is kept aside), or this is another log than the
   * one we knew; the caller resumes (see catch_up.js).
   * @param {Entry} entry
   * @returns {"applied" | "known" | "gap"}
   */
  apply(entry) {
    if (entry.position <= this.position) return this.#agrees(entry) ? "known" : "gap";
    if (entry.position > this.position + 1) {
      if (this.#early.size < KEPT_ASIDE) this.#early.set(entry.position, entry);
      return "gap";
    }
    this.extend([entry]);
    return "applied";
  }

  /** Drop everything and show this snapshot. @param {Snapshot} snapshot */
  adopt(snapshot) {
    const replaced = this.#contradicts(snapshot);
    this.#early.clear();
    this.#clientIds.clear();
    this.#remember(snapshot.entries);
    this.conversation = snapshot.id;
    this.position = snapshot.position;
    this.mark = snapshot.mark;
    batch(() => {
      if (replaced) this.replacedAt.value = snapshot.position;
      this.earlier.value = snapshot.earlier === true;
      this.entries.value = [...snapshot.entries];
    });
  }

  /** Take entries that follow the head, in order; those it knows are passed over. @param {Entry[]} entries */
  extend(entries) {
    const fresh = [];
    for (const entry of entries) if (this.#moveTo(entry)) fresh.push(entry);
    for (let next; (next = this.#early.get(this.position + 1)); this.#moveTo(next)) fresh.push(next);
    for (const position of this.#early.keys()) if (position <= this.position) this.#early.delete(position);
    this.#remember(fresh);
    if (fresh.length) this.entries.value = [...this.entries.peek(), ...fresh];
  }

  /** Take an older page in front. @param {Page} page */
  prepend(page) {
    const first = this.first;
    const older = page.entries.filter((entry) => entry.position < first);
    if (older.length && older[older.length - 1].position !== first - 1) return;
    this.#remember(older);
    batch(() => {
      this.earlier.value = page.earlier === true;
      if (older.length) this.entries.value = [...older, ...this.entries.peek()];
    });
  }

  /**
   * Take a whole reply of `resume` or `open_conversation`.
   * @param {ResumeReply} reply
   * @returns {boolean} whether there is more to ask for
   */
  take(reply) {
    if (reply.snapshot) this.adopt(reply.snapshot);
    else this.extend(reply.entries ?? []);
    return !reply.snapshot && reply.more === true;
  }

  /** Does this log hold the entry that we sent under this id? @param {string} clientId */
  has(clientId) {
    return this.#clientIds.has(clientId);
  }

  /** @param {Entry} entry @returns {boolean} whether it is the one after the head, which it now is */
  #moveTo(entry) {
    if (entry.position !== this.position + 1) return false;
    this.position = entry.position;
    this.mark = entry.mark;
    return true;
  }

  /** @param {Entry} entry */
  #agrees(entry) {
    const ours = this.entries.peek()[entry.position - this.first];
    return ours === undefined || ours.mark === entry.mark;
  }

  /** Does it leave out, or tell otherwise, what we know? @param {Snapshot} snapshot */
  #contradicts({ id, position, entries }) {
    if (id !== this.conversation || this.position === 0) return false;
    const theirs = entries.find((entry) => entry.position === this.position);
    return position < this.position || (theirs !== undefined && theirs.mark !== this.mark);
  }

  /** @param {Entry[]} entries */
  #remember(entries) {
    for (const entry of entries) if (entry.client_id) this.#clientIds.add(entry.client_id);
  }
}
