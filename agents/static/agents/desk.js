// The agent's desk: what the page shows, and the few things that may change it. Events change what is known;
// only the agent's own click or key changes which chat is open.

/** @import {Row} from "./wire.js" */
import { batch, computed, signal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { LiveSocket } from "../support_chat/live_socket.js";
import { Outbox } from "../support_chat/outbox.js";
import { fill } from "../support_chat/sentences.js";
import { setClockBy } from "../support_chat/server_clock.js";
import { speak } from "../support_chat/speak.js";
import { localStore } from "../support_chat/storage.js";
import { Deeds } from "./deeds.js";
import { Inbox } from "./inbox.js";
import { KeptDrafts } from "./kept_drafts.js";
import { Notices } from "./notices.js";
import { OpenChat } from "./open_chat.js";
import { newsOf } from "./row_news.js";
import { wasSet } from "./status_words.js";
import { UndoSend } from "./undo_send.js";
import { leftInWords, safeName, withdrawnInWords } from "./words.js";

/** So many chats stay open behind the one in front (the server carries at most 50). */
const KEPT_OPEN = 20;

/** An offer that ends because it was accepted, here or in another window, is followed by the chat within this time (ms). */
const SETTLES = 500;
/** So much of a message is spoken at most (UTF-16 units). */
const SPOKEN = 300;
/** Such alarms are shown at most, the newest. */
const KEPT_ALARMS = 20;
/** A silence that is shorter (s) than the one told before would be by now is another one. */
const SAME_SILENCE = 30;

/** @typedef {{name: string, id?: string, earlier?: import("./wire.js").EarlierChat, thenOut?: boolean, chats?: string[], macro?: string, more?: any}} Asking `id` of a chat */
/** @typedef {{conversation: string, agent: {id: string, name: string}, waited: number, heard: number}} Unanswered */

export class Desk {
  /** @param {{socket: string, user: string, files: import("../support_chat/files.js").FileLimits & {path: string}}} boot */
  constructor(boot) {
    this.user = boot.user;
    this.filing = boot.files;
    /** Once they are asked for: desk_files.js. @type {import("../support_chat/files.js").Files | null} */
    this.files = null;
    /** Whether the server takes files: an older one does not. */
    this.takesFiles = signal(false);
    this.socket = new LiveSocket({ url: socketAddress(boot.socket), hello: () => ({ client: "console/1" }) });
    this.outbox = new Outbox({ socket: this.socket, storage: localStore, key: `support-chat:console:outbox:${boot.user}`, reroute: asOlder });
    this.undo = new UndoSend(this.outbox);
    this.drafts = new KeptDrafts({ user: boot.user, socket: this.socket });
    this.inbox = new Inbox();
    this.notices = new Notices();
    this.ready = signal(false);
    /** Most recently opened last. @type {Map<string, OpenChat>} */
    this.chats = new Map();
    /** @type {import("../support_chat/vendor/preact.js").Signal<OpenChat | null>} */
    this.front = signal(null);
    this.deeds = new Deeds(this);
    /** Which dialog stands open. @type {import("../support_chat/vendor/preact.js").Signal<Asking | null>} */
    this.asking = signal(null);
    this.boardShown = signal(false);
    this.view = signal(/** @type {any} */ (null)); // views.js
    /** What is to sound. @type {import("../support_chat/vendor/preact.js").Signal<{name: import("./sounds.js").Tune} | null>} */
    this.sounds = signal(null);
    /** Chats whose agent has been silent for long. @type {import("../support_chat/vendor/preact.js").Signal<Unanswered[]>} */
    this.unanswered = signal([]);
    this.pending = computed(() => this.outbox.pending.value.filter((item) => item.conversation === this.front.value?.id));
    this.listen();
  }

  start() {
    // Before the socket hears of it: it lets the link go.
    addEventListener("pagehide", () => this.drafts.flush());
    this.socket.start();
  }

  listen() {
    const { socket, inbox } = this;
    socket.onWelcome((welcome) => this.welcome(welcome));
    socket.on("inbox_changed", ({ rows }) => this.heardRows(rows));
    socket.on("conversation_left", ({ conversation, reason }) => inbox.leave(conversation, leftInWords(reason)));
    socket.on("queue_changed", (news) => inbox.queue(news));
    socket.on("teammate_changed", ({ agent }) => inbox.teammate(agent));
    socket.on("agent_changed", ({ agent }) => this.heardSelf(agent));
    socket.on("offer_withdrawn", (news) => this.heardWithdrawn(news));
    socket.on("unanswered", (news) => this.heardUnanswered(news));
    socket.on("queue_staffed", (news) => this.heardStaffed(news));
    socket.on("availability_changed", ({ event: _, site, ...standing }) => site && inbox.site({ id: site, ...standing }));
    socket.on("visitor_changed", (news) => batch(() => [inbox.visitor(news), this.chats.get(news.conversation)?.visitor(news)]));
    socket.on("entry_added", (news) => this.heardEntry(news));
    socket.on("conversation_changed", (news) => this.chats.get(news.conversation)?.changed(news));
    socket.on("read", (news) => this.heardRead(news));
    socket.on("draft_changed", (news) => this.drafts.heard(news));
    socket.on("typing", (news) => this.heardTyping(news));
    socket.on("behind", ({ topic }) => this.chats.get(topic.replace("conversation:", ""))?.refresh());
  }

  /** @param {any} welcome */
  welcome(welcome) {
    batch(() => {
      this.inbox.welcome(welcome);
      this.takesFiles.value = (welcome.features ?? []).includes("files");
      this.ready.value = true;
      this.drafts.welcome(welcome);
    });
    for (const chat of this.chats.values()) chat.refresh();
  }

  /** @param {{conversation: string, entry: import("../support_chat/types.d.ts").Entry}} news */
  heardEntry({ conversation, entry }) {
    setClockBy(entry.at);
    this.chats.get(conversation)?.hear(entry);
    const others = entry.author.id !== this.inbox.me.peek()?.id;
    if (conversation !== this.front.peek()?.id || entry.kind !== "message" || !others) return;
    speak(saidInWords(entry));
  }

  /** @param {Row[]} rows */
  heardRows(rows) {
    const me = this.inbox.me.peek()?.id;
    const known = this.inbox.rows.peek();
    const isAnswering = (/** @type {Row} */ { conversation: id }) => ["accept", "decline"].some((name) => this.deeds.busy.peek().has(`${name}:${id}`));
    const news = rows.filter((row) => !isAnswering(row))
      .map((row) => newsOf(known.get(row.conversation), row, me));
    this.inbox.change(rows.map((row) => this.asSeenHere(row)));
    for (const each of news) if (each) this.tell(each);
  }

  /** @param {import("./row_news.js").RowNews} news */
  tell({ spoken, notice, sound: name }) {
    if (notice) this.notices.say(notice);
    if (spoken) speak(spoken);
    this.sound(name);
  }

  /** @param {import("./sounds.js").Tune} name */
  sound(name) {
    this.sounds.value = { name };
  }

  /** @param {import("./wire.js").Agent} agent */
  heardSelf(agent) {
    const before = this.inbox.me.peek()?.status;
    this.inbox.self(agent);
    if (before === "online" && wasSet(agent)) this.sound("warning");
  }

  /** @param {{conversation: string, reason: string}} news */
  heardWithdrawn({ conversation, reason }) {
    const row = this.inbox.rows.peek().get(conversation);
    const why = withdrawnInWords(reason);
    const say = () => this.isMine(conversation) || this.notices.say(`${row ? safeName(row.visitor.name) : gettext("An offered chat")}: ${why}`);
    if (why) setTimeout(say, SETTLES);
  }

  /** @param {{conversation: string, agent: {id: string, name: string}, waited: number}} news */
  heardUnanswered(news) {
    const [before, heard] = [this.unanswered.peek(), Date.now()];
    const last = before.find((each) => each.conversation === news.conversation);
    const goesOn = last && news.waited > last.waited + (heard - last.heard) / 1000 - SAME_SILENCE;
    this.unanswered.value = [...before.filter((each) => each !== last), { ...news, heard }].slice(-KEPT_ALARMS);
    if (!goesOn) this.warn(fill(gettext("%(name)s has not answered a visitor for long."), { name: safeName(news.agent.name) }));
  }

  /** Who supervises a queue is told when the last one goes. @param {{queue: string, online: number}} news */
  heardStaffed(news) {
    const before = this.inbox.queues.peek().find(({ id }) => id === news.queue);
    this.inbox.staffed(news);
    if (news.online === 0 && before?.online && before.roles?.includes("supervisor"))
      this.warn(fill(gettext("Nobody is online in %(queue)s any more."), { queue: before.name }));
  }

  /** @param {string} words */
  warn(words) {
    this.notices.say(words, { bad: true });
    this.sound("warning");
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

  /** Supervisors, managers and owners see the board. */
  get watches() {
    return this.inbox.queues.value.some(({ roles }) => roles?.some((role) => role !== "agent"));
  }

  /** Online, and nothing is open with them. */
  isFree() {
    const { me, held, offers } = this.inbox;
    return me.peek()?.status === "online" && !held.peek().length && !offers.peek().length;
  }

  /** What a key of the agent's would act on now. */
  get inHand() {
    return [this.boardShown.peek(), this.front.peek()?.id, this.inbox.offers.peek()[0]?.conversation].join(" ");
  }

  /** The agent's own choice: this chat to the front. @param {string} id */
  open(id) {
    if (this.front.peek()?.id === id) return void (this.boardShown.value = false);
    const known = this.chats.get(id);
    const chat = known ?? this.unfold(id);
    this.chats.delete(id);
    this.chats.set(id, chat);
    this.front.value = chat;
    this.boardShown.value = false;
    this.drafts.flush();
    this.fold();
  }

  /** @param {string} id */
  unfold(id) {
    const chat = new OpenChat(id, this.socket, (drafts) => this.drafts.opened(id, drafts));
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
    this.drafts.flush();
    this.front.value = null;
    this.boardShown.value = false;
  }

  /** @param {string} id @param {string} body @param {import("../support_chat/files.js").FileFacts[]} [files] @param {number} [seen] see aside.js */
  reply(id, body, files, seen) {
    return this.undo.post(id, body, { files, seen });
  }

  /** @param {string} id @param {string} body */
  note(id, body) {
    this.undo.post(id, body, { command: "add_note" });
  }

  /** A hint for the other side; a lost one matters to nobody. @param {string} id @param {boolean} typing @param {"reply" | "note"} mode */
  tellTyping(id, typing, mode) {
    this.socket.request("set_typing", { conversation: id, typing, mode }).catch(() => {});
  }

  /** The front chat stands at its end, before the agent's eyes: only then was it read. @param {OpenChat} chat */
  markRead(chat) {
    const position = chat.shownUpTo;
    const about = chat.about.peek();
    const mine = about?.state === "closed" ? this.isMine(chat.id) : about?.agent?.id === this.inbox.me.peek()?.id;
    if (!mine || position <= chat.markedUpTo || chat !== this.front.peek() || !document.hasFocus()) return;
    const before = chat.markedUpTo;
    chat.markedUpTo = position;
    this.inbox.seen(chat.id);
    this.socket.request("mark_read", { conversation: chat.id, position }).catch(() => {
      chat.markedUpTo = before;
    });
  }
}

/** @param {import("../support_chat/types.d.ts").Entry} entry */
function saidInWords({ author, body }) {
  const name = safeName(author.name ?? "");
  const files = (body.files ?? []).map((/** @type {{name: string}} */ file) => file.name).join(", ");
  return body.text ? fill(gettext("%(name)s said: %(text)s"), { name, text: body.text.slice(0, SPOKEN) }) : fill(gettext("%(name)s sent %(files)s"), { name, files });
}

/** A server of the release before does not know how far somebody has seen. @param {import("../support_chat/outbox.js").Pending} item @param {{code: string}} error */
function asOlder({ fields }, { code }) {
  return code === "bad_field" && fields.seen !== undefined ? { fields: {} } : null;
}

/** @param {string} path */
function socketAddress(path) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}
