/** @import {FallbackLink, FallbackOptions} from "./fallback_link.js" */
import { LostError } from "./errors.js";

/** A link over HTTP requests instead of a WebSocket. Its code is fetched when it is needed, which is seldom. */
export class Fallback {
  /** @type {FallbackLink | null} */
  #link = null;
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

  close() {
    this.#closed = true;
    this.#link?.close();
  }

  /** @param {FallbackOptions} options @param {() => Promise<typeof import("./fallback_link.js")>} load */
  async #begin(options, load) {
    try {
      const { FallbackLink } = await load();
      if (this.#closed) return;
      this.#link = new FallbackLink(options);
      options.onOpen();
    } catch {
      if (!this.#closed) options.onClosed(1006);
    }
  }
}

/** Some browsers never ask again for a module that once could not be fetched: it is asked for as a file first. */
async function fetchCode() {
  await fetch(import.meta.resolve("./fallback_link.js"));
  return import("./fallback_link.js");
}
