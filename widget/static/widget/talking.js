import { brought } from "../support_chat/brought.js";
import { LostError } from "../support_chat/errors.js";
import { renew } from "../support_chat/renewing.js";
import { signal } from "../support_chat/vendor/preact.js";

/** @typedef {typeof import("./talk.js")} Talk */

/**
 * The code of a chat (talk.js), which a panel does without until something is said.
 *
 * - `part`: signal, the code, or null before it is here
 */
export class Talking {
  /** @type {Promise<Talk> | null} */
  #coming = null;

  /** @param {import("../support_chat/brought.js").Addresses} addresses of all that belongs to it */
  constructor(addresses) {
    this.addresses = addresses;
    this.part = signal(/** @type {Talk | null} */ (null));
  }

  /** The code, fetched when it is not here yet. @returns {Promise<Talk>} @throws {LostError} it cannot be fetched now */
  fetch() {
    this.#coming ??= this.#bring().catch(({ message }) => {
      this.#coming = null;
      if (message === "404") renew(); // the server has another release by now; all that was written is kept
      throw new LostError("not_online");
    });
    return this.#coming;
  }

  async #bring() {
    await brought(this.addresses);
    return (this.part.value = await import("./talk.js"));
  }
}
