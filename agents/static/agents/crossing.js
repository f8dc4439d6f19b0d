// A reply that was begun before somebody of our side changed the chat: a colleague or a bot wrote, or it was handed over.
// It asks once, for whoever wrote it has not seen that. What the visitor writes never holds it.

/** @import {Entry} from "../support_chat/types.d.ts" */
/** @import {Store} from "../support_chat/storage.js" */
import { localStore } from "../support_chat/storage.js";
import { draftKey } from "./drafts.js";

export class Crossing {
  #user;
  #store;

  /** @param {string} user @param {Store} [store] where the drafts are, too: both outlive the page */
  constructor(user, store = localStore) {
    this.#user = user;
    this.#store = store;
  }

  /**
   * This stands in the box now.
   * @param {string} chat
   * @param {string} text
   * @param {number} shownUpTo the newest position that stood before the agent's eyes
   */
  typed(chat, text, shownUpTo) {
    const key = this.#key(chat);
    if (text === "") this.#store.remove(key);
    else if (this.#store.get(key) === null) this.#store.set(key, String(shownUpTo));
  }

  /**
   * The reply is to go: the newest change of our side that it has crossed. Told once: then it counts as seen.
   * @param {string} chat
   * @param {Entry[]} entries
   * @param {string | undefined} me
   * @returns {Entry | null}
   */
  ask(chat, entries, me) {
    const begunAt = this.#store.get(this.#key(chat));
    if (begunAt === null) return null;
    const crossed = crossedIn(entries, Number(begunAt), me);
    if (crossed) this.#store.set(this.#key(chat), String(crossed.position));
    return crossed;
  }

  /** @param {string} chat */
  #key(chat) {
    return `${draftKey(this.#user, chat, "reply")}:begun`;
  }
}

/** The newest of these that somebody else of our side did, after this place. @param {Entry[]} entries @param {number} after @param {string | undefined} me @returns {Entry | null} */
export function crossedIn(entries, after, me) {
  return entries.findLast((entry) => entry.position > after && isOurs(entry, me)) ?? null;
}

/** A message of our side that is not one's own; or the chat was given, or is to be given, to somebody else. @param {Entry} entry @param {string | undefined} me */
function isOurs({ kind, author, body }, me) {
  if (kind === "assigned") return body.agent?.id !== me;
  return (kind === "message" || kind === "transferred") && author.role !== "visitor" && author.id !== me;
}
