// The agent's desk: what the page shows, and the few things that may change it. Events change what is known;
// only the agent's own click or key changes which chat is open.

/** @import {Row} from "./wire.js" */
import { batch, computed, signal } from "../support_chat/vendor/preact.js";
import { LiveSocket } from "../support_chat/live_socket.js";
import { Outbox } from "../support_chat/outbox.js";
import { speak } from "../support_chat/speak.js";
import { localStore } from "../support_chat/storage.js";
import { uuid } from "../support_chat/uuid.js";
import { Inbox } from "./inbox.js";
import { Notices } from "./notices.js";
import { OpenChat } from "./open_chat.js";
import { inPlainWords, leftInWords, safeName } from "./words.js";

/** So many chats stay open behind the one in front (the server carries at most 50). */
const KEPT_OPEN = 20;

export class Desk {
  /** @param {{socket: string, user: string}} boot */
  constructor(boot) {
    this.user = boot.user;
    this.socket = new LiveSocket({ url: socketAddress(boot.socket), hello: () => ({ client: "console/1" }) });
    this.outbox = new Outbox({ socket: this.socket, storage: localStore, key: `support-chat:console:outbox:${boot.user}` });
    this.inbox = new Inbox();
    this.notices = new Notices();
    this.ready = signal(false);
    /** Most recently opened last. @type {Map<string, OpenChat>} */
    this.chats = new Map();
    /** @type {import("../support_chat/vendor/preact.js").Signal<OpenChat | null>} */
    this.front = signal(null);
    /** What is under way: "accept:ID" … @type {import("../support_chat/vendor/preact.js").Signal<ReadonlySet<string>>} */
    this.busy = signal(new Set());
    this.pending = computed(() => this.outbox.pending.value.filter((item) => item.conversation === this.front.value?.id));
    this.listen();
  }

  start() {
    this.socket.start();
  }

  listen() {
    const { socket, inbox } = this;
    socket.onWelcome((welcome) => this.welcome(welcome));
    socket.on("inbox_changed", ({ rows }) => this.heardRows(rows));
    socket.on("conversation_left", ({ conversation, reason }) => inbox.leave(conversation, leftInWords(reason)));
    socket.on("queue_changed", (news) => inbox.queue(news));
    socket.on("teammate_changed", ({ agent }) => inbox.teammate(agent));
    socket.on("agent_changed", ({ agent }) => inbox.self(agent));
    socket.on("visitor_changed", (news) => batch(() => [inbox.visitor(news), this.chats.get(news.conversation)?.visitor(news)]));
    socket.on("entry_added", (news) => this.heardEntry(news));
    socket.on("conversation_changed", (news) => this.chats.get(news.conversation)?.changed(news));
    socket.on("read", (news) => this.heardRead(news));
    socket.on("typing", (news) => this.heardTyping(news));
    socket.on("behind", ({ topic }) => this.chats.get(topic.replace("conversation:", ""))?.refresh());
  }

  /** @param {any} welcome */
  welcome(welcome) {
    batch(() => {
      this.inbox.welcome(welcome);
      this.ready.value = true;
    });
    for (const chat of this.chats.values()) chat.refresh();
  }

  /** @param {{conversation: string, entry: import("../support_chat/types.d.ts").Entry}} news */
  heardEntry({ conversation, entry }) {
    this.chats.get(conversation)?.hear(entry);
    const others = entry.author.id !== this.inbox.me.peek()?.id;
    if (conversation !== this.front.peek()?.id || entry.kind !== "message" || !others) return;
    speak(`${safeName(entry.author.name ?? "")} said: ${entry.body.text}`);
  }

  /** @param {Row[]} rows */
  heardRows(rows) {
    const fresh = rows.filter((row) => row.state === "active" && this.inbox.isMine(row) && !this.isMine(row.conversation));
    this.inbox.change(rows.map((row) => this.asSeenHere(row)));
    for (const row of fresh) speak(`New chat: ${safeName(row.visitor.name)}`);
  }

  /** A row may be older than what this window has read since. @param {Row} row */
  asSeenHere(row) {
    const markedUpTo = this.chats.get(row.conversation)?.markedUpTo ?? 0;
    return row.position <= markedUpTo ? { ...row, seen: row.messages } : row;
  }

  /** @param {{conversation: string, by: {role: string}, position: number, seen?: number}} news */
  heardRead(news) {
    this.chats.get(news.conversation)?.read(news);
    if (news.by.role === "agent" && news.seen !== undefined) this.inbox.seen(news.conversation, news.seen);
  }

  /** @param {any} news */
  heardTyping(news) {
    if (news.author.id === this.inbox.me.peek()?.id && news.author.role === "agent") return;
    this.chats.get(news.conversation)?.typing.heard(news);
  }

  /** @param {string} id */
  isMine(id) {
    const row = this.inbox.rows.peek().get(id);
    return row !== undefined && this.inbox.isMine(row);
  }

  /** The agent's own choice: this chat to the front. @param {string} id */
  open(id) {
    if (this.front.peek()?.id === id) return;
    const known = this.chats.get(id);
    const chat = known ?? this.unfold(id);
    this.chats.delete(id);
    this.chats.set(id, chat);
    this.front.value = chat;
    this.fold();
  }

  /** @param {string} id */
  unfold(id) {
    const chat = new OpenChat(id, this.socket);
    chat.stops = [this.outbox.watch(chat.log), this.socket.track(`conversation:${id}`, () => chat.log.position)];
    chat.refresh();
    return chat;
  }

  /** Leave the chat that has not been looked at for longest, once there are many. */
  fold() {
    if (this.chats.size <= KEPT_OPEN) return;
    const [[id, oldest]] = this.chats;
    this.chats.delete(id);
    for (const stop of oldest.stops) stop();
    this.socket.request("leave_conversation", { conversation: id }).catch(() => {});
  }

  /** Back to the lists, on a narrow screen. */
  putAside() {
    this.front.value = null;
  }

  /** @param {string} id */
  accept(id) {
    return this.act("accept", id, () => this.command("accept_conversation", id));
  }

  /** @param {string} id */
  close(id) {
    return this.act("close", id, () => this.command("close_conversation", id));
  }

  /** @param {string} id */
  reopen(id) {
    return this.act("reopen", id, () => this.command("reopen_conversation", id));
  }

  /** @param {string} command @param {string} conversation */
  command(command, conversation) {
    return this.socket.request(command, { conversation, client_id: uuid() }, { patience: 4 });
  }

  /** Shown at once, taken back in words when the server says no. @param {"online" | "finishing" | "away" | "offline"} status */
  async setStatus(status) {
    const before = this.inbox.me.peek();
    if (!before || before.status === status) return;
    this.inbox.self({ status, cause: "chosen" });
    try {
      await this.socket.request("set_status", { status }, { patience: 4 });
    } catch (error) {
      this.inbox.self({ status: before.status, cause: before.cause });
      this.notices.say(`Your status was not changed. ${inPlainWords(/** @type {Error} */ (error))}`, { bad: true });
    }
  }

  /**
   * One thing at a time and chat; a refusal becomes a sentence.
   * @param {string} name
   * @param {string} id
   * @param {() => Promise<any>} work
   * @returns {Promise<boolean>} whether it was done
   */
  async act(name, id, work) {
    const key = `${name}:${id}`;
    if (this.busy.peek().has(key)) return false;
    this.busy.value = new Set(this.busy.peek()).add(key);
    try {
      await work();
      return true;
    } catch (error) {
      this.notices.say(inPlainWords(/** @type {Error} */ (error)), { bad: true });
      return false;
    } finally {
      this.busy.value = new Set([...this.busy.peek()].filter((each) => each !== key));
    }
  }

  /** @param {string} id @param {string} body */
  reply(id, body) {
    this.outbox.post(id, body);
  }

  /** @param {string} id @param {string} body */
  note(id, body) {
    this.outbox.post(id, body, { command: "add_note" });
  }

  /** A hint for the other side; a lost one matters to nobody. @param {string} id @param {boolean} typing @param {"reply" | "note"} mode */
  tellTyping(id, typing, mode) {
    this.socket.request("set_typing", { conversation: id, typing, mode }).catch(() => {});
  }

  /** The front chat stands at its end, before the agent's eyes: only then was it read. @param {OpenChat} chat */
  markRead(chat) {
    const position = chat.shownUpTo;
    const mine = chat.about.peek()?.agent?.id === this.inbox.me.peek()?.id;
    if (!mine || position <= chat.markedUpTo || chat !== this.front.peek() || !document.hasFocus()) return;
    const before = chat.markedUpTo;
    chat.markedUpTo = position;
    this.inbox.seen(chat.id);
    this.socket.request("mark_read", { conversation: chat.id, position }).catch(() => {
      chat.markedUpTo = before;
    });
  }
}

/** @param {string} path */
function socketAddress(path) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}
