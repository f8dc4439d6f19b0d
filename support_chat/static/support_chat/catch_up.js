/** @import {Entry, ResumeReply} from "./types.d.ts" */
/** @import {MessageLog} from "./message_log.js" */

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
    this.#running ??= this.#askUntilWhole().finally(() => (this.#running = null));
    return this.#running;
  }

  async #askUntilWhole() {
    while (this.#wanted) {
      this.#wanted = false;
      const before = this.log.position;
      const reply = await this.ask(before, this.log.mark).catch(() => null);
      if (reply === null) return;
      const more = this.log.take(reply);
      this.onReply(reply);
      if (more && this.log.position > before) this.#wanted = true;
    }
  }
}
