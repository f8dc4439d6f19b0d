import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

import { speakingPage } from "./fakes/speech.js";

register("./fakes/static_roots.js", import.meta.url);
globalThis.matchMedia ??= () => ({ matches: false, addEventListener() {} });
globalThis.document ??= speakingPage();
globalThis.navigator ??= { languages: ["en"] };
globalThis.location ??= { href: "https://chat.example/console/" };
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { MessageLog } = await import("../../support_chat/static/support_chat/message_log.js");
const { ChatHead } = await import("../../agents/static/agents/chat_head.js");
const { ChatMenu } = await import("../../agents/static/agents/chat_menu.js");
const { stateOf } = await import("../../agents/static/agents/chat_state.js");
const { companyOf } = await import("../../agents/static/agents/company.js");
const { Inbox } = await import("../../agents/static/agents/inbox.js");
const { wishesOf } = await import("../../agents/static/agents/palette.js");
const { viewsOf } = await import("../../agents/static/agents/views.js");

const ANA = { id: "ana", name: "Ana" };
const BEN = { id: "ben", name: "Ben" };

/** What the palette calls each button of the head and each item of the menu. */
const CALLED = {
  "Back to the lists": "Back to the lists",
  "Visitor details": "Visitor details",
  "Accept": "Accept this chat",
  "Decline": "Decline this chat",
  "Go to who is next": "Go to who is next",
  "Keep it": "Keep this chat",
  "Looking it up": "Looking it up: tell the visitor that it takes a while",
  "Tags": "Tags of this chat",
  "Snooze": "Put this chat aside",
  "Take up again": "Take this chat up again",
  "Transfer": "Transfer this chat",
  "Close chat": "Close this chat",
  "Reopen chat": "Reopen this chat",
  "Bring in a colleague…": "Bring in a colleague",
  "Get help now…": "Get help now: every free supervisor",
  "Ask to join": "Ask to join the open chat",
  "Come in": "Come in where you are asked in",
  "Not now": "Do not come in",
  "Take back": "Do not come in",
  "Leave this chat": "Leave a colleague’s chat",
  "Take over…": "Take over the open chat",
  "Mark as spam": "Mark the open chat as spam",
  "Not spam": "The open chat is no spam",
  "Block visitor…": "Block the visitor",
};

/** Possible also where the head has no room for it. */
const ANYWHERE = ["Tags of this chat", "Close this chat"];

/** A console before this chat. */
function consoleOf({ row = {}, about = {}, roles = ["agent"], others = [] } = {}) {
  const socket = { welcome: { features: ["together", "search"] }, on() {}, onWelcome() {}, request: async () => ({ filters: [], shares: [], tags: [] }) };
  const inbox = new Inbox();
  inbox.welcome({ agent: { ...ANA, status: "online" }, queues: [{ id: "q", name: "Orders", roles }], teammates: [BEN], inbox: [
    { conversation: "c", state: "active", queue: "q", visitor: { name: "Vera" }, agent: ANA, position: 1, last: null, messages: 1, seen: 1, waited: null, sort: null, ...row }, ...others,
  ] });
  const chat = {
    id: "c", log: new MessageLog("c"), socket, aboutHeard: Date.now(), refusal: signal(null),
    about: signal({ state: "active", agent: ANA, queue: { id: "q", name: "Orders" }, visitor: { id: "v", name: "Vera", site: "Shop" }, participants: {}, same: [], alike: [], ...about }),
  };
  const desk = {
    inbox, socket, chats: new Map([["c", chat]]), front: signal(chat), boardShown: signal(false), asking: signal(null), view: signal(null), watches: false,
    deeds: { busy: signal(new Map()), under: () => "" }, notices: { say() {} },
  };
  companyOf(desk).offered.value = true;
  return { desk, chat };
}

const CHATS = {
  "mine": {},
  "mine, put aside": { row: { snoozed: 60 } },
  "mine, spam": { about: { spam: true } },
  "handed over": { row: { offered: { to: BEN, expires_in: 9 } } },
  "offered": { row: { state: "queued", agent: null, offered: { to: ANA, expires_in: 9 }, sort: 1 }, about: { state: "queued", agent: null } },
  "next": { row: { state: "queued", agent: null, sort: 1 }, about: { state: "queued", agent: null } },
  "later": {
    row: { state: "queued", agent: null, sort: 2 }, about: { state: "queued", agent: null },
    others: [{ conversation: "d", state: "queued", queue: "q", visitor: { name: "Wim" }, agent: null, position: 1, last: null, messages: 1, seen: 0, waited: 1, sort: 1 }],
  },
  "closed": { row: { state: "closed" }, about: { state: "closed" } },
  "a colleague's": { row: { agent: BEN }, about: { agent: BEN } },
  "a colleague's, asked in": { row: { agent: BEN }, about: { agent: BEN, participants: { ana: "invited" } } },
  "a colleague's, asking": { row: { agent: BEN }, about: { agent: BEN, participants: { ana: "asking" } } },
  "a colleague's, a guest": { row: { agent: BEN }, about: { agent: BEN, participants: { ana: "guest" } } },
  "a colleague's, supervised": { row: { agent: BEN }, about: { agent: BEN }, roles: ["supervisor"] },
};

/** Every name of a button of the head, and of an item of the menu. */
function offeredBy(desk, chat) {
  const props = { desk, chat, name: "Vera", state: stateOf(desk, chat), focus: signal(null), visitorShown: false, onVisitor() {}, onBack() {} };
  const menu = ChatMenu({ desk, chat });
  const items = menu ? menu.props.items.filter(Boolean).map(({ name }) => name) : [];
  return [...buttonsIn(ChatHead(props)), ...items];
}

/** @returns {string[]} by their labels, else by their words */
function buttonsIn(node) {
  if (Array.isArray(node)) return node.flatMap(buttonsIn);
  if (!node?.props) return [];
  if (node.type === "button") return [node.props["aria-label"] ?? [node.props.children].flat().join("")];
  return buttonsIn(node.props.children);
}

const wishes = (desk) => wishesOf(desk, { focus: signal(null), boot: { transcripts: null, settings: null, macros: "" }, open() {} }).map(({ name }) => name);

const seen = new Set();
for (const [name, chat] of Object.entries(CHATS)) {
  test(`what the head and the menu of a chat offer, the palette offers too: ${name}`, () => {
    const { desk, chat: open } = consoleOf(chat);
    const [here, offered] = [wishes(desk), offeredBy(desk, open)];
    assert.ok(offered.length > 2);
    for (const each of offered) {
      seen.add(each);
      assert.ok(here.includes(CALLED[each]), `${each} is not in the palette`);
    }
    const known = new Set(Object.values(CALLED).filter((each) => !ANYWHERE.includes(each)));
    const more = here.filter((each) => known.has(each) && !offered.some((button) => CALLED[button] === each));
    assert.deepEqual(more, [], "the palette offers what cannot be done here");
  });
}

test("each of them was offered in some chat", () => {
  assert.deepEqual(Object.keys(CALLED).filter((each) => !seen.has(each)), []);
});

test("who is the same person is merged and parted from the palette", () => {
  const people = { same: [{ id: "w", name: "Wim", verified: false, undo_in: 60 }], alike: [{ id: "x", name: "Xenia", verified: false, chats: 1 }] };
  const here = wishes(consoleOf({ about: people }).desk);
  for (const name of ["Wim is somebody else after all", "Xenia is the same person", "Merge this visitor with another one"]) assert.ok(here.includes(name), name);
});

test("whoever asks to join is let in or not, from the palette of the chat's agent alone", () => {
  const asking = { participants: { ben: "asking" } };
  const mine = wishes(consoleOf({ about: asking }).desk);
  const theirs = wishes(consoleOf({ row: { agent: { id: "kim", name: "Kim" } }, about: { ...asking, agent: { id: "kim", name: "Kim" } } }).desk);
  for (const name of ["Let in: Ben", "Not now: Ben"]) assert.deepEqual([mine.includes(name), theirs.includes(name)], [true, false], name);
});

test("a supervisor whispers from the palette: the box for notes is asked for, as a whisper", () => {
  const { desk } = consoleOf({ row: { agent: BEN }, about: { agent: BEN }, roles: ["supervisor"] });
  const focus = signal(null);
  const wish = (at) => wishesOf(at, { focus, boot: { transcripts: null, settings: null, macros: "" }, open() {} }).find(({ id }) => id === "whisper");
  wish(desk).run();
  assert.deepEqual(focus.value, { mode: "note", whisper: true });
  assert.equal(wish(consoleOf({ row: { agent: BEN }, about: { agent: BEN } }).desk), undefined);
});

test("a view that stands on conditions is saved as a filter, and no other", () => {
  const { desk } = consoleOf();
  const rules = { groups: [{ conditions: [{ field: "tag", value: "vip" }] }] };
  assert.ok(!wishes(desk).includes("Save this view as a filter"));
  desk.view.value = { key: "mine", name: "Mine", which: { view: "mine" } };
  assert.ok(!wishes(desk).includes("Save this view as a filter"));
  desk.view.value = { key: "", name: "Filtered", which: { rules } };
  wishesOf(desk, { focus: signal(null), boot: { transcripts: null, settings: null, macros: "" }, open() {} }).find(({ id }) => id === "keep-filter").run();
  assert.deepEqual(desk.asking.value, { name: "filter", more: { which: { rules } } });
  assert.equal(viewsOf(desk).filters.peek().length, 0);
});
