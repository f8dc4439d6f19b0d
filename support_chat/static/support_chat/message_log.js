/** @import {Entry, Snapshot, Page, ResumeReply} from "./types.d.ts" */
import { signal } from "./vendor/preact.js";

/**
 * One chat's entries, in order and without gaps, as far as they are loaded.
 *
 * - `entries`: signal, the loaded run of entries, oldest first; its last one is the head.
 * - `earlier`: signal, whether older entries exist on the server.
 * - `position`, `mark`: of the head, to give to `resume`.
 */
export class MessageLog {
  /** @param {string | null} [conversation] */
  constructor(conversation = null) {
    this.conversation = conversation;
    /** @type {import("./vendor/preact.js").Signal<Entry[]>} */
    this.entries = signal([]);
    /** @type {import("./vendor/preact.js").Signal<boolean>} */
    this.earlier = signal(false);
    this.position = 0;
    this.mark = "";
  }

  /**
   * Take one live entry. "gap": something before it is missing (it is kept aside) or the log is another than the one
   * we knew; the caller resumes (see catch_up.js).
   * @param {Entry} entry
   * @returns {"applied" | "known" | "gap"}
   */
  apply(entry) {
    return "applied";
  }

  /** Drop everything and show this snapshot. @param {Snapshot} snapshot */
  adopt(snapshot) {}

  /** Take entries of a resume reply, in order. @param {Entry[]} entries */
  extend(entries) {}

  /** Take an older page in front. @param {Page} page */
  prepend(page) {}

  /** Take a whole reply of `resume` or `open_conversation`. @param {ResumeReply} reply @returns {boolean} whether there is more */
  take(reply) {
    return false;
  }

  /** Did this log show the entry that we sent under this id? @param {string} clientId */
  has(clientId) {
    return false;
  }
}
