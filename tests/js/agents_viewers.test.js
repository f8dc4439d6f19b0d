import assert from "node:assert/strict";
import { register } from "node:module";
import { beforeEach, mock, test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");

/** @type {any} */
const page = globalThis;
page.document = { hidden: false, addEventListener() {} };
const { Viewers } = await import("../../agents/static/agents/viewers.js");

/** @type {any} */
let desk;
/** @type {[string, any][]} */
let said;
/** @type {Record<string, (news: any) => void>} */
let heard;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  page.document.hidden = false;
  [said, heard] = [[], {}];
  const socket = {
    welcome: { features: ["together"] },
    on: (/** @type {string} */ name, /** @type {any} */ fn) => (heard[name] = fn),
    onWelcome: (/** @type {any} */ fn) => (heard.welcome = fn),
    request: async (/** @type {string} */ name, /** @type {any} */ fields) => void said.push([name, fields]),
  };
  desk = { socket, inbox: { me: signal({ id: "ana" }) }, front: signal(null) };
});

const chat = (/** @type {string} */ id) => ({ id, about: signal({}) });
const ben = { id: "ben", name: "Ben" };

function follow() {
  const viewers = new Viewers(desk);
  viewers.follow();
  return viewers;
}

test("the chat in front is told once, and who else looks at it is asked", () => {
  follow();
  desk.front.value = chat("c1");
  desk.front.value = chat("c2");
  assert.deepEqual(said, [["look_at", { conversation: "c1", asks: true }], ["look_at", { conversation: "c2", asks: true }]]);
});

test("it is said anew while it lasts, and not any more once the agent looks away", () => {
  follow();
  desk.front.value = chat("c1");
  mock.timers.tick(25_000);
  assert.deepEqual(said.at(-1), ["look_at", { conversation: "c1" }]);
  desk.front.value = null;
  assert.deepEqual(said.at(-1), ["look_at", {}]);
  const told = said.length;
  mock.timers.tick(60_000);
  assert.equal(said.length, told);
});

test("who asks gets an answer where the chat is shown", () => {
  follow();
  desk.front.value = chat("c1");
  heard.viewing({ conversation: "c2", agent: ben, viewing: true, asks: true });
  assert.equal(said.length, 1);
  heard.viewing({ conversation: "c1", agent: ben, viewing: true, asks: true });
  assert.deepEqual(said.at(-1), ["look_at", { conversation: "c1" }]);
});

test("a colleague is seen until they look away, or nothing is heard of them for a minute", () => {
  const viewers = follow();
  heard.viewing({ conversation: "c1", agent: ben, viewing: true });
  assert.deepEqual(viewers.of("c1"), [ben]);
  heard.viewing({ conversation: "c1", agent: ben, viewing: false });
  assert.deepEqual(viewers.of("c1"), []);
  heard.viewing({ conversation: "c1", agent: ben, viewing: true });
  mock.timers.tick(50_000);
  heard.viewing({ conversation: "c1", agent: ben, viewing: true });
  mock.timers.tick(50_000);
  assert.deepEqual(viewers.of("c1"), [ben]);
  mock.timers.tick(10_000);
  assert.deepEqual(viewers.of("c1"), []);
});

test("after a new connection nobody is believed, and the chat in front is told anew", () => {
  const viewers = follow();
  desk.front.value = chat("c1");
  heard.viewing({ conversation: "c1", agent: ben, viewing: true });
  heard.welcome({});
  assert.deepEqual(viewers.of("c1"), []);
  assert.deepEqual(said.at(-1), ["look_at", { conversation: "c1", asks: true }]);
});

test("an older server is told nothing", () => {
  desk.socket.welcome = { features: [] };
  follow();
  desk.front.value = chat("c1");
  assert.deepEqual(said, []);
});

test("of a chat that nobody looks at any more nothing is kept", () => {
  const viewers = follow();
  heard.viewing({ conversation: "c1", agent: ben, viewing: true });
  heard.viewing({ conversation: "c1", agent: ben, viewing: false });
  assert.equal(viewers.by.value.size, 0);
});
