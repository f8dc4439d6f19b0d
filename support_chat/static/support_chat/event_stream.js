import { closingOf } from "./http_closing.js";

/** The server says something every 10 s. */
const SILENCE_MS = 25_000;
/** A proxy that keeps everything until the end lets not even the first line through. */
const FIRST_LINE_MS = 10_000;
const LOST = 1006;

/** One response of the server that goes on and on, a frame a line. */
export class EventStream {
  #abort = new AbortController();
  /** @type {any} */
  #alarm;
  #over = false;
  startedAt = Date.now();

  /**
   * @param {object} options
   * @param {(signal: AbortSignal) => Promise<Response>} options.open
   * @param {(frame: any) => void} options.onFrame
   * @param {() => void} options.onEnd it ended as it should: another one goes on from where it was
   * @param {(code: number, after?: number) => void} options.onClosed it broke, or was refused; `after` in seconds
   */
  constructor(options) {
    this.options = options;
    this.#watch(FIRST_LINE_MS);
    void this.#read().catch(() => this.#end(() => options.onClosed(LOST)));
  }

  close() {
    this.#over = true;
    clearTimeout(this.#alarm);
    this.#abort.abort();
  }

  async #read() {
    const { open, onEnd, onClosed } = this.options;
    const response = await open(this.#abort.signal);
    if (response.status !== 200 || !response.body) {
      const { code, after } = closingOf(response);
      return this.#end(() => onClosed(code, after));
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let heard = "";
    for (let piece; !(piece = await reader.read()).done; ) heard = this.#take(heard + piece.value);
    this.#end(onEnd);
  }

  /** @param {string} text @returns {string} the beginning of the next line */
  #take(text) {
    this.#watch(SILENCE_MS);
    const lines = text.split("\n");
    const rest = lines.pop() ?? "";
    for (const line of lines) if (line && !this.#over) this.#hear(JSON.parse(line));
    return rest;
  }

  /** @param {any} frame */
  #hear(frame) {
    if (frame.event === "closed") this.#end(() => this.options.onClosed(frame.code));
    else this.options.onFrame(frame);
  }

  /** @param {number} ms */
  #watch(ms) {
    clearTimeout(this.#alarm);
    if (!this.#over) this.#alarm = setTimeout(() => this.#end(() => this.options.onClosed(LOST)), ms);
  }

  /** @param {() => void} tell */
  #end(tell) {
    if (this.#over) return;
    this.close();
    tell();
  }
}
