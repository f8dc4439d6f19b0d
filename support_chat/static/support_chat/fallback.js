/** @import {FallbackLink, FallbackOptions, WayBack} from "./fallback_link.js" */
import { reached } from "./brought.js";
import { LostError } from "./errors.js";

/** A link over HTTP requests instead of a WebSocket. Its code is fetched when it is needed, which is seldom. */
export class Fallback {
  /** @type {FallbackLink | null} */
  #link = null;
  /** @type {WayBack | null} */
  #wayBack = null;
  #closed = false;

  /** @param {FallbackOptions} options @param {() => Promise<typeof import("./fallback_link.js")>} [load] for tests */
  constructor(options, load = fetchCode) {
    void this.#begin(options, load);
  }

  /**
   * @param {string} command
   * @param {object} fields
   * @param {number} timeout seconds
   * @returns {Promise<any>}
   */
  ask(command, fields, timeout) {
    return this.#link?.ask(command, fields, timeout) ?? Promise.reject(new LostError("not_online"));
  }

  /** Hello was answered: from now on a WebSocket is tried beside it. */
  welcomed() {
    this.#wayBack?.start();
  }

  /** Another network, perhaps: try now. */
  hurry() {
    this.#wayBack?.hurry();
  }

  close() {
    this.#closed = true;
    this.#wayBack?.stop();
    this.#link?.close();
  }

  /** @param {FallbackOptions} options @param {() => Promise<typeof import("./fallback_link.js")>} load */
  async #begin(options, load) {
    try {
      const { FallbackLink, WayBack } = await load();
      if (this.#closed) return;
      this.#wayBack = new WayBack(options.wayBack);
      this.#link = new FallbackLink(options);
      options.onOpen();
    } catch {
      if (!this.#closed) options.onClosed(1006);
    }
  }
}

function fetchCode() {
  return reached(() => import("./fallback_link.js"));
}
