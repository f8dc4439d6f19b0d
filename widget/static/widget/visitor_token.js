/** @import {Store} from "../support_chat/storage.js" */

const LONGEST_WAIT = 5_000; // milliseconds for another tab's first hello; shorter than our own attempt to connect

/**
 * The visitor's secret, kept in this frame's own storage under a key per site; the host page cannot read it.
 * Two tabs that open at once must not become two visitors: the first hello without a token is said under a lock,
 * and the second tab finds the token that the first was given.
 */
export class VisitorToken {
  /** @param {Store} store @param {string} site @param {LockManager | undefined} [locks] */
  constructor(store, site, locks = navigator.locks) {
    this.store = store;
    this.key = `support-chat:token:${site}`;
    this.locks = locks;
    /** @type {string | null} the one our socket said hello with */
    this.used = null;
    this.unlock = () => {};
  }

  get() {
    return this.store.get(this.key);
  }

  /** The token to say hello with, or null when this hello shall make the visitor. @returns {Promise<string | null>} */
  async forHello() {
    this.unlock();
    if (this.get() === null && this.store.shared()) await this.lock();
    this.used = this.get();
    if (this.used !== null) this.unlock();
    return this.used;
  }

  /** Hello was answered. @param {string | undefined} made the token of a new visitor */
  welcomed(made) {
    if (made !== undefined) {
      this.used = made;
      this.store.set(this.key, made);
    }
    this.unlock();
  }

  /** The server does not know it (any more). Another tab's newer one stays. */
  forget() {
    if (this.get() === this.used) this.store.remove(this.key);
    this.used = null;
  }

  /** Another tab became, or learned to be, another visitor; or nobody any more. @param {(now: string | null) => void} fn */
  onChange(fn) {
    return this.store.watch(this.key, () => {
      const now = this.get();
      if (this.used !== null && now !== this.used) fn(now);
    });
  }

  /** @returns {Promise<void>} when the lock is ours, or nobody will give it to us in time */
  lock() {
    return new Promise((resolve) => {
      if (!this.locks) return resolve();
      const held = new Promise((release) => (this.unlock = () => release(undefined)));
      const patience = AbortSignal.timeout(LONGEST_WAIT);
      const granted = () => {
        resolve();
        return Promise.race([held, new Promise((late) => setTimeout(late, LONGEST_WAIT))]);
      };
      this.locks.request(this.key, { signal: patience }, granted).catch(() => resolve());
    });
  }
}
