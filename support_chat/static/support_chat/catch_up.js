/** @import {Entry, ResumeReply} from "./types.d.ts" */
/** @import {MessageLog} from "./message_log.js" */
import { Backoff } from "./backoff.js";
import { LostError, RefusedError } from "./errors.js";

/**
 * Keeps one log whole: asks for what is missing, one question at a time, until nothing is.
 *
 *     const catchUp = new CatchUp(log, (after, mark) => socket.request("resume", { conversation, after, mark }));
 *     socket.on("entry_added", ({ conversation, entry }) => conversation === id && catchUp.hear(entry));
 *     socket.on("behind", ({ topic }) => topic === `conversation:${id}` && catchUp.run());
 *     socket.onWelcome(() => catchUp.run());
 */
export class CatchUp {
  #wanted = false;
  /** @type {Promise<void> | null} */
  #running = null;
  #backoff = new Backoff();
  #hurry = () => {};

  /**
   * @param {MessageLog} log
   * @param {(after: number, mark: string) => Promise<ResumeReply>} ask 0 and "" for a log that was never loaded
   * @param {(reply: ResumeReply) => void} [onReply] for what else the reply carries (`about`, `read`, …)
   */
  constructor(log, ask, onReply = () => {}) {
    this.log = log;
    this.ask = ask;
    this.onReply = onReply;
  }

  /** Apply a live entry; resume when it shows a gap. @param {Entry} entry */
  hear(entry) {
    const outcome = this.log.apply(entry);
    if (outcome === "gap") void this.run();
    return outcome;
  }

  /** Ask until whole. Never rejects: what a lost link leaves open, the next welcome repairs. @returns {Promise<void>} */
  run() {
    this.#wanted = true;
    this.#hurry();
    this.#running ??= this.#askUntilWhole().finally(() => (this.#running = null));
    return this.#running;
  }

  async #askUntilWhole() {
    this.#backoff.reset();
    while (this.#wanted) {
      this.#wanted = false;
      const before = this.log.position;
      const reply = await this.#reply(before);
      if (reply === null) continue;
      const more = this.log.take(reply);
      this.onReply(reply);
      if (more && this.log.position > before) this.#wanted = true;
    }
  }

  /** @param {number} after */
  async #reply(after) {
    try {
      return await this.ask(after, this.log.mark);
    } catch (error) {
      const pause = this.#pauseAfter(error);
      if (pause !== null) await this.#rest(pause);
      return null;
    }
  }

  /** @param {unknown} error @returns {number | null} seconds; null: asking again on this link would not help */
  #pauseAfter(error) {
    if (error instanceof RefusedError && error.retry) return Math.max(error.after ?? 0, this.#backoff.next());
    return error instanceof LostError && error.reason === "timeout" ? this.#backoff.next() : null;
  }

  /** @param {number} seconds */
  async #rest(seconds) {
    this.#wanted = true;
    await new Promise((done) => {
      const timer = setTimeout(done, seconds * 1000);
      this.#hurry = () => (clearTimeout(timer), done(undefined));
    });
  }
}
