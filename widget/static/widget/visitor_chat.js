/** @import {Attention} from "./attention.js" */
/** @import {Availability} from "./availability.js" */
/** @import {Chat} from "./chat.js" */
/** @import {Filing} from "./filing.js" */
/** @import {HostLink} from "./host_link.js" */
/** @import {OwnPage} from "./own_page.js" */
/** @import {RefusedError} from "../support_chat/errors.js" */
/** @import {FileFacts} from "../support_chat/files.js" */
/** @import {Outbox} from "../support_chat/outbox.js" */
/** @import {Store} from "../support_chat/storage.js" */
import { computed, effect, signal, untracked } from "../support_chat/vendor/preact.js";
import { LiveSocket } from "../support_chat/live_socket.js";
import { Unsent } from "../support_chat/unsent.js";
import { availabilityOf, takesForm } from "./availability.js";
import { Talking } from "./talking.js";
import { VisitorToken } from "./visitor_token.js";

const CLIENT = "widget/1.0";
const NEXT_TRY = 3000; // milliseconds

/**
 * @typedef {{key: string, name: string, logo?: string, welcome?: string, welcomeMore?: string,
 *   starters?: Starter[], prechat?: Prechat}} Site `welcome`, `welcomeMore`: the site's own words before the first one
 * @typedef {{name: Asked, email: Asked, about: {words: string, queue: string}[]}} Prechat what is asked before the first word
 * @typedef {"no" | "optional" | "required"} Asked
 * @typedef {{form?: {name?: string, email?: string, here?: boolean}, queue?: string}} Answers more of what starts a chat
 * @typedef {{words: string, answer: string}} Starter what a visitor may begin with by one tap; an answer is shown first
 * @typedef {{site: Site, host: string | null, look: string, socket: string, later: import("../support_chat/brought.js").Addresses, locale?: string}} Boot `look`: what the launcher
 *   wears; `locale`: the language that the website asked for
 */

/**
 * The visitor's side of everything: the connection, who they are, and their chats.
 *
 * - `current`: signal, the chat on screen, open or closed, or null before the first word
 * - `older`: signal, closed chats shown above it, oldest first
 * - `availability`: signal, how far our team can take new chats; null before we know
 * - `leavesWord`: signal, whether what is written now is a message to be answered later, by e-mail if need be
 * - `asksFirst`: signal, whether the site's questions come before what is written now
 * - `email`: signal, the address as far as it is typed; told to nobody before it is sent
 * - `talking`: the code of a chat, fetched when it is needed; with it come `outbox`, which sends what `unsent` only
 *   keeps, and `attention`
 * - `filing`: signal, what lets files be sent and seen; null where the server takes none, as an older one
 * - `invited`: signal, what shows that somebody of our team asks them to a chat; null: nobody does
 * - `forgotten`: signal, whether all was ended and forgotten here: nothing is connected until they write again
 * - `link`: that of a letter, by which they came; known with the code of a chat
 * - `box`: the text box, when it is on screen
 */
export class VisitorChat {
  /** @param {{boot: Boot, host: HostLink | OwnPage, store: Store, talking?: Talking}} options */
  constructor({ boot, host, store, talking = new Talking(boot.later) }) {
    const { key } = boot.site;
    this.site = boot.site;
    this.host = host;
    this.store = store;
    this.talking = talking;
    /** @type {Attention | null} */
    this.attention = null;
    this.current = signal(/** @type {Chat | null} */ (null));
    this.older = signal(/** @type {Chat[]} */ ([]));
    this.availability = signal(/** @type {Availability | null} */ (null));
    this.email = signal("");
    this.filing = signal(/** @type {Filing | null} */ (null));
    this.invited = signal(/** @type {(() => any) | null} */ (null));
    /** @type {import("./link_back.js").LinkBack | null} */
    this.link = null;
    this.forgotten = signal(false);
    this.leavesWord = computed(() => takesForm(this.availability.value) && this.current.value?.closed.value !== false);
    // Once: who has talked with us before, or has sent the first word, is not asked again.
    this.asksFirst = computed(() => Boolean(this.site.prechat && !this.current.value && !(this.outbox ?? this.unsent).pending.value.length));
    this.wishes = /** @type {import("./wishes.js").Wishes} */ (/** @type {unknown} */ (null)); // they come with the code of a chat
    this.box = { current: /** @type {import("../support_chat/composer.js").ComposerHandle | null} */ (null) };
    /** @param {string} what @returns {string} under which it is kept */
    this.keyOf = (what) => `support-chat:${what}:${key}`;
    this.chatKey = this.keyOf("chat");
    this.draftKey = this.keyOf("draft");
    this.outboxKey = this.keyOf("outbox");
    this.locale = boot.locale ?? navigator.language.slice(0, 16);
    this.token = new VisitorToken(store, key);
    this.socket = new LiveSocket({
      url: new URL(boot.socket, location.href.replace(/^http/, "ws")).href,
      hello: () => this.hello(),
      onHelloRefused: (error) => this.helloRefused(error),
    });
    /** @type {any} */
    this.nextTry = null;
    /** @type {import("./site_calls.js").SiteCalls | undefined} what the website's own scripts say */
    this.calls = undefined;
    /** @type {Promise<unknown>} it was heeded, as far as it was said */
    this.heeded = Promise.resolve();
    this.unsent = new Unsent(store, this.outboxKey);
    /** @type {Outbox | null} */
    this.outbox = null;
    talking.part.subscribe((code) => code?.attend(this));
  }

  /** Connect as soon as the visitor opens the panel; unseen only for somebody who has talked with us before. */
  begin() {
    const { host, socket } = this;
    host.asks.subscribe((asks) => asks && this.heed());
    socket.onWelcome((welcome) => this.welcomed(welcome));
    socket.on("availability_changed", (event) => (this.availability.value = availabilityOf(event)));
    for (const news of ["entry_added", "conversation_changed"])
      socket.on(news, ({ conversation }) => this.knows(conversation) || this.again());
    this.token.onChange((now) => (now === null ? void import("./letting_go.js").then(({ letGo }) => letGo(this), () => {}) : this.again()));
    this.store.watch(this.chatKey, () => this.current.value?.id !== this.store.get(this.chatKey) && this.again());
    effect(() => {
      const known = this.isKnown();
      if (!known && host.warmed.value) host.goingOn(false);
      if (!host.opened.value && !(host.warmed.value && known)) return;
      if (known) void this.talking.fetch().catch(() => {});
      untracked(() => socket.start());
    });
    // Not before a welcome: what the page keeps may be all that leads back to the chat.
    effect(() => {
      if (socket.status.value !== "online") return;
      host.goingOn(this.current.value?.closed.value === false);
      if (this.unsent.pending.value.length) untracked(() => this.bringOutbox());
    });
  }

  /** Whether they have talked with us before: by what this browser keeps, or the page that frames us. */
  isKnown() {
    return this.token.get() !== null || Boolean(this.host.kept[1]);
  }

  /** Asked for until it is here: a link may hold where a request fails. */
  bringOutbox() {
    this.talking.fetch().catch(() => {
      clearTimeout(this.nextTry);
      this.nextTry = setTimeout(() => this.bringOutbox(), NEXT_TRY);
    });
  }

  /** @param {string} body @param {Answers | null} [answers] where there are any: a chat of its own @param {FileFacts[]} [files] */
  send(body, answers, files) {
    const chat = this.current.value;
    const outbox = this.outbox ?? this.unsent;
    if (Object.keys(answers ?? {})[0]) outbox.post(null, body, { fields: /** @type {Answers} */ (answers), files });
    else outbox.post(chat?.goesOn() ? chat.id : null, body, { files });
  }

  /** The website's scripts ask for something; again where the code for it cannot be fetched. */
  heed() {
    const heed = this.heeded.then(() => import("./site_calls.js")).then((code) => code.heed(this));
    this.heeded = heed.catch(() => void setTimeout(() => this.heed(), NEXT_TRY));
  }

  /** Whom we know, or who comes by a link, we greet when their chat can be shown. */
  async hello() {
    await this.heeded;
    const token = await this.token.forHello();
    if (this.isKnown() || location.hash) await this.talking.fetch();
    return {
      site: this.site.key,
      ...(this.link?.claim ? { link: this.link.claim } : token !== null && { token }),
      ...this.calls?.words(token),
      ...(this.host.page && { page: this.host.page }),
      locale: this.locale,
      client: CLIENT,
    };
  }

  /** @param {RefusedError} error */
  helloRefused({ code }) {
    if (this.link?.refused() || this.calls?.refused(code)) return true;
    if (code !== "unknown_token" || this.token.used === null) return false;
    this.token.forget();
    this.forgetChats();
    return true;
  }

  /** @param {any} welcome */
  welcomed({ token, site, conversation, last }) {
    this.token.welcomed(token);
    // Without a connection: with the next welcome.
    import("./once_welcomed.js").then((code) => code.begin(this)).catch(() => {});
    this.availability.value = availabilityOf(site);
    const snapshot = conversation ?? last;
    if (snapshot) this.talking.part.peek()?.goOn(this, snapshot);
    else this.forgetChats();
  }

  forgetChats() {
    this.current.value?.leave();
    this.current.value = null;
    this.older.value = [];
  }

  /** @param {string} id */
  knows(id) {
    return this.current.value?.id === id || this.older.value.some((chat) => chat.id === id);
  }

  /** Say hello anew: who we are, or which chat is open, was changed in another tab. */
  again() {
    if (this.forgotten.value || (this.socket.status.value === "offline" && this.socket.welcome === null)) return;
    this.socket.stop();
    this.socket.start();
  }
}
