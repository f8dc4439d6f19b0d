// The real loader on a website's page and the real panel in its frame, talking to each other.
import assert from "node:assert/strict";
import { register } from "node:module";
import { afterEach, beforeEach, mock, test } from "node:test";

import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { FakeWebSocket } from "./fakes/web_socket.js";
import { GOING_ON, SHOP, websiteWith } from "./fakes/website.js";

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { HostLink } = await import("../../widget/static/widget/host_link.js");
const { VisitorChat } = await import("../../widget/static/widget/visitor_chat.js");
await import("../../widget/static/widget/site_calls.js"); // so that they come at once
await import("../../widget/static/widget/keeping_handle.js");
const code = await import("../../widget/static/widget/talk.js");

const OPEN = { available: true, why: "open" };
const CHAT = { id: "c1", state: "active", agent: null, read: 0, place: null, position: 0, mark: "m0", entries: [], earlier: false };
const HANDLE = "line.one";
const TOKEN = "support-chat:token:k";

/** @type {{url: string, init: any, answer: (status: number, body?: object) => void}[]} */
let requests = [];

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  requests = [];
  mock.method(globalThis, "fetch", (url, init) => {
    return new Promise((answered) => {
      const answer = (status, body = {}) => answered({ ok: status === 200, status, json: async () => body });
      requests.push({ url: `${url}`, init, answer });
    });
  });
  globalThis.navigator ??= { language: "en" }; // Node 20 has none
  globalThis.document = Object.assign(new EventTarget(), { body: { append() {} }, createElement: blank });
  globalThis.location = { href: "https://chat.example/widget/frame/?site=k", hash: "" };
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** As much of an element as a live region needs. */
const blank = () => ({ setAttribute() {}, append() {}, remove() {}, style: {}, ownerDocument: { createElement: blank } });

async function turns() {
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
}

/** @param {() => unknown} holds soon: modules come when they come */
async function until(holds) {
  for (let turn = 0; turn < 500 && !holds(); turn++) await turns();
  assert.ok(holds());
}

/** The panel in the frame of this page, as panel.js begins it. What a store shares, the browser keeps for it. */
async function panelIn(website, { store = memoryStore(), talking = brought() } = {}) {
  const links = [];
  globalThis.WebSocket = class extends FakeWebSocket {
    constructor(...given) {
      super(...given);
      links.push(this);
    }
  };
  const host = new HostLink(SHOP, "", website.panel);
  const boot = { site: { key: "k", name: "Shop" }, host: SHOP, look: "", socket: "/ws/visitor" };
  const visitor = new VisitorChat({ boot, host, store, talking });
  const box = { value: "", text: () => box.value, set: (text) => (box.value = text), focus() {} };
  visitor.box.current = box;
  visitor.begin();
  host.listen();
  await turns();
  return { visitor, host, links, store, box };
}

/** The code of a chat, here as soon as it is fetched. */
function brought() {
  const part = signal(null);
  return { part, fetch: async () => (part.value ??= code) };
}

function sharedStore(values = {}) {
  const store = memoryStore();
  for (const [key, value] of Object.entries(values)) store.set(key, value);
  return { ...store, shared: () => true };
}

/** The newest socket is let in; what its hello says. */
async function helloOf(links) {
  await until(() => links.at(-1)?.readyState === 0);
  links.at(-1).accept();
  await until(() => links.at(-1).asked("hello"));
  return links.at(-1).asked("hello").with;
}

async function welcome(links, more) {
  const site = { ...OPEN, id: "k" };
  await links.at(-1).ok("hello", { visitor: { id: "v", verified: false }, heartbeat: 60, conversation: null, last: null, site, ...more });
  await turns();
}

test("a visitor who leaves before the welcome still has a chat that goes on, on the next page", async () => {
  const website = websiteWith(new Map([[GOING_ON, "1"]]));
  await turns();
  const { visitor, links } = await panelIn(website, { store: sharedStore({ [TOKEN]: "t" }) });
  assert.equal((await helloOf(links)).token, "t");
  assert.equal(website.stored.get(GOING_ON), "1");
  await welcome(links, { conversation: CHAT });
  assert.equal(website.stored.get(GOING_ON), "1");
  visitor.socket.stop();
});

test("a chat that is over goes on nowhere, and a panel that knows nobody is not made again", async () => {
  const over = websiteWith(new Map([[GOING_ON, "1"]]));
  await turns();
  const { visitor, links } = await panelIn(over, { store: sharedStore({ [TOKEN]: "t" }) });
  await helloOf(links);
  await welcome(links, { last: { ...CHAT, state: "closed" } });
  assert.equal(over.stored.has(GOING_ON), false);
  visitor.socket.stop();

  const nobodys = websiteWith(new Map([[GOING_ON, "1"]]));
  await turns();
  const { links: none } = await panelIn(nobodys, { store: sharedStore() });
  assert.deepEqual([nobodys.framed.count, none.length, nobodys.stored.has(GOING_ON)], [1, 0, false]);
});

test("where the browser keeps nothing, a chat goes on by the handle that the website keeps, page after page", async () => {
  const first = websiteWith();
  first.chat.open();
  const newcomer = await panelIn(first);
  await helloOf(newcomer.links);
  await welcome(newcomer.links, { token: "t" });
  await newcomer.visitor.talking.fetch(); // with the first letter
  newcomer.visitor.send("Hello");
  await until(() => newcomer.links[0].asked("renew_handle"));
  await newcomer.links[0].ok("renew_handle", { handle: HANDLE });
  await newcomer.links[0].ok("start_conversation", { conversation: "c1", position: 1, snapshot: CHAT });
  await turns();
  assert.equal(first.stored.get(GOING_ON), HANDLE);
  newcomer.visitor.socket.stop();

  const second = websiteWith(first.stored);
  await turns();
  const again = await panelIn(second);
  assert.equal((await helloOf(again.links)).resume, HANDLE);
  assert.equal(second.stored.get(GOING_ON), HANDLE);
  await welcome(again.links, { token: "t2", conversation: CHAT });
  assert.equal(again.visitor.current.value.id, "c1");
  await until(() => again.links[0].asked("renew_handle"));
  assert.deepEqual(again.links[0].asked("renew_handle").with, { handle: HANDLE });
  await again.links[0].ok("renew_handle", { handle: "line.two" });
  await turns();
  assert.equal(second.stored.get(GOING_ON), "line.two");
  again.visitor.socket.stop();
});

test("a reset on a page whose panel is not connected wipes at once, and the secret is ended by a request that outlives the page", async () => {
  const website = websiteWith(new Map([[GOING_ON, "1"]]));
  const store = sharedStore({ [TOKEN]: "t", "support-chat:draft:k": "My secret" });
  website.chat.reset();
  const { visitor, links } = await panelIn(website, { store });
  await until(() => requests.length);
  assert.deepEqual([store.keys("support-chat:"), website.stored.has(GOING_ON)], [[], false]);
  assert.deepEqual([visitor.forgotten.value, links.some(({ closedByUs }) => !closedByUs)], [true, false]);
  const [{ url, init, answer }] = requests;
  assert.equal(url, "https://chat.example/live/commands?as=visitor");
  assert.deepEqual([JSON.parse(init.body).do, init.headers.Authorization, init.keepalive], ["sign_out", "Bearer t", true]);
  answer(200);
  await turns();
  mock.timers.tick(60_000);
  assert.equal(requests.length, 1);
});

test("the server hears of a reset when it can, and the next visitor waits for nothing", async () => {
  const website = websiteWith();
  website.chat.open();
  website.chat.reset();
  const { visitor, links } = await panelIn(website, { store: sharedStore({ [TOKEN]: "t" }) });
  await until(() => requests.length);
  requests[0].answer(503);
  await turns();
  website.chat.identify("the.next.one");
  await turns();
  const hello = await helloOf(links);
  assert.deepEqual([hello.identity, hello.token], ["the.next.one", undefined]);
  mock.timers.tick(3_000);
  await turns();
  assert.deepEqual(requests.map(({ init }) => JSON.parse(init.body).do), ["sign_out", "sign_out"]);
  requests[1].answer(401);
  await turns();
  mock.timers.tick(60_000);
  assert.equal(requests.length, 2);
  visitor.socket.stop();
});

test("a reset uses up the handle that the website kept, and ends what it opened", async () => {
  const website = websiteWith(new Map([[GOING_ON, HANDLE]]));
  website.chat.reset();
  const { visitor, host } = await panelIn(website);
  await until(() => requests.length);
  assert.deepEqual([website.stored.has(GOING_ON), host.kept], [false, ""]);
  assert.deepEqual(JSON.parse(requests[0].init.body).with, { site: "k", resume: HANDLE });
  requests[0].answer(200, { re: 1, ok: { token: "opened" } });
  await turns();
  assert.deepEqual([JSON.parse(requests[1].init.body).do, requests[1].init.headers.Authorization], ["sign_out", "Bearer opened"]);
  visitor.socket.stop();
});

test("who the website signed before a reset is not who comes after it", async () => {
  const website = websiteWith();
  website.chat.identify("the.one.before");
  website.chat.setAttributes({ plan: "gold" });
  website.chat.reset();
  website.chat.open();
  const { visitor, links } = await panelIn(website);
  await until(() => visitor.forgotten.value);
  visitor.send("Hello");
  assert.equal((await helloOf(links)).identity, undefined);
  await welcome(links, { token: "t" });
  assert.equal(links.at(-1).asked("set_attributes"), undefined);
  visitor.socket.stop();
});

test("after a reset in an open panel where nothing was typed yet, what is written is sent", async () => {
  const website = websiteWith();
  website.chat.open();
  const { visitor, links } = await panelIn(website);
  await helloOf(links);
  await welcome(links, { token: "t" });
  website.chat.reset();
  await until(() => links[0].closedByUs);
  await visitor.talking.fetch(); // with the first letter
  visitor.send("Hello");
  await turns();
  assert.equal(links.length, 2);
  assert.equal((await helloOf(links)).token, undefined);
  await welcome(links, { token: "t2" });
  await until(() => links[1].asked("start_conversation"));
  assert.deepEqual([links[1].asked("start_conversation").with.body, visitor.forgotten.value], ["Hello", false]);
  visitor.socket.stop();
});

test("also where the code that sends comes later than the words; and those that the one before had not sent are gone", async () => {
  const website = websiteWith();
  website.chat.open();
  const talking = { part: signal(null), fetch: () => Promise.reject(new Error("no network")) };
  const { visitor, links } = await panelIn(website, { talking });
  await helloOf(links);
  visitor.send("A secret");
  website.chat.reset();
  await until(() => visitor.forgotten.value);
  assert.deepEqual(visitor.unsent.pending.value, []);
  visitor.send("Hello");
  await turns();
  await helloOf(links);
  await welcome(links, { token: "t2" });
  talking.part.value = code;
  await turns();
  await until(() => links.at(-1).asked("start_conversation"));
  assert.equal(links.at(-1).asked("start_conversation").with.body, "Hello");
  visitor.socket.stop();
});

test("the title that rang gives way to the website's own, however often it rang, and to none that came later", async () => {
  const { chat, document: page, says } = websiteWith();
  const look = () => page.dispatchEvent(new Event("visibilitychange"));
  chat.open();
  says({ say: "ring", title: "It's your turn" });
  says({ say: "ring", title: "It's your turn" });
  await turns();
  assert.equal(page.title, "It's your turn");
  look();
  assert.equal(page.title, "A shop");
  says({ say: "ring", title: "It's your turn" });
  await turns();
  page.title = "Lamps";
  look();
  assert.equal(page.title, "Lamps");
});
