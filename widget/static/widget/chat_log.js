/** @import {Attention} from "./attention.js" */
/** @import {Chat} from "./chat.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html, useMemo } from "../support_chat/vendor/preact.js";
import { MessageLog } from "../support_chat/message_log.js";
import { Timeline } from "../support_chat/timeline.js";
import { OlderChat } from "./older_chat.js";
import { wordsOf } from "./entry_words.js";
import { words } from "./strings.js";

/**
 * Everything said: earlier chats, then the current one. `onEdit` takes back the text of what could not be sent.
 * @param {{visitor: VisitorChat, attention: Attention, onEdit: (text: string) => void}} props
 */
export function ChatLog({ visitor, attention, onEdit }) {
  const nothing = useMemo(() => new MessageLog(), []);
  const chat = visitor.current.value;
  const log = chat?.log ?? nothing;
  const { outbox } = visitor;
  const pending = outbox.pending.value;
  return h(Timeline, {
    key: chat?.id ?? "",
    log,
    pending,
    me: { role: "visitor" },
    audience: "visitor",
    label: words.log,
    read: chat?.read.value ?? 0,
    words: useMemo(() => wordsOf(log), [log]),
    onRetry: (/** @type {string} */ id) => outbox.retry(id),
    onDiscard: (/** @type {string} */ id) => {
      onEdit(pending.find((item) => item.client_id === id)?.body ?? "");
      outbox.discard(id);
    },
    onEarlier: chat ? () => chat.earlier() : undefined,
    head: visitor.older.value.map((old) => html`<${OlderChat} key=${old.id} chat=${old} />`),
    onSeen: (/** @type {number} */ position) => attention.saw(position),
    foot: chat ? html`<${Waiting} visitor=${visitor} chat=${chat} /><${Typing} chat=${chat} />` : pending.length === 0 ? html`<${Welcome} visitor=${visitor} />` : null,
  });
}

/** Before the first word. @param {{visitor: VisitorChat}} props */
function Welcome({ visitor }) {
  return html`<div class="welcome">
    <p class="welcome-title">${words.welcome}</p>
    <p>${visitor.available.value === false ? words.welcomeAway : words.welcomeMore}</p>
  </div>`;
}

/** How long it may still take, in words. @param {{visitor: VisitorChat, chat: Chat}} props */
function Waiting({ visitor, chat }) {
  const waits = chat.state.value === "queued";
  const away = visitor.available.value === false;
  const place = chat.place.value?.place ?? null;
  return html`<div class="waiting" role="status">
    ${waits && place !== null ? html`<p class="waiting-place">${words.place(place)}</p>` : null}
    ${waits ? html`<p>${away ? words.waitingAway : visitor.host.framed ? words.waitingMore : words.waitingAlone}</p>` : null}
  </div>`;
}

/** @param {{chat: Chat}} props */
function Typing({ chat }) {
  const names = chat.typing.who.value.filter(({ author }) => author.role !== "visitor").map(({ author }) => author.name ?? "");
  if (names.length === 0) return null;
  return html`<p class="typing"><span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span>${words.typing(names)}</p>`;
}
