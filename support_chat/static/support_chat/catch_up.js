/** @import {ResumeReply} from "./types.d.ts" */
/** @import {MessageLog} from "./message_log.js" */

/**
 * Keeps one log whole: asks for what is missing, one question at a time, until nothing is.
 *
 *     const catchUp = new CatchUp(log, (after, mark) => socket.request("resume", { conversation, after, mark }));
 *     socket.on("entry_added", ({ conversation, entry }) => conversation === id && catchUp.hear(entry));
 *     socket.on("behind", ({ topic }) => topic === `conversation:${id}` && catchUp.run());
 */
export class CatchUp {
  /**
   * @param {MessageLog} log
   * @param {(after: number, mark: string) => Promise<ResumeReply>} ask
   * @param {(reply: ResumeReply) => void} [onReply] for what else the reply carries (`about`, `read`, …)
   */
  constructor(log, ask, onReply = () => {}) {
    this.log = log;
    this.ask = ask;
    this.onReply = onReply;
  }

  /** Apply a live entry; resume when it shows a gap. @param {import("./types.d.ts").Entry} entry */
  hear(entry) {
    return /** @type {"applied" | "known" | "gap"} */ ("applied");
  }

  /** Ask until whole. Never rejects: what a lost link leaves open, the next welcome repairs. @returns {Promise<void>} */
  async run() {}
}
