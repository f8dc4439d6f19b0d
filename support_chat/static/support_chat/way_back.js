/** @import {Link} from "./link.js" */
import { Backoff } from "./backoff.js";
import { OPENING_MS } from "./greeting.js";

const FIRST_S = 5;
const LONGEST_S = 300;

/** Beside the fallback that is in use: tries a WebSocket now and then, until one is welcomed. */
export class WayBack {
  #backoff = new Backoff(FIRST_S, LONGEST_S);
  /** @type {Link | null} */
  #link = null;
  /** @type {any} */
  #timer;
  #wanted = false;

  /**
   * @param {object} options
   * @param {(onOpen: (link: Link) => void, onLost: () => void) => Link} options.open
   * @param {(link: Link) => Promise<any>} options.greet
   * @param {(link: Link, welcome: any) => void} options.onFound
   */
  constructor(options) {
    this.options = options;
  }

  start() {
    this.stop();
    this.#wanted = true;
    this.#plan();
  }

  stop() {
    this.#wanted = false;
    this.#drop();
  }

  /** Another network, perhaps: try now. */
  hurry() {
    if (!this.#wanted || this.#link) return;
    this.#backoff.reset();
    this.#try();
  }

  #plan() {
    this.#drop();
    this.#timer = setTimeout(() => this.#try(), this.#backoff.next() * 1000);
  }

  #try() {
    this.#drop();
    this.#timer = setTimeout(() => this.#plan(), OPENING_MS);
    try {
      this.#link = this.options.open((link) => void this.#greet(link), () => this.#plan());
    } catch {
      this.#plan();
    }
  }

  /** @param {Link} link */
  async #greet(link) {
    const welcome = await this.options.greet(link).catch(() => null);
    if (this.#link !== link) return;
    if (welcome === null) return this.#plan();
    this.#link = null;
    this.stop();
    this.options.onFound(link, welcome);
  }

  #drop() {
    clearTimeout(this.#timer);
    const link = this.#link;
    this.#link = null;
    link?.close();
  }
}
