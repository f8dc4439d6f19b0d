// A time as people say it, and what the server reads in it. Only what was read of the very words that stand there counts.

import { signal } from "../support_chat/vendor/preact.js";
import { zone } from "./putting_aside.js";

/** So long (ms) after the last key the server is asked what it understands. */
export const PAUSE = 150;

/** @typedef {{when: string, zone: string, until: number}} SaidTime `until`: the same in ms */

export class TimeReading {
  /** Of the newest words: what is answered late belongs to none. */
  #number = 0;
  /** @type {Promise<SaidTime | null>} */
  #reading = Promise.resolve(null);
  /** Not yet asked for: ask at once. */
  #hurry = () => {};

  /** @param {{request: (command: string, fields: any) => Promise<any>}} socket */
  constructor(socket) {
    this.socket = socket;
    this.typed = signal("");
    /** What was read last, ISO; null: no time. It stands until the next is read, so that no line jumps. @type {import("../support_chat/vendor/preact.js").Signal<string | null>} */
    this.at = signal(null);
  }

  /** @param {string} text as it stands in the field */
  type(text) {
    this.typed.value = text;
    this.#hurry(); // the one before: nobody waits for it any more
    const number = (this.#number += 1);
    this.#reading = this.#read(text, number);
  }

  /** What stands there, read; null where it is no time to come. */
  said() {
    this.#hurry();
    return this.#reading;
  }

  /** @param {string} when @param {number} number @returns {Promise<SaidTime | null>} */
  async #read(when, number) {
    if (when.trim()) await new Promise((done) => {
      const timer = setTimeout(done, PAUSE);
      this.#hurry = () => (clearTimeout(timer), done(undefined));
    });
    if (number !== this.#number) return null;
    const { at } = when.trim() ? await this.socket.request("read_time", { when, zone: zone() }).catch(() => ({ at: null })) : { at: null };
    if (number === this.#number) this.at.value = at;
    return at === null ? null : { when, zone: zone(), until: Date.parse(at) };
  }
}
