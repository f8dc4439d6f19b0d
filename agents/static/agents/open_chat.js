// One chat that the agent has opened: its log, kept whole, and who sits on the other side.

/** @import {About} from "./wire.js" */
/** @import {Entry, Page, ResumeReply} from "../support_chat/types.d.ts" */
/** @import {LiveSocket} from "../support_chat/live_socket.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { CatchUp } from "../support_chat/catch_up.js";
import { RefusedError } from "../support_chat/errors.js";
import { MessageLog } from "../support_chat/message_log.js";
import { TypingWatch } from "../support_chat/typing_tracker.js";

/** Entries of one older page. */
const PAGE = 50;

export class OpenChat {
  /**
   * @param {string} id
   * @param {LiveSocket} socket
   */
  constructor(id, socket) {
    this.id = id;
    this.socket = socket;
    this.log = new MessageLog(id);
    this.typing = new TypingWatch();
    /** @type {import("../support_chat/vendor/preact.js").Signal<About | null>} */
    this.about = signal(null);
    /** When `about` came, on this browser's clock (ms). */
    this.aboutHeard = 0;
    /** @type {import("../support_chat/vendor/preact.js").Signal<number>} */
    this.readByVisitor = signal(0);
    /** The newest position that stood before the agent's eyes. */
    this.shownUpTo = 0;
    this.markedUpTo = 0;
    this.loading = signal(true);
    /** What ends listening for it. @type {(() => void)[]} */
    this.stops = [];
    /** Why it cannot be shown. @type {import("../support_chat/vendor/preact.js").Signal<Error | null>} */
    this.refusal = signal(null);
    this.catchUp = new CatchUp(this.log, (after, mark) => this.ask(after, mark), (reply) => this.take(reply));
  }

  /** Fetch what is missing; listens from then on. */
  async refresh() {
    this.refusal.value = null;
    await this.catchUp.run();
    this.loading.value = false;
  }

  /**
   * @param {number} after
   * @param {string} mark
   * @returns {Promise<ResumeReply>}
   */
  async ask(after, mark) {
    const known = this.log.position ? { after, mark } : {};
    try {
      return await this.socket.request("open_conversation", { conversation: this.id, ...known });
    } catch (error) {
      if (error instanceof RefusedError && !error.retry) this.refusal.value = error;
      throw error;
    }
  }

  /** @param {ResumeReply} reply */
  take(reply) {
    if (reply.snapshot) this.forgetBeyond(this.log.position);
    if (!reply.about) return;
    this.about.value = reply.about;
    this.aboutHeard = Date.now();
    this.readByVisitor.value = Math.max(this.readByVisitor.peek(), reply.about.read ?? 0);
  }

  /** A chat that was taken anew may be shorter than what was read of it. @param {number} position */
  forgetBeyond(position) {
    this.shownUpTo = Math.min(this.shownUpTo, position);
    this.markedUpTo = Math.min(this.markedUpTo, position);
    this.readByVisitor.value = Math.min(this.readByVisitor.peek(), position);
  }

  async earlier() {
    const fields = { conversation: this.id, before: this.log.first, limit: PAGE };
    this.log.prepend(/** @type {Page} */ (await this.socket.request("page", fields)));
  }

  /** @param {Entry} entry */
  hear(entry) {
    this.typing.said(entry.author);
    this.catchUp.hear(entry);
  }

  /** @param {{state: string, agent: {id: string, name: string} | null}} news */
  changed({ state, agent }) {
    const about = this.about.peek();
    if (about) this.about.value = { ...about, state, agent };
  }

  /** @param {{here: boolean, since: number, page: string | null}} news */
  visitor({ here, since, page }) {
    const about = this.about.peek();
    if (!about) return;
    this.aboutHeard = Date.now();
    this.about.value = { ...about, visitor: { ...about.visitor, here, since, page } };
  }

  /** @param {{by: {role: string}, position: number}} news */
  read({ by, position }) {
    if (by.role === "visitor") this.readByVisitor.value = Math.max(this.readByVisitor.peek(), position);
  }
}
