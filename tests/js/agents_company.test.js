import assert from "node:assert/strict";
import { register } from "node:module";
import { beforeEach, test } from "node:test";

/** The window is looked at again. */
let focus = () => {};
/** @type {any} */
const page = globalThis;
page.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none
const element = () => ({ setAttribute() {}, style: {}, append() {}, remove() {}, isConnected: true, ownerDocument: page.document });
page.addEventListener = (/** @type {string} */ name, /** @type {() => void} */ fn) => name === "focus" && (focus = fn);
page.document = { hidden: false, hasFocus: () => true, addEventListener() {}, createElement: element, body: { append() {} } };

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { Company } = await import("../../agents/static/agents/company.js");

const mention = (/** @type {any} */ more = {}) => ({
  conversation: "c1", position: 5, kind: "note", visitor: "Vera", by: { id: "ben", name: "Ben" }, text: "Look", ago: 1, seen: false, ...more,
});
const row = (/** @type {any} */ more = {}) => ({
  conversation: "c1", position: 3, visitor: { name: "Vera" }, agent: { id: "ben", name: "Ben" }, participants: { ana: "called" }, ...more,
});

/** @type {any} */
let desk;
/** @type {any[]} */
let asked;
/** @type {string[]} */
let said;
/** @type {Record<string, (news: any) => void>} */
let on;
/** @type {boolean} */
let refuses;

beforeEach(() => {
  [asked, said, on, refuses] = [[], [], {}, false];
  const socket = {
    welcome: { features: ["together"], agent: { id: "ana" }, inbox: [row()], mentions: { unread: 1, mentions: [mention()] } },
    on: (/** @type {string} */ name, /** @type {any} */ fn) => (on[name] = fn),
    onWelcome() {},
    request: async (/** @type {string} */ name, /** @type {any} */ fields) => {
      asked.push([name, fields]);
      if (refuses) throw new Error("lost");
    },
  };
  const inbox = { unreadBeside: signal(0), me: signal({ id: "ana", name: "Ana" }), teammates: signal([{ id: "ben", name: "Ben" }, { id: "kim", name: "Kim" }]) };
  desk = { socket, inbox, front: signal(null), notices: { say: (/** @type {string} */ words) => said.push(words) }, sound() {} };
});

function follow() {
  const company = new Company(desk);
  company.follow();
  return company;
}

test("it begins with what hello told, in silence, and asks for what was told since", () => {
  const company = follow();
  assert.deepEqual([company.mentions.value.length, company.helped.value.get("c1")?.standing, said], [1, "called", []]);
  assert.deepEqual(asked.find(([name]) => name === "refresh"), ["refresh", { topic: "agent:ana" }]);
});

test("a new mention and a call for help are told, once", () => {
  follow();
  const news = { mentions: [mention(), mention({ position: 9, kind: "whisper" })] };
  on.mentions_changed(news);
  on.mentions_changed(news);
  on.inbox_changed({ rows: [row({ conversation: "c2" })] });
  on.inbox_changed({ rows: [row({ conversation: "c2", position: 4 })] });
  assert.deepEqual(said, ["Ben whispers in the chat with Vera: Look", "Ben needs help now in the chat with Vera."]);
});

test("whoever has a chat hears who asks to join it, and again only after they stopped", () => {
  follow();
  const mine = (/** @type {any} */ participants) => on.inbox_changed({ rows: [row({ conversation: "c3", agent: { id: "ana" }, participants })] });
  mine({ kim: "asking" });
  mine({ kim: "asking" });
  assert.deepEqual(said, ["Kim asks to join your chat with Vera."]);
  mine({});
  mine({ kim: "asking" });
  assert.equal(said.length, 2);
});

test("a chat in which one is nobody any more leaves the list; older news of it change nothing", () => {
  const company = follow();
  on.inbox_changed({ rows: [row({ position: 6, participants: {} })] });
  assert.equal(company.helped.value.size, 0);
  on.inbox_changed({ rows: [row({ conversation: "c4", position: 6 })] });
  on.inbox_changed({ rows: [row({ conversation: "c4", position: 5, participants: {} })] });
  assert.equal(company.helped.value.has("c4"), true);
});

test("what was before the agent's eyes is seen at once, and not seen again where the server was not told", async () => {
  const company = follow();
  const chat = /** @type {any} */ ({ id: "c1", shownUpTo: 4, about: signal(null) });
  desk.front.value = chat;
  company.seen(chat);
  assert.equal(company.mentions.value[0].seen, false);
  chat.shownUpTo = 5;
  company.seen(chat);
  assert.equal(company.mentions.value[0].seen, true);
  assert.deepEqual(asked.at(-1), ["see_mentions", { conversation: "c1", position: 5 }]);
  on.mentions_changed({ mentions: [mention({ position: 5 })] });
  refuses = true;
  company.seen(chat);
  await new Promise((done) => setImmediate(done));
  assert.equal(company.mentions.value[0].seen, false);
});

test("what the server was not told of is unseen again, and what came meanwhile stays", async () => {
  const company = follow();
  desk.front.value = /** @type {any} */ ({ id: "c1", shownUpTo: 5, about: signal(null) });
  refuses = true;
  company.seen(desk.front.value);
  company.mentions.value = [mention({ conversation: "c2", position: 2, seen: true }), ...company.mentions.value];
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(company.mentions.value.map(({ conversation, seen }) => [conversation, seen]), [["c2", true], ["c1", false]]);
});

const guestIn = (/** @type {any} */ more) => row({ participants: { ana: "guest" }, messages: 1, seen: 1, last: { role: "visitor", kind: "message", text: "Blue" }, ...more });
const hears = (/** @type {any} */ more) => on.inbox_changed({ rows: [guestIn(more)] });
/** @type {(company: any) => number[]} what the agent has not seen of each, and of all */
const unread = (company) => [...[...company.guestIn.value.values()].map(({ messages, seen }) => messages - seen), desk.inbox.unreadBeside.value];

test("what a visitor writes where the agent is a guest is unread until they have seen it, whatever its agent has read", () => {
  const company = follow();
  hears({ position: 4 });
  assert.deepEqual(unread(company), [0, 0]);
  hears({ position: 6, messages: 3, seen: 3 });
  assert.deepEqual([unread(company), company.guestIn.value.get("c1").last.text], [[2, 2], "Blue"]);
  hears({ position: 7, participants: {} });
  assert.deepEqual(unread(company), [0]);
});

test("what they have before their eyes is seen, once they look, and whether its row or the message comes first", () => {
  const company = follow();
  hears({ position: 4 });
  const chat = /** @type {any} */ ({ id: "c1", shownUpTo: 4, about: signal(null) });
  desk.front.value = chat;
  hears({ position: 6, messages: 2 });
  assert.deepEqual(unread(company), [1, 1]);
  chat.shownUpTo = 6;
  company.seen(chat);
  assert.deepEqual(unread(company), [0, 0]);
  page.document.hasFocus = () => false;
  chat.shownUpTo = 8;
  hears({ position: 8, messages: 3 });
  assert.deepEqual(unread(company), [1, 1]);
  page.document.hasFocus = () => true;
  focus();
  assert.deepEqual(unread(company), [0, 0]);
});

test("a new connection takes nothing back that they have seen; after a reload it is as its agent has read", () => {
  const company = follow();
  const hello = (/** @type {any} */ more) => company.welcome({ ...desk.socket.welcome, inbox: [guestIn(more)] });
  hello({ messages: 3, seen: 1 });
  assert.deepEqual(unread(company), [2, 2]);
  const chat = /** @type {any} */ ({ id: "c1", shownUpTo: 6, about: signal(null) });
  desk.front.value = chat;
  company.seen(chat);
  hello({ messages: 4, seen: 1 });
  assert.deepEqual(unread(company), [1, 1]);
});
