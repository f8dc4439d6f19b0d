import assert from "node:assert/strict";
import { register } from "node:module";
import { afterEach, beforeEach, mock, test } from "node:test";

import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { FakeWebSocket, settled } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { VisitorChat } = await import("../../widget/static/widget/visitor_chat.js");
const code = await import("../../widget/static/widget/talk.js");

const OPEN = { available: true, why: "open" };
const PAUSED = { available: false, why: "paused" };
const entry = { position: 1, mark: "m1", kind: "message", author: { role: "visitor" }, at: "", body: { text: "Hello" } };
const snapshot = { id: "c1", state: "queued", agent: null, read: 0, place: null, position: 1, mark: "m1", entries: [entry], earlier: false };
const REFUSED = { code: "closed_for_now", message: "", retry: true, after: 3600, why: "paused" };

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  globalThis.navigator ??= { language: "en" }; // Node 20 has none
  globalThis.document = Object.assign(new EventTarget(), { body: { append() {} }, createElement: blank });
  globalThis.location = { href: "https://chat.example/widget/frame/" };
});
afterEach(() => mock.timers.reset());

/** As much of an element as a live region needs. */
const blank = () => ({ setAttribute() {}, append() {}, remove() {}, style: {}, ownerDocument: { createElement: blank } });

/** A visitor whose panel is open, online, and has the code of a chat. */
async function visitorOf(site, welcome = {}) {
  const { visitor, link, taken } = await newcomer(site, welcome, { part: signal(code), fetch: async () => code });
  return { visitor, link, taken };
}

/** A visitor whose panel is open, online. */
async function newcomer(site, welcome, talking) {
  const links = [];
  const visitor = visitorWith(memoryStore(), links, talking);
  const taken = [];
  visitor.box.current = { text: () => "", set: (text) => taken.push(text), focus() {} };
  visitor.begin();
  await settled();
  links[0].accept();
  await settled();
  await links[0].ok("hello", { token: "t", heartbeat: 60, conversation: null, last: null, site, ...welcome });
  return { visitor, link: links[0], taken };
}

/** Their sockets are put into `links`. */
function visitorWith(store, links, talking) {
  globalThis.WebSocket = class extends FakeWebSocket {
    constructor(...given) {
      super(...given);
      links.push(this);
    }
  };
  const host = { opened: signal(true), warmed: signal(false), asks: signal(null), page: "", kept: "", handle: "", goingOn() {}, say() {} };
  const boot = { site: { key: "k", name: "Shop", locale: "en" }, host: null, socket: "/ws/visitor" };
  return new VisitorChat({ boot, host, store, talking });
}

const bodies = ({ outbox }) => outbox.pending.value.map(({ body }) => body);

test("a message with an address starts a chat with both, and the address is remembered as left", async () => {
  const { visitor, link } = await visitorOf(PAUSED);
  assert.equal(visitor.leavesWord.value, true);
  visitor.send("Hello", { form: { email: "vera@mail.example" } });
  await settled();
  const { client_id, ...asked } = link.asked("start_conversation").with;
  assert.deepEqual(asked, { body: "Hello", form: { email: "vera@mail.example" } });
  await link.ok("start_conversation", { conversation: "c1", position: 1, snapshot });
  assert.deepEqual([visitor.wishes.of("c1").email, visitor.leavesWord.value], [true, false]);
  visitor.socket.stop();
});

test("a message without one is sent as ever", async () => {
  const { visitor, link } = await visitorOf({ available: false, why: "away" });
  visitor.send("Hello", {});
  await settled();
  assert.deepEqual(Object.keys(link.asked("start_conversation").with).sort(), ["body", "client_id"]);
  visitor.socket.stop();
});

test("what is not taken is given back in the order typed, and the form is asked for", async () => {
  const { visitor, link, taken } = await visitorOf(OPEN);
  assert.equal(visitor.leavesWord.value, false);
  visitor.send("one");
  visitor.send("two");
  for (const _ of [1, 2]) {
    await settled();
    await link.no("start_conversation", REFUSED);
  }
  assert.deepEqual([taken, bodies(visitor), visitor.leavesWord.value], [["one", "two"], [], true]);
  const { why, until } = visitor.availability.value;
  assert.deepEqual([why, until], ["paused", Date.now() + 3600_000]);
  visitor.socket.stop();
});

test("what the server has said of the reason is not overwritten by a refusal", async () => {
  const { visitor, link } = await visitorOf(OPEN);
  visitor.send("one");
  link.say({ event: "availability_changed", ...PAUSED, text: "We are moving house." });
  await settled();
  await link.no("start_conversation", REFUSED);
  assert.equal(visitor.availability.value.text, "We are moving house.");
  visitor.socket.stop();
});

test("who waits already leaves no word: their chat goes on", async () => {
  const { visitor, link } = await visitorOf(PAUSED, { conversation: snapshot });
  assert.equal(visitor.leavesWord.value, false);
  visitor.send("And this");
  await settled();
  assert.equal(link.asked("post_message").with.body, "And this");
  visitor.socket.stop();
});

test("an older server is never sent a form", async () => {
  const { visitor } = await visitorOf({ available: false });
  assert.equal(visitor.leavesWord.value, false);
  visitor.socket.stop();
});

test("what is written before the code that sends is here is kept, and sent with it", async () => {
  const part = signal(null);
  let fetched = 0;
  const { visitor, link } = await newcomer(OPEN, {}, { part, fetch: async () => void (fetched += 1) });
  assert.equal(fetched, 0);
  visitor.send("one");
  visitor.send("two");
  await settled();
  assert.deepEqual([fetched > 0, visitor.unsent.pending.value.map(({ body }) => body)], [true, ["one", "two"]]);
  part.value = code;
  await settled();
  assert.equal(link.asked("start_conversation").with.body, "one");
  visitor.send("three");
  assert.deepEqual(bodies(visitor), ["one", "two", "three"]);
  visitor.socket.stop();
});

test("whom we know we greet no sooner than their chat can be shown", async () => {
  const store = memoryStore();
  store.set("support-chat:token:k", "t");
  const part = signal(null);
  let arrive = () => {};
  const coming = new Promise((done) => (arrive = () => done((part.value = code))));
  const links = [];
  const visitor = visitorWith(store, links, { part, fetch: () => coming });
  visitor.begin();
  await settled();
  links[0].accept();
  await settled();
  assert.equal(links[0].asked("hello"), undefined);
  arrive();
  await settled();
  assert.equal(links[0].asked("hello").with.token, "t");
  await links[0].ok("hello", { heartbeat: 60, conversation: snapshot, last: null, site: OPEN });
  assert.equal(visitor.current.value.id, "c1");
  visitor.socket.stop();
});

test("what is written waits for no other sign to be sent: the code that sends is asked for until it is here", async () => {
  const part = signal(null);
  let tries = 0;
  const { visitor, link } = await newcomer(OPEN, {}, {
    part,
    fetch: async () => {
      tries += 1;
      if (tries < 3) throw new Error("no network");
      part.value = code;
    },
  });
  visitor.send("one");
  for (const _ of [1, 2]) {
    await settled();
    mock.timers.tick(3000);
  }
  await settled();
  assert.equal(tries, 3);
  assert.equal(link.asked("start_conversation").with.body, "one");
  visitor.socket.stop();
});

test("what waits to be sent is compared with the log of the chat that is talked in alone", async () => {
  const { visitor, link } = await visitorOf(OPEN);
  const watched = [];
  const { watch } = visitor.outbox;
  visitor.outbox.watch = (log) => {
    const stop = watch.call(visitor.outbox, log);
    watched.push(log.conversation);
    return () => (watched.splice(watched.indexOf(log.conversation), 1), stop());
  };
  for (const id of ["c1", "c2"]) {
    visitor.send("Hello", { queue: id });
    await settled();
    await link.ok("start_conversation", { conversation: id, position: 1, snapshot: { ...snapshot, id } });
    assert.deepEqual(watched, [id]);
  }
  visitor.socket.stop();
});
