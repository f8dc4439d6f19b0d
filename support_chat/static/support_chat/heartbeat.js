import { LostError } from "./errors.js";

/** So long may a beat stay unanswered before the link counts as dead. */
const PATIENCE_S = 10;
/** After waking up (screen unlocked, network changed) a dead link is likely: less patience. */
const WAKING_PATIENCE_S = 3;
/** A hidden page asks once a minute: browsers wake it no more often. Less five seconds, for timers that are early. */
const HIDDEN_PACE_MS = 55_000;
/** Told so much after its time, a timer slept with its page. */
const OVERSLEPT_MS = 2_000;

/** Finds links that died without a word, and topics of which we missed something. */
export class Heartbeat {
  /** @type {any} */
  #timer;
  /** Seconds that a beat under way may take; 0: none is. */
  #asking = 0;
  #silent = true;
  #askedAt = 0;

  /**
   * @param {object} options
   * @param {(timeout: number) => Promise<{heads?: Record<string, number>}>} options.beat
   * @param {() => boolean} options.resting few beats will do (hidden page)
   * @param {(heads: Record<string, number>) => void} options.onHeads
   * @param {() => void} options.onDead
   */
  constructor(options) {
    this.options = options;
  }

  /** @param {number} seconds */
  start(seconds) {
    this.stop();
    this.#askedAt = Date.now();
    this.#timer = setInterval(() => this.#due() && this.#probe(PATIENCE_S), seconds * 1000);
  }

  stop() {
    clearInterval(this.#timer);
    this.#asking = 0;
  }

  /** Any frame is a sign of life. */
  heard() {
    this.#silent = false;
  }

  /** Is the link still there? Ask at once. */
  wake() {
    void this.#probe(WAKING_PATIENCE_S);
  }

  #due() {
    return !this.options.resting() || Date.now() - this.#askedAt >= HIDDEN_PACE_MS;
  }

  /** @param {number} patience seconds @param {boolean} [again] @returns {Promise<void>} */
  async #probe(patience, again = false) {
    if (this.#asking && this.#asking <= patience) return;
    this.#asking = patience;
    this.#silent = true;
    const asked = (this.#askedAt = Date.now());
    const outcome = await this.#ask(patience);
    this.#asking = 0;
    if (outcome !== "silence") return;
    // A page that slept meanwhile has perhaps not read yet what came: asked again, it has.
    const overslept = Date.now() - asked > patience * 1000 + OVERSLEPT_MS;
    if (overslept && !again) return this.#probe(WAKING_PATIENCE_S, true);
    this.options.onDead();
  }

  /** @param {number} patience seconds @returns {Promise<"alive" | "silence">} */
  async #ask(patience) {
    try {
      this.options.onHeads((await this.options.beat(patience)).heads ?? {});
      return "alive";
    } catch (error) {
      const late = error instanceof LostError && error.reason === "timeout";
      return late && this.#silent ? "silence" : "alive";
    }
  }
}
