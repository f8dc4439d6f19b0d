import assert from "node:assert/strict";
import { register } from "node:module";
import { afterEach, beforeEach, mock, test } from "node:test";

import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { FakeWebSocket } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { VisitorChat } = await import("../../widget/static/widget/visitor_chat.js");
await import("../../widget/static/widget/site_calls.js"); // so that it comes at once
const code = await import("../../widget/static/widget/talk.js");

const OPEN = { available: true, why: "open" };
const entry = { position: 1, mark: "m1", kind: "message", author: { role: "visitor" }, at: "", body: { text: "Hello" } };
const CHAT = { id: "c1", state: "active", agent: null, read: 0, place: null, position: 1, mark: "m1", entries: [entry], earlier: false };

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  globalThis.navigator ??= { language: "en" }; // Node 20 has none
  globalThis.document = Object.assign(new EventTarget(), { body: { append() {} }, createElement: blank });
  globalThis.location = { href: "https://chat.example/widget/frame/?site=k", replace: (there) => (location.href = `${there}`) };
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** What is under way, imports among it, has come as far as it can. */
async function turns() {
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
}

/** @param {() => unknown} holds soon */
async function until(holds) {
  for (let turn = 0; turn < 500 && !holds(); turn++) await turns();
  assert.ok(holds());
}

/** As much of an element as a live region needs. */
const blank = () => ({ setAttribute() {}, append() {}, remove() {}, style: {}, ownerDocument: { createElement: blank } });

/** A panel that is on the page and not opened yet; a website that calls it; the sockets that it opens. */
function panelOn({ opened = false, store = memoryStore(), kept = "", site = {} } = {}) {
  const links = [];
  const told = [];
  globalThis.WebSocket = class extends FakeWebSocket {
    constructor(...given) {
      super(...given);
      links.push(this);
    }
  };
  const box = { value: "", text: () => box.value, set: (text) => (box.value = text), focus() {} };
  const host = {
    ...{ opened: signal(opened), warmed: signal(false), asks: signal(kept ? [] : null), page: "", kept, handle: "", framed: true },
    goingOn: (on) => told.push(["going-on", on && (host.handle || "1")]),
    say: (word, { detail, asks } = {}) => told.push([word, detail ?? asks]),
  };
  const talking = { part: signal(code), fetch: async () => code };
  const visitor = new VisitorChat({ boot: { site: { key: "k", name: "Shop", locale: "en", ...site }, socket: "/ws/visitor" }, host, store, talking });
  visitor.box.current = box;
  visitor.begin();
  const call = async (...asks) => {
    host.asks.value = [...(host.asks.value ?? []), ...asks];
    await visitor.heeded;
    await turns();
  };
  return { visitor, host, links, told, box, call };
}

/** The newest socket says hello. */
async function helloOf(links) {
  await turns();
  await until(() => links.length);
  links.at(-1).accept();
  await until(() => links.at(-1).asked("hello"));
  return links.at(-1).asked("hello").with;
}

async function welcome(links, more = {}) {
  await links.at(-1).ok("hello", { token: "t", visitor: { id: "v", verified: false }, heartbeat: 60, conversation: null, last: null, site: OPEN, ...more });
  await turns();
}

test("an identity given before the panel is opened connects nobody, and is said once with the first hello", async () => {
  const { visitor, host, links, call } = panelOn();
  await call(["identify", "signed.by.shop"]);
  assert.equal(links.length, 0);
  host.opened.value = true;
  assert.equal((await helloOf(links)).identity, "signed.by.shop");
  await welcome(links);
  visitor.again();
  assert.equal((await helloOf(links)).identity, undefined);
  visitor.socket.stop();
});

test("an identity given while the chat is open says hello anew", async () => {
  const { visitor, links, call } = panelOn({ opened: true });
  await helloOf(links);
  await welcome(links);
  await call(["identify", "signed.by.shop"]);
  assert.equal((await helloOf(links)).identity, "signed.by.shop");
  visitor.socket.stop();
});

test("an identity that is not valid any more is told to the website, and the visitor comes without it", async () => {
  const { visitor, links, told, call } = panelOn();
  await call(["identify", "old.old.old"]);
  visitor.host.opened.value = true;
  await helloOf(links);
  await links.at(-1).no("hello", { code: "bad_identity", message: "", retry: false });
  assert.equal((await helloOf(links)).identity, undefined);
  assert.deepEqual(told.filter(([word]) => word === "identity"), [["identity", undefined]]);
  visitor.socket.stop();
});

test("what is no identity at all keeps nobody from chatting", async () => {
  const { visitor, links, told, call } = panelOn();
  await call(["identify", { jwt: "wrapped" }]);
  visitor.host.opened.value = true;
  await helloOf(links);
  await links.at(-1).no("hello", { code: "bad_field", field: "identity", message: "", retry: false });
  assert.equal((await helloOf(links)).identity, undefined);
  assert.equal(told.filter(([word]) => word === "identity").length, 1);
  visitor.socket.stop();
});

test("attributes are told when somebody is known, at once or with the first welcome", async () => {
  const { visitor, links, call } = panelOn({ opened: true });
  await call(["setAttributes", { plan: "gold" }]);
  await helloOf(links);
  assert.equal(links[0].asked("set_attributes"), undefined);
  await welcome(links);
  assert.deepEqual(links[0].asked("set_attributes").with, { attributes: { plan: "gold" } });
  visitor.socket.stop();
});

test("attributes that the server refuses are told to the website by the name of the call", async () => {
  const { visitor, links, told, call } = panelOn({ opened: true });
  await helloOf(links);
  await welcome(links);
  await call(["setAttributes", { plan: {} }]);
  await links[0].no("set_attributes", { code: "bad_field", message: "", retry: false });
  assert.deepEqual(told.filter(([word]) => word === "error"), [["error", { call: "setAttributes", code: "bad_field" }]]);
  visitor.socket.stop();
});

test("what is prefilled stands in an empty box, and never replaces what is being written", async () => {
  const { box, call } = panelOn();
  await call(["prefill", "About order 77"]);
  assert.equal(box.value, "About order 77");
  await call(["prefill", "Something else"]);
  assert.equal(box.value, "About order 77");
});

test("a chat that the website begins is sent as written; where something is asked first, the words wait", async () => {
  const plain = panelOn({ opened: true });
  await plain.call(["startConversation", "Where is my order?"]);
  assert.deepEqual(plain.visitor.outbox.pending.value.map(({ body }) => body), ["Where is my order?"]);
  const asking = panelOn({ opened: true, site: { prechat: { name: "required", email: "no", about: [] } } });
  await asking.call(["startConversation", "Where is my order?"]);
  assert.deepEqual([asking.visitor.outbox.pending.value, asking.box.value], [[], "Where is my order?"]);
  for (const { visitor } of [plain, asking]) visitor.socket.stop();
});

test("another language is another page of the panel, and the same one is none", async () => {
  const { call } = panelOn();
  await call(["setLocale", "de"]);
  assert.equal(location.href, "https://chat.example/widget/frame/?site=k&locale=de");
  location.replace = () => assert.fail("it is in German already");
  await call(["setLocale", "de"]);
});

test("what is asked together with another language, what was not said yet and the theme are asked of the page that comes", async () => {
  const { call, told, visitor, box } = panelOn();
  await call(["identify", "a.b.c"], ["setTheme", "dark"]);
  await call(["prefill", "Bonjour"], ["setLocale", "fr"], ["setAttributes", { plan: "gold" }]);
  const asks = told.findLast(([word]) => word === "again")[1];
  assert.deepEqual(asks, [["setTheme", "dark"], ["identify", "a.b.c"], ["prefill", "Bonjour"], ["setLocale", "fr"], ["setAttributes", { plan: "gold" }]]);
  assert.equal(box.value, "");
  await call(...asks.slice(2)); // there
  assert.equal(box.value, "Bonjour");
  visitor.socket.stop();
});

test("attributes that the server has not answered are asked of the page that comes, and those that it has are not", async () => {
  const { visitor, links, call, told } = panelOn({ opened: true });
  await helloOf(links);
  await welcome(links);
  await call(["setAttributes", { plan: "gold" }]);
  await links[0].ok("set_attributes", {});
  await turns();
  await call(["setAttributes", { seats: 3 }]);
  await call(["setLocale", "fr"]);
  assert.deepEqual(told.findLast(([word]) => word === "again")[1], [["setAttributes", { seats: 3 }], ["setLocale", "fr"]]);
  visitor.socket.stop();
});

test("a reset ends the secret, leaves nothing in the browser, and the next identity begins anew", async () => {
  const store = memoryStore();
  const { visitor, links, call } = panelOn({ opened: true, store });
  await helloOf(links);
  await welcome(links, { conversation: CHAT });
  const asked = mock.method(globalThis, "fetch", async () => Response.json({ re: 1, ok: {} }));
  await call(["reset", ""], ["identify", "the.next.one"]);
  assert.deepEqual(asked.mock.calls.map(({ arguments: [, { body, headers }] }) => [JSON.parse(body).do, headers.Authorization]), [["sign_out", "Bearer t"]]);
  assert.deepEqual([store.keys("support-chat:").filter((key) => key !== "support-chat:draft:k"), visitor.current.value], [[], null]);
  const hello = await helloOf(links);
  assert.deepEqual([links.length, hello.identity, hello.token], [2, "the.next.one", undefined]);
  visitor.socket.stop();
});

test("calls that we do not know, and those of Object, are passed over", async () => {
  const { visitor, call } = panelOn();
  await call(["constructor", "x"], ["takeOver", 1], ["prefill", "Hello"]);
  assert.equal(visitor.box.current.value, "Hello");
});

test("the website hears that something was said and how the chat stands, and never the words", async () => {
  const { visitor, links, told } = panelOn({ opened: true });
  await helloOf(links);
  await welcome(links, { conversation: CHAT });
  const said = { position: 2, mark: "m2", kind: "message", author: { role: "agent", name: "Ana" }, at: "", body: { text: "A secret" } };
  links[0].say({ event: "entry_added", conversation: "c1", entry: said });
  await turns();
  assert.deepEqual(told.filter(([word]) => word === "message"), [["message", { from: "agent" }]]);
  assert.equal(told.filter(([word]) => word === "state").at(-1)[1], "active");
  assert.equal(JSON.stringify(told).includes("A secret"), false);
  visitor.socket.stop();
});

test("where the browser keeps nothing, the page keeps a handle, which the next panel comes back with", async () => {
  const first = panelOn({ opened: true });
  await helloOf(first.links);
  await welcome(first.links, { conversation: CHAT });
  await until(() => first.links[0].asked("renew_handle"));
  await first.links[0].ok("renew_handle", { handle: "line.one" });
  const goingOn = () => first.told.filter(([word]) => word === "going-on").at(-1);
  await until(() => goingOn()?.[1] === "line.one");
  first.visitor.socket.stop();

  const next = panelOn({ opened: true, kept: "line.one" });
  assert.equal((await helloOf(next.links)).resume, "line.one");
  await welcome(next.links, { conversation: CHAT });
  await until(() => next.links[0].asked("renew_handle"));
  assert.deepEqual(next.links[0].asked("renew_handle").with, { handle: "line.one" });
  next.visitor.socket.stop();
});

test("a handle that opens nothing any more is dropped, and the visitor is somebody new", async () => {
  const { visitor, links } = panelOn({ opened: true, kept: "line.old" });
  await helloOf(links);
  await links.at(-1).no("hello", { code: "unknown_token", message: "", retry: false });
  assert.equal((await helloOf(links)).resume, undefined);
  visitor.socket.stop();
});
