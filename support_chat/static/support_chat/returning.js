/** @import {Wake} from "./page_life.js" */
import { Backoff } from "./backoff.js";
import { signal } from "./vendor/preact.js";

/** Told to come back later, for flooding: within the second half minute, whatever wakes us. */
const FLOODED_S = 30;
/** What may bring us back before the planned time. @type {Record<"anything" | "being_shown" | "nothing", Wake[]>} */
const REASONS = { anything: ["shown", "online", "thawed"], being_shown: ["shown", "focused"], nothing: [] };

/** When, and for what reasons, a lost link is tried again. */
export class Returning {
  #backoff = new Backoff();
  /** @type {keyof typeof REASONS} */
  #wakes = "anything";
  /** @type {any} */
  #timer;

  /** @param {() => void} open */
  constructor(open) {
    this.open = open;
    /** Seconds, as planned; null: nothing is. @type {import("./vendor/preact.js").Signal<number | null>} */
    this.in = signal(null);
  }

  /** After the usual pause. @param {number} [atLeast] seconds */
  soon(atLeast = 0) {
    this.#plan(Math.max(atLeast, this.#backoff.next()));
  }

  /** When the server says. @param {number} seconds */
  after(seconds) {
    this.#plan(seconds);
  }

  later() {
    this.#plan(FLOODED_S * (1 + Math.random()));
    this.#wakes = "nothing";
  }

  whenShown() {
    this.cancel();
    this.#wakes = "being_shown";
  }

  /** The link is there. */
  arrived() {
    this.#backoff.online();
  }

  /** Whatever happened before has no bearing on what comes now. */
  forgive() {
    this.#backoff.reset();
  }

  cancel() {
    clearTimeout(this.#timer);
    this.in.value = null;
    this.#wakes = "anything";
  }

  /** @param {Wake} why */
  isWokenBy(why) {
    return REASONS[this.#wakes].includes(why);
  }

  /** @param {number} seconds */
  #plan(seconds) {
    this.cancel();
    this.in.value = seconds;
    this.#timer = setTimeout(this.open, seconds * 1000);
  }
}
