// Nobody at the desk: no key and no pointer in any window of this browser for long, while no chat is open.

import { localStore } from "../support_chat/storage.js";

/** So long (ms) without a sign. The server knows the same: support_chat/settings/chat.py, NO_SIGN. */
export const QUIET_FOR = 600_000;
/** So often (ms) a sign is written down, and looked for. */
const EVERY = 5_000;
const SIGNS = /** @type {const} */ (["keydown", "pointerdown", "pointermove", "wheel"]);

export class NoSign {
  /**
   * @param {object} options
   * @param {string} options.user signs of one person count, in whichever window
   * @param {() => boolean} options.mayRest they are online and have no chat
   * @param {() => void} options.onQuiet
   * @param {import("../support_chat/storage.js").Store} [options.store]
   * @param {() => number} [options.now] ms
   */
  constructor({ user, mayRest, onQuiet, store = localStore, now = Date.now }) {
    this.mayRest = mayRest;
    this.onQuiet = onQuiet;
    this.store = store;
    this.now = now;
    this.key = `support-chat:console:sign:${user}`;
    this.last = now();
  }

  /** @returns {() => void} stop */
  watch() {
    const seen = () => this.seen();
    for (const sign of SIGNS) addEventListener(sign, seen, { passive: true, capture: true });
    const timer = setInterval(() => this.look(), EVERY);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) removeEventListener(sign, seen, { capture: true });
    };
  }

  /** A key or a pointer, here; the other windows read it. */
  seen() {
    const now = this.now();
    if (now - this.last < EVERY && this.last <= now) return;
    this.last = now;
    this.store.set(this.key, String(now));
  }

  /** Who may not rest, or was seen in another window, begins anew. */
  look() {
    const now = this.now();
    if (!this.mayRest()) this.last = now;
    const elsewhere = Number(this.store.get(this.key) ?? 0);
    const last = Math.max(this.last, elsewhere <= now ? elsewhere : 0);
    if (now - last < QUIET_FOR) return;
    this.last = now;
    this.onQuiet();
  }
}
