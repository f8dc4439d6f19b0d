const TELL_AGAIN_MS = 3000;
const SILENCE_MS = 5000;

/** Our own typing: tells it at most every 3 s, and the end after 5 s of silence or at once on `stop()`. */
export class TypingSender {
  /** @type {number | null} */
  #told = null;
  /** @type {any} */
  #silence;

  /** @param {(typing: boolean, text: string) => void} send */
  constructor(send) {
    this.send = send;
  }

  /** The box now holds this text; an empty one is no typing. @param {string} text */
  typed(text) {
    if (!text) return this.stop();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.stop(), SILENCE_MS);
    if (this.#told !== null && Date.now() - this.#told < TELL_AGAIN_MS) return;
    this.#told = Date.now();
    this.send(true, text);
  }

  /** Sent, emptied or left. */
  stop() {
    clearTimeout(this.#silence);
    if (this.#told === null) return;
    this.#told = null;
    this.send(false, "");
  }
}
