/** @import {LiveSocket} from "./live_socket.js" */
/** @import {Pending} from "./outbox.js" */
/** @import {PendingItems} from "./pending_items.js" */
import { LostError, RefusedError } from "./errors.js";

/** A link that breaks so often while one message alone is under way breaks because of it. */
const KILLS_ALLOWED = 3;
/** A break later than this after sending has another cause. */
const BLAMED_MS = 10_000;
/** Ends that say nothing of a restart, a busy server or a page going away. */
const BLAMED_CODES = new Set([1002, 1003, 1006, 1007, 1009, 1011, 4400, 4413]);
const LONGEST_PAUSE_S = 30;
const NOT_SENT = { state: /** @type {const} */ ("failed"), error: { code: "not_sent", message: "" } };
const REROUTES_ALLOWED = 2;
/** In a row, over about two and a half minutes of a link that holds: then it is the message, and the others go on. */
const TRIES_ALLOWED = 10;

/**
 * One chat's way to the server, or that of all of them: one message at a time, in typed order.
 * @typedef {object} Lane
 * @property {boolean} busy
 * @property {any} pause timer of the next try, or null
 * @property {number} tries in a row without success
 * @property {string | null} blockedBy client_id that the server refused for now: until it comes again or is skipped,
 *   the server takes nothing else of this chat on this link
 */

/** Sends what waits in the outbox, each message until there is a clear answer. */
export class Delivery {
  /** @type {Map<string, Lane>} */
  #lanes = new Map();
  /** @type {Set<string>} */
  #underWay = new Set();
  /** @type {Set<string>} those that were under way together with another */
  #accompanied = new Set();
  /** One message at a time over all chats, to find the one that breaks the link. */
  #careful = false;
  /** @type {Map<string, number>} */
  #reroutes = new Map();

  /**
   * @param {object} options
   * @param {PendingItems} options.items
   * @param {LiveSocket} options.socket
   * @param {() => boolean} options.may is this the sending tab
   * @param {boolean} options.oneLane all chats wait for each other
   * @param {(started: any, item: Pending) => void} options.onStarted
   * @param {(item: Pending, error: RefusedError) => Partial<Pending> | null} options.reroute
   * @param {(error: RefusedError) => boolean} options.isFinal
   */
  constructor(options) {
    this.options = options;
    this.items = options.items;
  }

  /** A new link: no chat is held up on it, and no pause is left from the old one. */
  fresh() {
    this.stop();
    this.#lanes.clear();
    this.pump();
  }

  stop() {
    for (const lane of this.#lanes.values()) clearTimeout(lane.pause);
  }

  /** Send what can be sent now. */
  pump() {
    if (!this.options.may() || this.options.socket.status.peek() !== "online") return;
    const waiting = this.items.list.peek().filter((item) => item.state === "sending");
    if (!waiting.length) this.#careful = false;
    for (const item of waiting) {
      if (this.#careful && this.#underWay.size) return;
      const lane = this.#lane(item);
      if (!lane.busy && lane.pause === null) void this.#deliver(item, lane);
    }
  }

  /** Discarded: should the server wait for it, tell it not to. @param {Pending} item */
  giveUp(item) {
    const lane = this.#lane(item);
    this.#skip(item.conversation, item.client_id, lane);
    clearTimeout(lane.pause);
    lane.pause = null;
    this.pump();
  }

  /** @param {Pending} item @param {Lane} lane */
  async #deliver(item, lane) {
    lane.busy = true;
    this.#leave(item.client_id);
    const sentAt = Date.now();
    try {
      const ok = await this.options.socket.request(commandOf(item), fieldsOf(item));
      this.#arrived(item, ok, lane);
    } catch (error) {
      this.#failed(item, error, lane, sentAt);
    }
    lane.busy = false;
    this.#underWay.delete(item.client_id);
    this.#accompanied.delete(item.client_id);
    this.pump();
  }

  /** @param {string} clientId */
  #leave(clientId) {
    this.#underWay.add(clientId);
    if (this.#underWay.size > 1) this.#underWay.forEach((one) => this.#accompanied.add(one));
  }

  /** @param {Pending} item @param {any} ok @param {Lane} lane */
  #arrived(item, ok, lane) {
    lane.tries = 0;
    lane.blockedBy = null;
    this.items.sent(item.client_id, ok.position ?? null);
    if (item.conversation !== null) return;
    this.items.started(ok.conversation);
    this.options.onStarted(ok, item);
  }

  /** @param {Pending} item @param {unknown} error @param {Lane} lane @param {number} sentAt */
  #failed(item, error, lane, sentAt) {
    if (error instanceof RefusedError) return this.#refused(item, error, lane);
    if (!(error instanceof LostError)) throw error;
    if (error.reason === "timeout") return this.#stuck(item, lane);
    const blamed = BLAMED_CODES.has(error.closeCode ?? 0) && Date.now() - sentAt < BLAMED_MS;
    if (blamed && globalThis.navigator?.onLine !== false) this.#suspect(item);
  }

  /** @param {Pending} item @param {RefusedError} error @param {Lane} lane */
  #refused(item, error, lane) {
    if (error.retry && !this.options.isFinal(error)) return this.#later(item, error, lane);
    if (error.retry) lane.blockedBy = item.client_id;
    this.#no(item, error, lane);
  }

  /** @param {Pending} item @param {RefusedError} error @param {Lane} lane */
  #later(item, error, lane) {
    if (error.code === "failed") return this.#stuck(item, lane, error);
    const { blockedBy } = lane;
    if (error.code === "out_of_turn" && blockedBy) this.#skip(item.conversation, blockedBy, lane);
    else lane.blockedBy = item.client_id;
    this.#pause(lane, error.after);
  }

  /** The link holds, and still it does not get through. @param {Pending} item @param {Lane} lane @param {RefusedError} [error] */
  #stuck(item, lane, error) {
    if (error) lane.blockedBy = item.client_id;
    if (lane.tries + 1 < TRIES_ALLOWED) return this.#pause(lane, error?.after ?? null);
    lane.tries = 0;
    this.#skip(item.conversation, item.client_id, lane);
    this.items.change(item.client_id, NOT_SENT);
  }

  /** @param {Pending} item @param {RefusedError} error @param {Lane} lane */
  #no(item, error, lane) {
    this.#skip(item.conversation, item.client_id, lane);
    const reroutes = this.#reroutes.get(item.client_id) ?? 0;
    const change = reroutes < REROUTES_ALLOWED ? this.options.reroute(item, error) : null;
    this.#reroutes.set(change?.client_id ?? item.client_id, reroutes + 1);
    const { code, message } = error;
    this.items.change(item.client_id, change ?? { state: "failed", error: { code, message } });
  }

  /** The link broke with it. @param {Pending} item */
  #suspect(item) {
    this.#careful = true;
    if (this.#accompanied.has(item.client_id)) return;
    const kills = item.kills + 1;
    this.items.change(item.client_id, { kills, ...(kills >= KILLS_ALLOWED && NOT_SENT) });
  }

  /** @param {Lane} lane @param {number | null} seconds */
  #pause(lane, seconds) {
    lane.tries += 1;
    const pause = seconds ?? Math.min(LONGEST_PAUSE_S, 2 ** (lane.tries - 1));
    lane.pause = setTimeout(() => {
      lane.pause = null;
      this.pump();
    }, pause * 1000);
  }

  /** @param {string | null} conversation @param {string} clientId @param {Lane} lane */
  #skip(conversation, clientId, lane) {
    if (lane.blockedBy !== clientId) return;
    lane.blockedBy = null;
    if (conversation === null) return;
    // Lost or refused: the next link knows nothing of it anyway.
    this.options.socket.request("skip", { conversation, client_id: clientId }).catch(() => {});
  }

  /** @param {Pending} item @returns {Lane} */
  #lane({ conversation }) {
    const key = this.options.oneLane ? "" : (conversation ?? "");
    const lane = this.#lanes.get(key) ?? { busy: false, pause: null, tries: 0, blockedBy: null };
    this.#lanes.set(key, lane);
    return lane;
  }
}

/** @param {Pending} item */
function commandOf({ conversation, command }) {
  if (conversation === null) return "start_conversation";
  return command === "start_conversation" ? "post_message" : command;
}

/** @param {Pending} item */
function fieldsOf({ conversation, client_id, body, fields, files = [] }) {
  const said = { client_id, ...(body.trim() || !files.length ? { body } : {}), ...(files.length && { attachments: files.map(({ id }) => id) }) };
  return { ...fields, ...said, ...(conversation && { conversation }) };
}
