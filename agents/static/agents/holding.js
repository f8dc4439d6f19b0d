// What keeps a reply in the box until the agent has looked again. Each reason asks once; sending again sends.

/** @import {Entry} from "../support_chat/types.d.ts" */
/** @import {Fact} from "./facts.js" */
/** @import {Unfilled} from "./variables.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { EnterGuard } from "./enter_guard.js";
import { unfilledIn } from "./variables.js";

/**
 * Why it is held: Enter came right after a change of chat; something in it is not filled, which never goes; a
 * colleague replied meanwhile; it holds what belongs to another open chat.
 * @typedef {{kind: "early"} | {kind: "unfilled", place: Unfilled} | {kind: "crossed", entry: Entry} |
 *   {kind: "stray", fact: Fact, of: string}} Held
 *
 * What is to be sent; `crossed` and `stray` look for their reasons.
 * @typedef {object} Sending
 * @property {string} body
 * @property {boolean} byEnter
 * @property {() => Entry | null} crossed
 * @property {() => {fact: Fact, of: string} | null} stray
 */

export class Holding {
  #guard;
  /** The text about which it was asked whether it belongs here. */
  #asked = "";

  /** @param {EnterGuard} [guard] */
  constructor(guard = new EnterGuard()) {
    this.#guard = guard;
    /** @type {import("../support_chat/vendor/preact.js").Signal<Held | null>} */
    this.held = signal(null);
    /** What is to follow what is sent; kept while it is held. @type {import("./send_then.js").Then | null} */
    this.then = null;
  }

  /** Another chat stands in front of the agent. */
  turned() {
    this.#guard.changed();
    this.letGo();
  }

  /** The text changed, or the agent went back to it: whatever was asked is asked anew. */
  letGo() {
    this.#asked = "";
    this.held.value = null;
    this.then = null;
  }

  /** @param {Sending} sending @returns {boolean} whether it is kept in the box; `held` says why */
  keeps(sending) {
    this.held.value = this.#reason(sending);
    return this.held.peek() !== null;
  }

  /** @param {Sending} sending @returns {Held | null} */
  #reason({ body, byEnter, crossed, stray }) {
    if (byEnter && !this.#guard.allows()) return { kind: "early" };
    const [place] = unfilledIn(body);
    if (place) return { kind: "unfilled", place };
    const entry = crossed();
    if (entry) return { kind: "crossed", entry };
    const found = this.#asked === body ? null : stray();
    this.#asked = body;
    return found && { kind: "stray", ...found };
  }
}
