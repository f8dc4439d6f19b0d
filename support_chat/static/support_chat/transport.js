/** @import {FallbackOptions} from "./fallback_link.js" */
import { Fallback } from "./fallback.js";
import { Link } from "./link.js";

/** So many WebSockets in a row that never came to a welcome, and this network may let none through. */
const MISSES = 2;
/** Closes below this come from browsers, servers and proxies; those from it on are our server's own words. */
const OWN_CODES = 4000;

/**
 * @typedef {FallbackOptions & Pick<ConstructorParameters<typeof Link>[0], "connect"> &
 *   {load?: ConstructorParameters<typeof Fallback>[1]}} LinkOptions
 */

/**
 * Which way to the server the next attempt goes. A WebSocket; after two that failed the fallback. Should that fail as
 * well, then it is not the WebSocket that is to blame: both in turn. What was welcomed is kept to.
 */
export class Transport {
  #misses = 0;

  get fallback() {
    return this.#misses >= MISSES && (this.#misses - MISSES) % 2 === 0;
  }

  /** @param {LinkOptions} options @returns {Link | Fallback} */
  open(options) {
    return this.fallback ? new Fallback(options, options.load) : new Link(options);
  }

  /** An attempt came to nothing. @param {number} [code] it was closed with; none: it took too long, or was forbidden */
  missed(code = 0) {
    if (code < OWN_CODES) this.#misses += 1;
  }

  /** A WebSocket was welcomed. */
  socketWorks() {
    this.#misses = 0;
  }
}
