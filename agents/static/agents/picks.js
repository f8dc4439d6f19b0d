// Which canned replies stand in the boxes, to be told to the server once they were sent: it learns from that.

/** @import {Asks} from "./learning.js" */
import { learns } from "./learning.js";
import { unfilledIn } from "./variables.js";

/**
 * What was picked: `typed` to find it, `position` of the newest entry by then, `text` that went into the box.
 * @typedef {{reply: string, typed: string, position: number, text: string}} Pick
 */

export class Picks {
  /** @param {Asks} socket */
  constructor(socket) {
    this.socket = socket;
    /** By chat, since its box was last empty. @type {Map<string, Pick[]>} */
    this.inBox = new Map();
  }

  /** @param {string} chat @param {Pick} pick */
  add(chat, pick) {
    this.inBox.set(chat, [...(this.inBox.get(chat) ?? []), pick]);
  }

  /** The box was emptied: what stood in it was not meant. @param {string} chat */
  drop(chat) {
    this.inBox.delete(chat);
  }

  /**
   * What stood in the box was sent. It is told once it is there: what was taken back was not meant. Nothing is lost when
   * one is not heard.
   * @param {string} chat
   * @param {string} body
   * @param {Promise<"sent" | "failed" | "gone">} arrived what becomes of it
   */
  async sent(chat, body, arrived) {
    const picks = this.inBox.get(chat) ?? [];
    this.drop(chat);
    if (!picks.length || (await arrived) !== "sent" || !learns(this.socket)) return;
    const tells = this.socket.welcome?.features?.includes("pick_edited");
    for (const { text, ...pick } of picks) {
      const edited = tells && { edited: !says(body, text) };
      this.socket.request("pick_reply", { conversation: chat, ...pick, ...edited }).catch(() => {});
    }
  }
}

/** Whether a message says this still, whatever was filled in. @param {string} body @param {string} text */
function says(body, text) {
  let [read, found] = [0, 0];
  for (const { from, to } of [...unfilledIn(text), { from: text.length, to: text.length }]) {
    const piece = text.slice(read, from).trim();
    const at = body.indexOf(piece, found);
    if (at < 0) return false;
    [read, found] = [to, at + piece.length];
  }
  return true;
}
