/** @import {HostLink, OwnPage} from "./host_link.js" */
/** @import {Pending} from "../support_chat/outbox.js" */
/** @import {Store} from "../support_chat/storage.js" */
/** @import {Snapshot} from "../support_chat/types.d.ts" */
import { effect, signal, untracked } from "../support_chat/vendor/preact.js";
import { LiveSocket, RefusedError } from "../support_chat/live_socket.js";
import { Outbox } from "../support_chat/outbox.js";
import { uuid } from "../support_chat/uuid.js";
import { Chat, PAGE } from "./chat.js";
import { VisitorToken } from "./visitor_token.js";

const CLIENT = "widget/1.0";
const END = Number.MAX_SAFE_INTEGER; // a position after every entry

/** @typedef {{site: {key: string, name: string, locale: string}, host: string | null, socket: string}} Boot */

/**
 * The visitor's side of everything: the connection, who they are, and their chats.
 *
 * - `current`: signal, the chat on screen, open or closed, or null before the first word
 * - `older`: signal, closed chats shown above it, oldest first
 * - `available`: signal, whether somebody of our team is here; null before we know
 */
export class VisitorChat {
  /** @param {{boot: Boot, host: HostLink | OwnPage, store: Store}} options */
  constructor({ boot, host, store }) {
    const { key } = boot.site;
    this.site = boot.site;
    this.host = host;
    this.store = store;
    this.current = signal(/** @type {Chat | null} */ (null));
    this.older = signal(/** @type {Chat[]} */ ([]));
    this.available = signal(/** @type {boolean | null} */ (null));
    this.chatKey = `support-chat:chat:${key}`;
    this.olderKey = `support-chat:older:${key}`;
    this.draftKey = `support-chat:draft:${key}`;
    this.seenKey = `support-chat:seen:${key}`;
    this.token = new VisitorToken(store, key);
    this.socket = new LiveSocket({
      url: new URL(boot.socket, location.href.replace(/^http/, "ws")).href,
      hello: () => this.hello(),
      onHelloRefused: (error) => this.helloRefused(error),
    });
    this.outbox = new Outbox({
      socket: this.socket,
      storage: store,
      key: `support-chat:outbox:${key}`,
      oneLane: true,
      onStarted: ({ snapshot }) => this.started(snapshot),
      reroute: (item, error) => rerouted(item, error),
    });
  }

  /** Connect as soon as the visitor opens the panel; unseen only for somebody who has talked with us before. */
  begin() {
    const { host, socket } = this;
    socket.onWelcome((welcome) => this.welcomed(welcome));
    socket.on("availability_changed", ({ available }) => (this.available.value = available));
    for (const news of ["entry_added", "conversation_changed"])
      socket.on(news, ({ conversation }) => this.knows(conversation) || this.again());
    this.token.onChange(() => this.again());
    this.store.watch(this.chatKey, () => this.current.value?.id !== this.store.get(this.chatKey) && this.again());
    effect(() => {
      if (host.opened.value || (host.warmed.value && this.token.get() !== null)) untracked(() => socket.start());
    });
    effect(() => host.goingOn(this.current.value?.closed.value === false));
  }

  /** @param {string} body */
  send(body) {
    const chat = this.current.value;
    this.outbox.post(chat?.goesOn() ? chat.id : null, body);
  }

  /** @param {boolean} typing */
  setTyping(typing) {
    const chat = this.current.value;
    if (!chat || chat.closed.value || this.socket.status.value !== "online") return;
    this.socket.request("set_typing", { conversation: chat.id, typing }).catch(() => {});
  }

  /** @throws {Error} refused, or no answer */
  async end() {
    const chat = this.current.value;
    if (!chat || chat.closed.value) return;
    await this.socket.request("end_conversation", { conversation: chat.id, client_id: uuid() }, { patience: 10 });
  }

  async hello() {
    const token = await this.token.forHello();
    return {
      site: this.site.key,
      ...(token !== null && { token }),
      ...(this.host.page && { page: this.host.page }),
      locale: navigator.language.slice(0, 16),
      client: CLIENT,
    };
  }

  /** @param {RefusedError} error */
  helloRefused({ code }) {
    if (code !== "unknown_token" || this.token.used === null) return false;
    this.token.forget();
    this.forgetChats();
    return true;
  }

  /** @param {any} welcome */
  welcomed({ token, site, conversation, last }) {
    this.token.welcomed(token);
    this.available.value = site.available;
    const snapshot = conversation ?? last;
    if (!snapshot) return this.forgetChats();
    this.show(snapshot);
    void this.recall().catch(() => {});
  }

  /** A chat has begun here: the other tabs come along. @param {Snapshot} snapshot */
  started(snapshot) {
    this.show(snapshot);
    this.store.set(this.chatKey, snapshot.id);
  }

  /** @param {Snapshot} snapshot */
  show(snapshot) {
    const now = this.current.value;
    if (now?.id === snapshot.id) return now.take(snapshot);
    if (now) {
      now.leave();
      this.older.value = [...this.older.value, now];
      this.store.set(this.olderKey, now.id);
    }
    const chat = new Chat(snapshot, this.socket);
    this.outbox.watch(chat.log);
    this.current.value = chat;
  }

  /** The chat before this one, which a page that was loaded anew does not know. */
  async recall() {
    const id = this.store.get(this.olderKey);
    if (id === null || this.knows(id)) return;
    const { entries, earlier } = await this.socket.request("page", { conversation: id, before: END, limit: PAGE });
    const last = entries.at(-1);
    if (!last || this.knows(id)) return;
    const { position, mark } = last;
    const old = new Chat({ id, state: "closed", agent: null, position, mark, entries, earlier }, this.socket);
    old.leave();
    this.older.value = [old, ...this.older.value];
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
    if (this.socket.status.value === "offline" && this.socket.welcome === null) return;
    this.socket.stop();
    this.socket.start();
  }
}

/**
 * What can no longer be said in its own chat starts another.
 * @param {Pending} item @param {RefusedError} error @returns {Partial<Pending> | null}
 */
function rerouted(item, { code }) {
  if (item.conversation === null || (code !== "closed" && code !== "not_found")) return null;
  return { conversation: null, client_id: uuid() };
}
