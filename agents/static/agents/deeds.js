// What an agent may do with chats and with their own status: each asks the server, and a refusal becomes a sentence.

/** @import {Desk} from "./desk.js" */
/** @import {Agent, Why} from "./wire.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { RefusedError } from "../support_chat/errors.js";
import { gettext } from "../support_chat/gettext.js";
import { speak } from "../support_chat/speak.js";
import { uuid } from "../support_chat/uuid.js";
import { sentFirst } from "./sent_first.js";
import { stillHere } from "./still_here.js";
import { inPlainWords } from "./words.js";

/** How often a command is tried anew while the connection comes back. */
const PATIENCE = { patience: 4 };

/** @typedef {{says?: string, failed?: string}} Said in words, while it is under way; and before the reason why it was not done */

export class Deeds {
  /** Of a status, the newest: an older one that still waits is over. */
  #choice = 0;

  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** What is under way, "accept:ID" …, and in words. @type {import("../support_chat/vendor/preact.js").Signal<ReadonlyMap<string, string>>} */
    this.busy = signal(new Map());
  }

  /** Take it; while it is handed over by oneself, keep it. @param {string} id */
  accept(id) {
    return this.act("accept", id, () => this.command("accept_conversation", id), { says: gettext("Taking it…") });
  }

  /** Tell the visitor that it takes a while. @param {string} id */
  lookUp(id) {
    return this.act("look", id, () => this.command("look_up", id));
  }

  /** @param {string} id @param {{to_agent?: string, to_queue?: string, note?: string}} to one of both */
  transfer(id, to) {
    return this.end("transfer", id, () => this.command("transfer_conversation", id, to), { says: gettext("Handing over…") });
  }

  /** @param {string} id @param {{to_agent: string, reason: string, force: boolean}} how @param {string} [says] */
  assign(id, how, says = gettext("Handing over…")) {
    return this.end("assign", id, () => this.command("assign_conversation", id, how), { says });
  }

  /** @param {string} id @param {string} reason */
  moveToFront(id, reason) {
    return this.act("front", id, () => this.command("move_to_front", id, { reason }));
  }

  /** @param {string} id @param {string} priority @param {string} reason */
  setPriority(id, priority, reason) {
    return this.act("priority", id, () => this.command("set_priority", id, { priority, reason }));
  }

  /** Why nobody has it. @param {string} id @returns {Promise<Why | null>} */
  async explain(id) {
    return (await this.desk.socket.request("explain", { conversation: id })).why;
  }

  /** The same words to all of these who still wait. @param {string[]} conversations @param {string} body */
  notify(conversations, body) {
    const fields = { conversations, client_id: uuid(), body };
    return this.act("notify", "", () => this.desk.socket.request("notify_waiting", fields, PATIENCE));
  }

  /** What supervisors did, and how true the waits were. @returns {Promise<import("./wire.js").Oversight>} */
  oversee() {
    return this.desk.socket.request("oversee", {});
  }

  /** What visitors of a site read. @param {"set_notice" | "pause" | "resume_chats"} name @param {Record<string, any>} fields */
  forSite(name, fields) {
    return this.act(name, fields.site, () => this.desk.socket.request(name, fields, PATIENCE));
  }

  /**
   * @param {string} command
   * @param {string} conversation
   * @param {Record<string, any>} [more]
   */
  command(command, conversation, more = {}) {
    return this.desk.socket.request(command, { conversation, client_id: uuid(), ...more }, PATIENCE);
  }

  /**
   * Shown at once, taken back in words when the server says no.
   * @param {Agent["status"]} status
   * @param {{until?: number, chats?: "finish" | "return", note?: string}} [more] `until`: seconds until they are back
   */
  async setStatus(status, more = {}) {
    const { inbox, socket, notices } = this.desk;
    const before = inbox.me.peek();
    if (!before || (before.status === status && !more.until)) return;
    const choice = (this.#choice += 1);
    inbox.self({ status, cause: "chosen", back_in: more.until ?? null });
    try {
      if (status === "offline") await sentFirst(this.desk);
      if (choice === this.#choice) await socket.request("set_status", { status, ...more }, PATIENCE);
    } catch (error) {
      inbox.self({ status: before.status, cause: before.cause, back_in: before.back_in ?? null });
      notices.say(`${gettext("Your status was not changed.")} ${inPlainWords(/** @type {Error} */ (error))}`, { bad: true });
    }
  }

  /** Nobody was at the desk for long; the server looks whether that is so. */
  rest() {
    this.desk.socket.request("set_status", { status: "away", cause: "no_sign" }).catch(() => {});
  }

  /**
   * After this one writes there no more: what was written before goes first, else it would come too late.
   * @param {string} name
   * @param {string} id
   * @param {() => Promise<any>} work
   * @param {Said} [said]
   * @returns {Promise<boolean>} whether it was done
   */
  end(name, id, work, said) {
    return this.act(name, id, () => this.writtenFirst(id, work), said);
  }

  /** @param {string} id @param {() => Promise<any>} work */
  async writtenFirst(id, work) {
    if (!(await sentFirst(this.desk, id))) throw new RefusedError({ code: "unsent", message: "", retry: false });
    await work();
  }

  /**
   * One thing at a time and chat.
   * @param {string} name
   * @param {string} id
   * @param {() => Promise<any>} work
   * @param {Said} [said]
   * @returns {Promise<boolean>} whether it was done
   */
  async act(name, id, work, { says = "", failed = "" } = {}) {
    const key = `${name}:${id}`;
    if (this.busy.peek().has(key)) return false;
    this.busy.value = new Map(this.busy.peek()).set(key, says);
    if (says) speak(says);
    const isHere = stillHere(this.desk);
    try {
      await work();
      return true;
    } catch (error) {
      this.refused(/** @type {Error} */ (error), isHere(), failed);
      return false;
    } finally {
      this.busy.value = new Map([...this.busy.peek()].filter(([each]) => each !== key));
    }
  }

  /** What is under way in a chat, in words. @param {string} id */
  under(id) {
    return [...this.busy.value].find(([key, says]) => says && key.endsWith(`:${id}`))?.[1] ?? "";
  }

  /** Whose turn it is instead is shown, to who still waits for the answer. @param {Error} error @param {boolean} isHere @param {string} failed */
  refused(error, isHere, failed) {
    const isNotNext = error instanceof RefusedError && error.code === "not_next";
    const why = isNotNext && !isHere ? gettext("Somebody else has waited longer.") : inPlainWords(error);
    this.desk.notices.say(`${failed} ${why}`.trim(), { bad: true });
    if (isNotNext && isHere) this.desk.open(error.details.conversation);
  }
}
