/**
 * Of several tabs with the same outbox one sends: the holder of a Web Lock, and whoever writes takes it over. Two
 * senders at once (no locks in this browser, a take-over with a message under way) are no harm: client ids make
 * every message once.
 */
export class SenderLock {
  held = false;
  #wanted = false;
  /** The request that holds or will hold; an older one has no say any more. @type {object | null} */
  #current = null;
  #queue = new AbortController();
  #letGo = () => {};

  /**
   * @param {string} name
   * @param {() => void} onHeld
   * @param {LockManager | null} [locks] null where there are none: then every tab sends
   * @param {() => void} [onTaken] another tab took it
   */
  constructor(name, onHeld, locks = globalThis.navigator?.locks ?? null, onTaken = () => {}) {
    this.name = name;
    this.onHeld = onHeld;
    this.locks = locks;
    this.onTaken = onTaken;
  }

  /** Hold it when nobody else does, now or later. */
  want() {
    this.#wanted = true;
    if (!this.#current) void this.#request({ signal: this.#queue.signal });
  }

  /** Hold it now: somebody is writing in this tab. */
  take() {
    this.#wanted = true;
    if (this.held) return;
    this.#leaveQueue();
    void this.#request({ steal: true });
  }

  release() {
    this.#wanted = false;
    this.held = false;
    this.#current = null;
    this.#leaveQueue();
    this.#letGo();
  }

  #leaveQueue() {
    this.#queue.abort();
    this.#queue = new AbortController();
  }

  /** @param {LockOptions} options */
  async #request(options) {
    const request = (this.#current = {});
    if (!this.locks) return this.#hold();
    try {
      await this.locks.request(this.name, options, () => (this.#current === request ? this.#hold() : undefined));
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") this.locks = null; // refused here: do without
    }
    if (this.#current !== request) return;
    const taken = this.held;
    this.held = false;
    this.#current = null;
    if (taken) this.onTaken();
    if (this.#wanted) this.want(); // another tab took it: queue for the day it closes
  }

  /** @returns {Promise<void>} settled when we let go */
  #hold() {
    this.held = true;
    const holding = new Promise((done) => (this.#letGo = () => done(undefined)));
    this.onHeld();
    return /** @type {Promise<void>} */ (holding);
  }
}
