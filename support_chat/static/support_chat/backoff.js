const FIRST_S = 0.5;
const LONGEST_S = 30;
/** A link that held so long was a good one: the next failure starts from the beginning. */
const GOOD_AFTER_MS = 10_000;

/** Exponential backoff with full jitter, so that a thousand browsers do not come back in the same second. */
export class Backoff {
  #attempts = 0;
  /** @type {number | null} */
  #onlineSince = null;

  /** Both in seconds: before the second attempt at most `first`, then twice that, never more than `longest`. */
  constructor(first = FIRST_S, longest = LONGEST_S) {
    this.first = first;
    this.longest = longest;
  }

  online() {
    this.#onlineSince = Date.now();
  }

  /** @returns {number} seconds to wait before the next attempt */
  next() {
    if (this.#onlineSince !== null && Date.now() - this.#onlineSince >= GOOD_AFTER_MS) this.reset();
    this.#onlineSince = null;
    return Math.random() * Math.min(this.longest, this.first * 2 ** this.#attempts++);
  }

  reset() {
    this.#attempts = 0;
  }
}
