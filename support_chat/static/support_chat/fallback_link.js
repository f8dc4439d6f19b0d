import { LostError } from "./errors.js";
import { closingOf } from "./http_closing.js";
import { postTo } from "./posting.js";
import { Replies } from "./replies.js";
import { SharedStream } from "./shared_stream.js";

export { WayBack } from "./way_back.js";

/** A request without an answer for so long holds up all the others. */
const REQUEST_MS = 20_000;
/** Answers that refuse the command, and say nothing of the way to the server. */
const REFUSALS = new Set([400, 413, 500]);
const LOST = 1006;

/**
 * @typedef {object} FallbackOptions
 * @property {string} url of the socket that this stands in for
 * @property {() => void} onOpen
 * @property {(event: any) => void} onEvent
 * @property {(heads: Record<string, number>) => void} onHeads how far the events have told each topic
 * @property {() => void} onHeard
 * @property {(code: number, after?: number) => void} onClosed
 * @property {ConstructorParameters<typeof import("./way_back.js").WayBack>[0]} wayBack
 * @property {typeof fetch} [fetch] for tests
 * @property {LockManager | null} [locks] for tests
 *
 * @typedef {{id: number, do: string, with: any}} Command
 */

/** What a link is, without a WebSocket: each command a request, one at a time; events from one long response. */
export class FallbackLink {
  #replies = new Replies();
  /** @type {Command[]} */
  #waiting = [];
  #busy = false;
  #gone = new AbortController();
  /** @type {string | null} */
  #token = null;
  /** @type {SharedStream | null} */
  #stream = null;

  /** @param {FallbackOptions} options */
  constructor(options) {
    this.options = options;
    this.fetch = options.fetch ?? fetch.bind(globalThis);
  }

  /**
   * @param {string} command
   * @param {object} fields
   * @param {number} timeout seconds
   * @returns {Promise<any>} the reply's `ok`
   */
  ask(command, fields, timeout) {
    if (this.#gone.signal.aborted) return Promise.reject(new LostError("not_online"));
    return this.#replies.expect(timeout, (id) => {
      this.#waiting.push({ id, do: command, with: fields });
      void this.#work();
    });
  }

  close() {
    this.#gone.abort();
    this.#stream?.close();
    this.#replies.lose(null);
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    for (let command; (command = this.#waiting.shift()); ) {
      if (this.#replies.awaits(command.id)) await this.#send(command).catch(() => this.#lost(LOST));
    }
    this.#busy = false;
  }

  /** @param {Command} command */
  async #send(command) {
    const late = setTimeout(() => this.#lost(LOST), REQUEST_MS);
    try {
      const response = await this.#post("commands", command, this.#gone.signal);
      if (response.status === 200) return this.#settle(command, await response.json());
      if (REFUSALS.has(response.status)) return this.#settle(command, { ...(await response.json()), re: command.id });
      const { code, after } = closingOf(response);
      this.#lost(code, after);
    } finally {
      clearTimeout(late);
    }
  }

  /** @param {Command} command @param {any} answer */
  #settle(command, answer) {
    if (answer.re !== command.id) throw new TypeError("not our server's answer");
    this.options.onHeard();
    this.#learn(command, answer);
    this.#replies.settle(answer);
  }

  /** What a command makes us listen to. @param {Command} command @param {any} answer */
  #learn(command, { ok, heads = {} }) {
    if (!ok) return;
    if (command.do === "hello") this.#begin(ok, ok.token ?? command.with.token ?? null);
    if (command.do === "leave_conversation") this.#stream?.leave(`conversation:${command.with.conversation}`);
    const left = { leave_visitors: "onsite:", leave_lists: "lists:" }[command.do];
    if (left) this.#stream?.leave(left);
    this.#stream?.want(heads);
  }

  /** @param {any} welcome @param {string | null} token */
  #begin({ visitor, agent }, token) {
    this.#token = token;
    this.#stream = new SharedStream({
      name: `support-chat:events:${visitor ? "visitor" : "agent"}:${(visitor ?? agent)?.id}`,
      open: (heads, signal) => this.#post("events", { heads }, signal),
      onFrame: (frame) => this.#hear(frame),
      onClosed: (code, after) => this.#lost(code, after),
      locks: this.options.locks,
    });
  }

  /** @param {any} frame */
  #hear(frame) {
    this.options.onHeard();
    if (frame.event === "heads") this.options.onHeads(frame.heads);
    else this.options.onEvent(frame);
  }

  /** @param {number} code @param {number} [after] */
  #lost(code, after) {
    if (this.#gone.signal.aborted) return;
    this.#gone.abort();
    this.#stream?.close();
    this.#replies.lose(code);
    this.options.onClosed(code, after);
  }

  /** @param {"commands" | "events"} what @param {object} body @param {AbortSignal} signal */
  #post(what, body, signal) {
    return this.fetch(...postTo(this.options.url, what, body, { token: this.#token, signal }));
  }
}
