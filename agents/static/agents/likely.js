// The replies that may come next: asked for when the chat changed and nobody is writing in it.

/** @import {CannedReply} from "./wire.js" */
/** @import {Asks} from "./learning.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { learns } from "./learning.js";

/** So many, by Alt 1 to Alt 3. */
export const LIKELY = 3;

/** What is suggested is from a chat as it stood at this position. @typedef {{chat: string, position: number, ids: string[]}} Suggested */

export class Likely {
  /** @param {Asks} socket */
  constructor(socket) {
    this.socket = socket;
    /** @type {import("../support_chat/vendor/preact.js").Signal<Suggested | null>} */
    this.suggested = signal(null);
    this.asking = "";
  }

  /**
   * The chat in front stands at this position. While the visitor writes, what is shown stays: what they say next may
   * change it.
   * @param {string} chat
   * @param {number} position
   * @param {boolean} visitorWrites
   */
  async look(chat, position, visitorWrites) {
    const shown = this.suggested.peek();
    if (shown && shown.chat !== chat) this.suggested.value = null;
    const asked = `${chat} ${position}`;
    if (!learns(this.socket) || visitorWrites || this.asking === asked) return;
    this.asking = asked;
    const ids = await this.ask(chat);
    if (this.asking === asked) this.suggested.value = { chat, position, ids };
  }

  /** None while it cannot be asked. @param {string} chat @returns {Promise<string[]>} */
  async ask(chat) {
    try {
      return (await this.socket.request("find_replies", { conversation: chat })).likely;
    } catch {
      return [];
    }
  }

  /** @param {string} chat @param {readonly CannedReply[]} all @returns {CannedReply[]} */
  of(chat, all) {
    const suggested = this.suggested.value;
    if (suggested?.chat !== chat) return [];
    return suggested.ids.flatMap((id) => all.filter((reply) => reply.id === id)).slice(0, LIKELY);
  }
}

/** Which of them this key means; by the key itself, for with Alt some keyboards write another sign. @param {KeyboardEvent} event */
export function numberOf({ altKey, ctrlKey, metaKey, shiftKey, code }) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
  return digit && altKey && !ctrlKey && !metaKey && !shiftKey ? Number(digit[1]) : null;
}
