import { LostError } from "./errors.js";

/** So long may a beat stay unanswered before the link counts as dead. */
const PATIENCE_S = 10;
/** After waking up (screen unlocked, network changed) a dead link is likely: less patience. */
const WAKING_PATIENCE_S = 4;

/** Finds links that died without a word, and topics of which we missed something. */
export class Heartbeat {
  /** @type {any} */
  #timer;
  #asking = false;
  #silent = true;

  /**
   * @param {object} options
   * @param {(timeout: number) => Promise<{heads?: Record<string, number>}>} options.beat
   * @param {() => boolean} options.resting beats may be left out (hidden page)
   * @param {(heads: Record<string, number>) => void} options.onHeads
   * @param {() => void} options.onDead
   */
  constructor(options) {
    this.options = options;
  }

  /** @param {number} seconds */
  start(seconds) {
    this.stop();
    this.#timer = setInterval(() => this.options.resting() || this.#probe(PATIENCE_S), seconds * 1000);
  }

  stop() {
    clearInterval(this.#timer);
    this.#asking = false;
  }

  /** Any frame is a sign of life. */
  heard() {
    this.#silent = false;
  }

  /** Is the link still there? Ask at once. */
  wake() {
    void this.#probe(WAKING_PATIENCE_S);
  }

  /** @param {number} patience seconds */
  async #probe(patience) {
    if (this.#asking) return;
    this.#asking = true;
    this.#silent = true;
    try {
      this.options.onHeads((await this.options.beat(patience)).heads ?? {});
    } catch (error) {
      const late = error instanceof LostError && error.reason === "timeout";
      if (late && this.#silent) this.options.onDead();
    } finally {
      this.#asking = false;
    }
  }
}
