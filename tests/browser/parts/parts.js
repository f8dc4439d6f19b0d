// The shared timeline and composer by themselves; `window.parts` is the test's hand inside.
import { windowOf } from "/static/agents/log_window.js";
import { h, html, render, signal } from "/static/support_chat/vendor/preact.js";
import { Composer } from "/static/support_chat/composer.js";
import { MessageLog } from "/static/support_chat/message_log.js";
import { Timeline } from "/static/support_chat/timeline.js";

const ana = { role: "agent", id: "1", name: "Ana" };
const at = "2026-11-22T10:00:00.000Z";

const words = {
  said: (author, own) => (own ? "You said" : `${author.name} said`),
  name: ({ name }) => name,
  line: ({ kind }) => kind,
  sending: "Sending…",
  sent: "Sent",
  read: "Read",
  notSent: () => "Not sent.",
  again: "Try again",
  discard: "Discard",
  earlier: "Show earlier messages",
  newest: (count) => (count ? `${count} new` : "To the newest"),
};

const parts = {
  log: new MessageLog("c"),
  sent: [],
  typed: [],
  seen: [],
  pages: 0,
  hold: false,
  windowed: signal(false),
  draftKey: signal("a"),
  pending: signal([]),

  entry: (position, more) => ({
    position,
    mark: `m${position}`,
    kind: "message",
    author: ana,
    at,
    body: { text: `message ${position}` },
    ...more,
  }),

  run: (from, to) => Array.from({ length: to - from + 1 }, (_, n) => parts.entry(from + n)),

  wait: (state) => {
    const message = { client_id: "u1", conversation: "c", command: "post_message", body: "mine" };
    parts.pending.value = [{ ...message, at: Date.parse(at), order: 1, state, error: null }];
  },
};

window.parts = parts;
parts.log.adopt({ id: "c", position: 200, mark: "m200", entries: parts.run(101, 200), earlier: true });

const shown = windowOf(parts.log);

async function fetchEarlier() {
  parts.pages += 1;
  parts.log.prepend({ entries: parts.run(1, 100), earlier: false });
}

function App() {
  const timeline = {
    log: parts.windowed.value ? shown : parts.log,
    pending: parts.pending.value,
    me: { role: "visitor" },
    audience: "visitor",
    read: 150,
    words,
    label: "Conversation",
    onEarlier: () => (parts.windowed.value ? shown.lookBack(fetchEarlier) : fetchEarlier()),
    onSeen: (position) => {
      shown.atEnd();
      parts.seen.push(position);
    },
    onRetry: () => {},
    onDiscard: () => {},
  };
  const composer = {
    label: "Message",
    sendLabel: "Send",
    draftKey: parts.draftKey.value,
    maxLength: 20,
    tooLong: (over, limit) => `Too long by ${over} of ${limit} characters.`,
    onTyping: (typing) => parts.typed.push(typing),
    onSend: (body) => (parts.hold ? false : void parts.sent.push(body)),
  };
  return html`${h(Timeline, timeline)}${h(Composer, composer)}`;
}

render(h(App, {}), document.getElementById("app"));
