// The panel as it is drawn, where what it shows and what it sends have to agree.
import assert from "node:assert/strict";
import { register } from "node:module";
import { afterEach, beforeEach, mock, test } from "node:test";

import { drawingPage } from "./fakes/dom.js";
import { FakeWebSocket } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none
const page = drawingPage();
const { h, render, signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { memoryStore } = await import("../../support_chat/static/support_chat/storage.js");
const { Panel } = await import("../../widget/static/widget/panel_view.js");
const { VisitorChat } = await import("../../widget/static/widget/visitor_chat.js");
const { letGo } = await import("../../widget/static/widget/letting_go.js");
await import("../../widget/static/widget/prechat.js"); // so that it comes at once
await import("../../widget/static/widget/away.js");
const code = await import("../../widget/static/widget/talk.js");

const OPEN = { available: true, why: "open" };
const ASKS = { prechat: { name: "required", email: "no", about: [] } };
const CHAT = { id: "c1", state: "active", agent: null, read: 0, place: null, position: 0, mark: "m0", entries: [], earlier: false };
const SEEN = "Our team sees what you write here before you send it.";

const realTimeout = globalThis.setTimeout;
let reaches = true;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (fn, ms = 0) => setTimeout(fn, ms); // Node's mock knows no delay left out
  reaches = true;
  mock.method(globalThis, "fetch", async () => {
    if (!reaches) throw new TypeError("Failed to fetch");
    return { ok: true, blob: async () => {} };
  });
  globalThis.location = { href: "https://chat.example/widget/frame/?site=k", hash: "" };
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** Whatever is under way has come as far as it can, and is drawn. */
async function drawn() {
  for (let turn = 0; turn < 10; turn++) {
    await new Promise((next) => setImmediate(next));
    mock.timers.tick(20);
  }
}

/** @param {() => unknown} holds soon: modules come when they come */
async function until(holds) {
  for (let turn = 0; turn < 5_000 && !holds(); turn++) {
    await new Promise((next) => realTimeout(next, 1));
    mock.timers.tick(1);
  }
  assert.ok(holds());
  await drawn();
}

/** An open panel on screen, greeted by the server. */
async function panelOf(site = {}, welcome = {}) {
  const links = [];
  globalThis.WebSocket = class extends FakeWebSocket {
    constructor(...given) {
      super(...given);
      links.push(this);
    }
  };
  const host = { opened: signal(true), warmed: signal(false), asks: signal(null), page: "", kept: "", handle: "", goingOn() {}, say() {} };
  const boot = { site: { key: "k", name: "Shop", ...site }, host: null, socket: "/ws/visitor" };
  const talking = { part: signal(code), fetch: async () => code };
  const visitor = new VisitorChat({ boot, host, store: memoryStore(), talking });
  const root = page.createElement("main");
  render(h(Panel, { visitor, host }), root);
  visitor.begin();
  await drawn();
  await greeted(links, welcome);
  const field = () => root.querySelectorAll("input").at(0);
  const type = (text) => visitor.box.current.set(text);
  const fill = (name) => {
    field().value = name;
    field().dispatchEvent(new Event("input"));
  };
  const close = async () => {
    render(null, root);
    visitor.socket.stop();
    await drawn(); // what is left to be drawn would hold up the next test
  };
  return { visitor, links, root, field, type, fill, close };
}

async function greeted(links, welcome = {}) {
  links.at(-1).accept();
  await drawn();
  const site = { ...OPEN, id: "k" };
  await links.at(-1).ok("hello", { token: "t", visitor: { id: "v" }, heartbeat: 60, conversation: null, last: null, site, ...welcome });
  await drawn();
}

const waiting = ({ outbox }) => outbox.pending.value.map(({ body, fields }) => [body, fields.form?.name]);

test("what has to be answered first is asked for until it is here, and no message goes without it", async () => {
  reaches = false;
  const { visitor, field, type, fill, close } = await panelOf(ASKS);
  type("Hello");
  visitor.box.current.send();
  assert.deepEqual([field(), waiting(visitor), visitor.box.current.text()], [undefined, [], "Hello"]);
  reaches = true;
  mock.timers.tick(3_000);
  await until(field);
  assert.deepEqual([waiting(visitor), visitor.box.current.text()], [[], "Hello"]);
  fill("Robin");
  await drawn();
  visitor.box.current.send();
  assert.deepEqual([waiting(visitor), visitor.box.current.text()], [[["Hello", "Robin"]], ""]);
  await close();
});

test("where nothing has to be answered, a message goes when the questions are here, unless it is changed by then", async () => {
  const optional = { prechat: { name: "optional", email: "no", about: [] } };
  for (const [then, sent] of [["Hello", [["Hello", undefined]]], ["Hello, I am", []]]) {
    reaches = false;
    const { visitor, field, type, close } = await panelOf(optional);
    type("Hello");
    visitor.box.current.send();
    if (then !== "Hello") type(then);
    reaches = true;
    mock.timers.tick(3_000);
    await until(() => field() || waiting(visitor).length);
    assert.deepEqual(waiting(visitor), sent);
    await close();
  }
});

test("questions of the site are asked where nobody can take a chat, too, and not left out for the address", async () => {
  reaches = false;
  const away = { site: { available: false, why: "away", mail: true, id: "k" } };
  const { visitor, root, type, close } = await panelOf(ASKS, away);
  type("Hello");
  visitor.box.current.send();
  reaches = true;
  mock.timers.tick(3_000);
  await until(() => root.querySelectorAll("input").length === 2);
  assert.deepEqual(waiting(visitor), []);
  await close();
});

test("what was typed into the questions is gone with the visitor who is forgotten, each time", async () => {
  const { visitor, field, fill, close } = await panelOf(ASKS);
  await until(field);
  for (const name of ["Robin", "Alex"]) {
    fill(name);
    await drawn();
    assert.equal(field().value, name);
    letGo(visitor);
    await drawn();
    assert.equal(field().value, "");
  }
  await close();
});

test("that our team sees what is written stays on screen without a link, and is said once a chat", async () => {
  const shown = { conversation: CHAT, features: ["previews"] };
  const { visitor, links, root, close } = await panelOf({}, shown);
  const said = [];
  const region = page.body.childNodes.find((node) => node.getAttribute("role") === "log");
  region.append = ({ textContent }) => said.push(textContent);
  assert.ok(root.textContent.includes(SEEN));
  for (const _ of [1, 2]) {
    links.at(-1).die();
    await drawn();
    assert.ok(root.textContent.includes(SEEN));
    visitor.socket.wake();
    await drawn();
    await greeted(links, shown);
  }
  assert.deepEqual(said, []);
  links.at(-1).say({ event: "conversation_changed", conversation: "c1", state: "closed", agent: null });
  await drawn();
  assert.ok(!root.textContent.includes(SEEN));
  await greetedAnew();
  assert.deepEqual(said, [SEEN]);
  await close();

  /** Another chat begins. */
  async function greetedAnew() {
    visitor.again();
    await drawn();
    await greeted(links, { ...shown, conversation: { ...CHAT, id: "c2" } });
  }
});
