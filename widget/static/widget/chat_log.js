/** @import {Chat} from "./chat.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
/** @import {FileFacts} from "../support_chat/files.js" */
import { h, html, useMemo } from "../support_chat/vendor/preact.js";
import { language } from "../support_chat/sentences.js";
import { MessageLog } from "../support_chat/message_log.js";
import { Timeline } from "../support_chat/timeline.js";
import { wordsOf } from "./entry_words.js";
import { useLater } from "./later.js";
import { takeBack } from "./sending.js";
import { words } from "./strings.js";
import { talkWords } from "./strings_talk.js";
import { Welcome } from "./welcome.js";

/**
 * Everything said: earlier chats, then the current one. `toBox` leads back to the text box.
 * @param {{visitor: VisitorChat, toBox: () => void}} props
 */
export function ChatLog({ visitor, toBox }) {
  const nothing = useMemo(() => new MessageLog(), []);
  const chat = visitor.current.value;
  const log = chat?.log ?? nothing;
  const waits = chat?.state.value === "queued";
  const waiting = useLater(waits, () => import("./waiting.js"));
  const past = useLater(chat?.closed.value === true || visitor.older.value.length > 0, () => import("./older_chat.js"));
  const { outbox } = visitor;
  const renderFiles = (/** @type {FileFacts[]} */ files) => h(FilesOf, { visitor, files });
  const writes = log.entries.value.some(({ kind, author }) => kind === "message" && author.role === "visitor");
  const revising = useLater(writes, () => import("./revising_tools.js"));
  const pending = outbox?.pending.value ?? [];
  return h(Timeline, {
    key: chat?.id ?? "",
    log,
    pending,
    me: { role: "visitor" },
    audience: "visitor",
    label: words.log,
    locale: language(),
    read: chat?.read.value ?? 0,
    words: useMemo(() => wordsOf(log, { place: () => chat?.place.value?.place }), [log]),
    onRetry: (/** @type {string} */ id) => outbox?.retry(id),
    onDiscard: (/** @type {string} */ id) => {
      const item = pending.find((each) => each.client_id === id);
      outbox?.discard(id);
      if (item) takeBack(visitor, item);
    },
    renderTools: useMemo(() => (chat && revising ? revising.toolsOf(chat) : undefined), [chat, revising]),
    onEarlier: chat ? () => chat.earlier() : undefined,
    head: past && visitor.older.value.map((old) => h(past.OlderChat, { key: old.id, chat: old, renderFiles })),
    onSeen: (/** @type {number} */ position) => visitor.attention?.saw(position),
    renderFiles,
    foot: chat
      ? [h(StaysClosed, { chat }), h(StillThere, { visitor, chat, toBox }), waiting && waits ? h(waiting.Waiting, { visitor, chat }) : null, h(Typing, { chat })]
      : pending.length === 0
        ? h(Welcome, { visitor, toBox })
        : null,
  });
}

/** Our team asks whether the visitor is still there: one press says so. @param {{visitor: VisitorChat, chat: Chat, toBox: () => void}} props */
function StillThere({ visitor, chat, toBox }) {
  const asked = chat.log.entries.value.at(-1)?.body.about === "still_there";
  if (!asked || chat.closed.value || visitor.outbox?.pending.value.length) return null;
  const answer = () => {
    visitor.send(talkWords.stillHere);
    toBox();
  };
  return html`<button type="button" class="choice" onClick=${answer}>${talkWords.stillHere}</button>`;
}

/** What was said after the close, a thank-you, has opened nothing. @param {{chat: Chat}} props */
function StaysClosed({ chat }) {
  const last = chat.log.entries.value.findLast(({ kind }) => kind === "message" || kind === "closed");
  const said = chat.closed.value && last?.kind === "message" && last.author.role === "visitor" && chat.goesOn();
  return said ? html`<p class="timeline-line" role="status">${talkWords.staysClosed}</p>` : null;
}

/** Only their names until the rest is here. @param {{visitor: VisitorChat, files: FileFacts[]}} props */
function FilesOf({ visitor, files }) {
  return visitor.filing.value?.view(files) ?? files.map(({ id, name }) => html`<div key=${id} class="bubble-text"><bdi>${name}</bdi></div>`);
}

/** @param {{chat: Chat}} props */
function Typing({ chat }) {
  const names = chat.typing.who.value.filter(({ author }) => author.role !== "visitor").map(({ author }) => author.name ?? "");
  if (names.length === 0) return null;
  return html`<p class="typing"><span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span>${talkWords.typing(names)}</p>`;
}
