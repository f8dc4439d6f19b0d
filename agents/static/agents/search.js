// What is searched for: the findings so far, which one is chosen, and what there is to say about them.

/** @import {Found} from "./wire.js" */
/** @import {RefusedError} from "../support_chat/errors.js" */
/** @import {LiveSocket} from "../support_chat/live_socket.js" */
import { batch, computed, signal } from "../support_chat/vendor/preact.js";

/** Whoever types goes on within this time (ms): what stands there until then is not asked for. */
const PAUSE = 180;
/** Seconds: the server gives up before. */
const PATIENCE = 8;

export class Search {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;
  /** Of the newest search: what is answered late belongs to none. */
  #number = 0;

  /** @param {Pick<LiveSocket, "request">} socket */
  constructor(socket) {
    this.socket = socket;
    this.typed = signal("");
    /** What was asked for last, and what follows is told of. */
    this.asked = signal("");
    /** @type {import("../support_chat/vendor/preact.js").Signal<Found[]>} */
    this.people = signal([]);
    /** @type {import("../support_chat/vendor/preact.js").Signal<Found[]>} */
    this.found = signal([]);
    /** Where the next page begins. @type {import("../support_chat/vendor/preact.js").Signal<string | null>} */
    this.after = signal(null);
    this.busy = signal(false);
    /** Why nothing was found out. @type {import("../support_chat/vendor/preact.js").Signal<Error | null>} */
    this.failed = signal(null);
    /** Which of all is chosen. */
    this.at = signal(0);
    this.all = computed(() => [...this.people.value, ...this.found.value]);
  }

  /** @param {string} text as it stands in the box */
  type(text) {
    this.typed.value = text;
    clearTimeout(this.#soon);
    if (!text.trim()) return this.clear();
    this.#soon = setTimeout(() => this.ask(), PAUSE);
  }

  /** Nothing is searched for. */
  clear() {
    clearTimeout(this.#soon);
    this.#number += 1;
    batch(() => {
      this.typed.value = this.asked.value = "";
      this.people.value = this.found.value = [];
      this.after.value = this.failed.value = null;
      this.busy.value = false;
      this.at.value = 0;
    });
  }

  /** At once. */
  async ask() {
    clearTimeout(this.#soon);
    const query = this.typed.peek();
    if (!query.trim()) return;
    const answer = await this.#request({ query });
    if (!answer) return;
    batch(() => {
      this.asked.value = query;
      this.people.value = answer.people;
      this.found.value = answer.found;
      this.after.value = answer.after;
      this.at.value = 0;
    });
  }

  /** The next page. */
  async older() {
    if (this.busy.peek() || !this.after.peek() || this.asked.peek() !== this.typed.peek()) return;
    const answer = await this.#request({ query: this.asked.peek(), after: this.after.peek() });
    if (!answer) return;
    batch(() => {
      this.found.value = [...this.found.peek(), ...answer.found];
      this.after.value = answer.after;
    });
  }

  /** @param {number} step */
  step(step) {
    const last = this.all.peek().length - 1;
    this.at.value = Math.max(0, Math.min(last, this.at.peek() + step));
  }

  /** @returns {Found | undefined} */
  get chosen() {
    return this.all.value[this.at.value];
  }

  /**
   * Undefined where it was refused, which is told, or where something else is searched for by now.
   * @param {{query: string, after?: string | null}} fields
   */
  async #request(fields) {
    const number = (this.#number += 1);
    this.busy.value = true;
    try {
      const answer = await this.socket.request("search", fields, { timeout: PATIENCE });
      if (number !== this.#number) return undefined;
      this.failed.value = null;
      return /** @type {{people: Found[], found: Found[], after: string | null}} */ (answer);
    } catch (error) {
      if (number === this.#number) this.#fail(fields, /** @type {Error} */ (error));
      return undefined;
    } finally {
      if (number === this.#number) this.busy.value = false;
    }
  }

  /** What was found stays where only its next page is missing. @param {{query: string, after?: string | null}} fields @param {Error} error */
  #fail({ query, after }, error) {
    batch(() => {
      this.failed.value = error;
      if (after) return;
      this.asked.value = query;
      this.people.value = this.found.value = [];
      this.after.value = null;
    });
  }
}

/** Whether it is the words that are wrong, and not the moment. @param {Error | null} error @returns {error is RefusedError} */
export function isMisread(error) {
  return error?.name === "RefusedError" && /** @type {RefusedError} */ (error).code === "bad_query";
}

/**
 * A text in pieces, marked and not.
 * @param {string} text
 * @param {[number, number][]} marks offset and length, in order
 * @returns {{text: string, marked: boolean}[]}
 */
export function piecesOf(text, marks) {
  const pieces = [];
  let end = 0;
  for (const [at, length] of marks) {
    pieces.push({ text: text.slice(end, at), marked: false }, { text: text.slice(at, at + length), marked: true });
    end = at + length;
  }
  return [...pieces, { text: text.slice(end), marked: false }].filter((piece) => piece.text);
}

/**
 * Which rows of a long list are drawn: those in view and some around them.
 * @param {{top: number, height: number, row: number, count: number}} view in px
 */
export function drawn({ top, height, row, count }) {
  const first = Math.max(0, Math.floor(top / row) - AROUND);
  return { first, last: Math.min(count, Math.ceil((top + height) / row) + AROUND) };
}

const AROUND = 8;
