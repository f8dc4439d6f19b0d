// One chat that the agent has opened: its log, kept whole, and who sits on the other side.

/** @import {About, Who} from "./wire.js" */
/** @import {Entry, Page, ResumeReply} from "../support_chat/types.d.ts" */
/** @import {LiveSocket} from "../support_chat/live_socket.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { CatchUp } from "../support_chat/catch_up.js";
import { RefusedError } from "../support_chat/errors.js";
import { MessageLog } from "../support_chat/message_log.js";
import { TypingWatch } from "../support_chat/typing_tracker.js";

/** Entries of one older page. */
const PAGE = 50;
/** Pages of a visitor's way, as many as the server keeps. */
const TRAIL = 20;
/** After these it is known otherwise who the visitor is. */
const ANEW = new Set(["kept_place", "left_email", "merged"]);

export class OpenChat {
  /**
   * @param {string} id
   * @param {LiveSocket} socket
   * @param {(drafts: any) => void} [onDrafts] what the server has of what the agent began here
   */
  constructor(id, socket, onDrafts = () => {}) {
    this.id = id;
    this.onDrafts = onDrafts;
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
    this.unasked = false;
    this.loading = signal(true);
    /** What is being written about the person; null: nothing. @type {import("../support_chat/vendor/preact.js").Signal<import("./noting.js").Noting | null>} */
    this.personNote = signal(null);
    /** What ends listening for it. @type {(() => void)[]} */
    this.stops = [];
    /** Why it cannot be shown. @type {import("../support_chat/vendor/preact.js").Signal<Error | null>} */
    this.refusal = signal(null);
    this.catchUp = new CatchUp(this.log, (after, mark) => this.ask(after, mark), (reply) => this.take(reply));
  }

  /** Fetch what is missing; listens from then on. */
  async refresh() {
    this.refusal.value = null;
    this.unasked = false;
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
      if (error instanceof RefusedError && !error.retry && !this.unasked) this.refusal.value = error;
      throw error;
    }
  }

  /** @param {ResumeReply} reply */
  take(reply) {
    if (reply.snapshot) this.forgetBeyond(this.log.position);
    if (reply.drafts) this.onDrafts(reply.drafts);
    if (!reply.about) return;
    this.about.value = this.withOlder(reply.about);
    this.aboutHeard = Date.now();
    this.readByVisitor.value = Math.max(this.readByVisitor.peek(), reply.about.read ?? 0);
  }

  /** The earlier chats that the agent has asked for stay, as long as they follow what is told anew. @param {About} about @returns {About} */
  withOlder(about) {
    const { history = [], history_next } = this.about.peek() ?? {};
    const follows = about.history_next && history.length > about.history.length && about.history.every(({ id }, n) => id === history[n].id);
    return follows ? { ...about, history, history_next } : about;
  }

  /** A page more of the visitor's earlier chats. */
  async earlierChats() {
    const about = this.about.peek();
    if (!about?.history_next) return;
    const { history, next } = await this.socket.request("list_earlier_chats", { conversation: this.id, after: about.history_next });
    const now = this.about.peek();
    if (now?.history_next !== about.history_next) return; // asked twice, or told anew meanwhile
    this.about.value = { ...now, history: [...now.history, ...history], history_next: next };
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
    if (!entry.body?.queue && !ANEW.has(entry.kind)) return;
    this.unasked = true; // a refusal leaves the chat on the screen
    void this.catchUp.run();
  }

  /** @param {{state: string, agent: {id: string, name: string} | null}} news */
  changed({ state, agent }) {
    const about = this.about.peek();
    if (about) this.about.value = { ...about, state, agent };
  }

  /** @param {{here: boolean, since: number, page: string | null, who?: Who} & import("./wire.js").Whereabouts} news */
  visitor({ here, since, page, who, hidden = false, zone, device, referrer, note }) {
    const about = this.about.peek();
    if (!about) return;
    this.aboutHeard = Date.now();
    const known = about.visitor;
    const isNew = page && (page !== known.page || !known.trail?.length); // it begins when they write, where they are by then
    const trail = isNew ? [...(known.trail ?? []), { page, at: new Date().toISOString() }].slice(-TRAIL) : known.trail;
    const more = { zone: zone || known.zone, device: device || known.device, referrer: referrer || known.referrer, note: note ?? known.note };
    this.about.value = { ...about, visitor: { ...known, ...who, ...more, here, since, page, hidden, trail } };
  }

  /** @param {{by: {role: string}, position: number}} news */
  read({ by, position }) {
    if (by.role === "visitor") this.readByVisitor.value = Math.max(this.readByVisitor.peek(), position);
  }
}
