import assert from "node:assert/strict";
import test, { afterEach, beforeEach, mock } from "node:test";

import { LostError, RefusedError } from "../../support_chat/static/support_chat/live_socket.js";
import { liveSocket, onlineSocket } from "./fakes/online.js";
import { settled } from "./fakes/web_socket.js";

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  mock.method(Math, "random", () => 1);
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

async function pass(seconds) {
  mock.timers.tick(seconds * 1000);
  await settled();
}

test("hello goes first, over the protocol's own subprotocol", async () => {
  const { socket, link } = liveSocket({ features: ["files"] });
  socket.start();
  assert.equal(socket.status.value, "connecting");
  link().accept();
  await settled();
  assert.equal(link().protocol, "support-chat.v1");
  assert.deepEqual(link().sent, [{ id: 1, do: "hello", with: { site: "s", features: ["files"] } }]);
});

test("what hello answered is told before the status says online, and before any later frame", async () => {
  const { socket, link } = liveSocket();
  const seen = [];
  socket.onWelcome((welcome) => seen.push(["welcome", welcome.visitor, socket.status.peek()]));
  socket.on("entry_added", (event) => seen.push(["entry", event.conversation]));
  socket.start();
  link().accept();
  await settled();
  await link().ok("hello", { visitor: 7 });
  link().say({ event: "entry_added", conversation: "c" });
  assert.deepEqual(seen, [["welcome", 7, "connecting"], ["entry", "c"]]);
  assert.equal(socket.status.value, "online");
});

test("replies find their command by id, in whatever order they come", async () => {
  const { socket, link } = await onlineSocket();
  const first = socket.request("page", { before: 5 });
  const second = socket.request("page", { before: 9 });
  const [a, b] = link().sent.slice(-2);
  link().say({ re: b.id, ok: { n: 2 } });
  link().say({ re: a.id, ok: { n: 1 } });
  assert.deepEqual([(await first).n, (await second).n], [1, 2]);
});

test("a refusal carries its code, whether to try again, and the field", async () => {
  const { socket, link } = await onlineSocket();
  const asked = socket.request("page", {});
  const error = { code: "bad_field", message: "Not like this.", field: "before", retry: false };
  await Promise.all([
    link().no("page", error),
    assert.rejects(asked, (refused) => {
      assert.ok(refused instanceof RefusedError);
      assert.deepEqual([refused.code, refused.retry, refused.after, refused.field], ["bad_field", false, null, "before"]);
      return true;
    }),
  ]);
});

test("with patience, what may succeed later is asked again by itself", async () => {
  const { socket, link } = await onlineSocket();
  const asked = socket.request("page", {}, { patience: 10 });
  await link().no("page", { code: "busy", retry: true, after: 2 });
  await pass(2);
  await link().ok("page", { entries: [] });
  assert.deepEqual(await asked, { entries: [] });
});

test("with patience, what was lost is asked again, the very same, as soon as there is a link", async () => {
  const { socket, link, links, up } = await onlineSocket();
  const asked = socket.request("accept_conversation", { client_id: "u1" }, { patience: 4 });
  link().die();
  await pass(0.5);
  await up();
  await pass(0.001);
  assert.deepEqual(links[1].asked("accept_conversation").with, { client_id: "u1" });
  await link().ok("accept_conversation", { position: 3 });
  assert.deepEqual(await asked, { position: 3 });
});

test("patience ends, with a link or without", async () => {
  const { socket, link } = await onlineSocket();
  const never = assert.rejects(socket.request("page", {}, { patience: 4 }), { name: "LostError" });
  link().die();
  socket.stop();
  for (const seconds of [0, 0.001, 4]) await pass(seconds);
  await never;
});

test("without a link nothing is sent, and the caller knows it", async () => {
  const { socket } = liveSocket();
  await assert.rejects(socket.request("beat"), (error) => error instanceof LostError && error.reason === "not_online");
});

test("a command without an answer is lost after its time, and with its link at once", async () => {
  const { socket, link } = await onlineSocket();
  const late = assert.rejects(socket.request("page", {}, { timeout: 3 }), { reason: "timeout" });
  await pass(3);
  const cut = assert.rejects(socket.request("page"), { reason: "closed", closeCode: 1011 });
  link().die(1011);
  await Promise.all([late, cut]);
});

test("unknown events, late replies and broken frames harm nothing, nor does a handler that throws", async (t) => {
  t.mock.method(console, "error", () => {});
  const { socket, link } = await onlineSocket();
  let heard = 0;
  socket.on("typing", () => {
    throw new Error("a bug");
  });
  socket.on("typing", () => (heard += 1));
  for (const frame of ["{", "null", "7", { event: "future", x: 1 }, { re: 99, ok: {} }, { what: 1 }]) link().say(frame);
  link().say({ event: "typing", unheard_of: true });
  await settled();
  assert.equal(heard, 1);
  assert.equal(socket.status.value, "online");
});

test("a lost link comes back, each time after twice as long, at most half a minute", async () => {
  const { socket, links, link } = liveSocket();
  socket.start();
  const waits = [];
  for (let n = 0; n < 9; n += 1) {
    if (socket.status.value === "connecting") link().die();
    waits.push(socket.retryIn.value);
    assert.equal(socket.status.value, "offline");
    await pass(socket.retryIn.value);
  }
  assert.deepEqual(waits, [0.5, 1, 2, 4, 8, 16, 30, 30, 30]);
  assert.equal(links.length, 6);
});

test("the wait is drawn between nothing and its bound", async () => {
  Math.random.mock.mockImplementation(() => 0.25);
  const { socket, link } = liveSocket();
  socket.start();
  link().die();
  assert.equal(socket.retryIn.value, 0.125);
});

for (const code of [4400, 4401, 4403, 4413]) {
  test(`after ${code} it does not come back until it is started anew`, async () => {
    const { socket, link, links, life } = await onlineSocket();
    link().die(code);
    assert.deepEqual([socket.status.value, socket.ended.value, life.hears], ["ended", code, null]);
    await pass(3600);
    assert.equal(links.length, 1);
    socket.start();
    assert.deepEqual([socket.status.value, socket.ended.value, links.length], ["connecting", null, 2]);
  });
}

for (const code of [1000, 1001, 1006, 1011, 1012, 1013, 4012, 4013, 4408, 4999]) {
  test(`after ${code} it comes back`, async () => {
    const { socket, link, links } = await onlineSocket();
    link().die(code);
    await pass(0.5);
    assert.deepEqual([socket.status.value, links.length], ["connecting", 2]);
  });
}

test("one socket too many comes back when its tab is shown, and not before", async () => {
  const { link, links, life } = await onlineSocket();
  link().die(4409);
  await pass(3600);
  life.hears.wake("online");
  assert.equal(links.length, 1);
  life.hears.wake("shown");
  assert.equal(links.length, 2);
});

test("told that it floods it comes back within the second half minute, whatever wakes it", async () => {
  Math.random.mock.mockImplementation(() => 0.5);
  const { socket, link, links, life } = await onlineSocket();
  link().die(4429);
  life.hears.wake("shown");
  life.hears.wake("online");
  assert.deepEqual([socket.retryIn.value, links.length], [45, 1]);
  await pass(45);
  assert.equal(links.length, 2);
});

for (const why of ["shown", "online"]) {
  test(`it comes back at once when the page is ${why}`, async () => {
    const { link, links, life } = await onlineSocket();
    link().die();
    life.hears.wake(why);
    assert.equal(links.length, 2);
  });
}

test("a page that is left lets go of its link, and has it again when it is shown", async () => {
  const { socket, link, links, life } = await onlineSocket();
  life.hears.leave();
  assert.deepEqual([socket.status.value, link().closedByUs], ["offline", true]);
  life.hears.wake("shown");
  assert.deepEqual([socket.status.value, links.length], ["connecting", 2]);
});

test("an opening that takes too long is given up", async () => {
  const { socket, link, links } = liveSocket();
  socket.start();
  await pass(10);
  assert.deepEqual([links[0].closedByUs, socket.status.value], [true, "offline"]);
  links[0].accept();
  assert.equal(link().sent.length, 0);
});

test("an address that the page's policy forbids is tried again and breaks nothing", async () => {
  const { socket } = liveSocket({ connect: () => { throw new DOMException("no", "SecurityError"); } });
  socket.start();
  assert.deepEqual([socket.status.value, socket.retryIn.value], ["offline", 0.5]);
  socket.stop();
});

test("beats go at the server's pace, and from a hidden page once a minute", async () => {
  const { link, life } = await onlineSocket();
  const beats = () => link().sent.filter((frame) => frame.do === "beat").length;
  await pass(20);
  await link().ok("beat", { heads: {} });
  life.isHidden = true;
  await pass(40);
  assert.equal(beats(), 1);
  await pass(20);
  assert.equal(beats(), 2);
});

test("a beat without an answer for ten seconds means a dead link", async () => {
  const { socket, link, links } = await onlineSocket();
  await pass(20);
  await pass(9.9);
  assert.equal(socket.status.value, "online");
  await pass(0.2);
  assert.deepEqual([links[0].closedByUs, socket.status.value], [true, "offline"]);
  links[0].die();
  await pass(0.5);
  assert.equal(link(), links[1]);
});

test("a link that brings other frames meanwhile is alive", async () => {
  const { socket, link } = await onlineSocket();
  await pass(20);
  await pass(5);
  link().say({ event: "typing" });
  await pass(6);
  assert.equal(socket.status.value, "online");
});

test("waking up asks at once whether the link is still there", async () => {
  const { socket, link, life } = await onlineSocket();
  life.hears.wake("shown");
  assert.ok(link().asked("beat"));
  await pass(3.1);
  assert.equal(socket.status.value, "offline");
});

test("a beat that shows a tracked topic ahead of us is told, once a beat", async () => {
  const { socket, link } = await onlineSocket();
  const behind = [];
  socket.on("behind", ({ topic, version }) => behind.push([topic, version]));
  const stop = socket.track("conversation:a", () => 5);
  socket.track("conversation:b", () => 9);
  await pass(20);
  await link().ok("beat", { heads: { "conversation:a": 6, "conversation:b": 9, "queue:q": 4 } });
  assert.deepEqual(behind, [["conversation:a", 6]]);
  stop();
  await pass(20);
  await link().ok("beat", { heads: { "conversation:a": 7 } });
  assert.equal(behind.length, 1);
});

test("a hello that may succeed later is said again after the time the server names", async () => {
  const { socket, link, links } = liveSocket();
  socket.start();
  link().accept();
  await settled();
  await link().no("hello", { code: "overloaded", retry: true, after: 7 });
  assert.deepEqual([socket.status.value, socket.retryIn.value], ["offline", 7]);
  await pass(7);
  assert.equal(links.length, 2);
});

test("a refused hello can be put right and said again on the same link", async () => {
  let token = "old";
  const { socket, link, links } = liveSocket({
    hello: () => ({ token }),
    onHelloRefused: (error) => {
      token = null;
      return error.code === "unknown_token";
    },
  });
  socket.start();
  link().accept();
  await settled();
  await link().no("hello", { code: "unknown_token" });
  assert.deepEqual(link().asked("hello").with, { token: null });
  await link().ok("hello", {});
  assert.deepEqual([socket.status.value, links.length], ["online", 1]);
});

test("a hello refused for good ends it, with the refusal to show", async () => {
  const { socket, link } = liveSocket();
  socket.start();
  link().accept();
  await settled();
  await link().no("hello", { code: "unknown_site" });
  assert.deepEqual([socket.status.value, socket.refusal.value.code, socket.ended.value], ["ended", "unknown_site", null]);
});

test("stopped means stopped", async () => {
  const { socket, links, life } = await onlineSocket();
  socket.stop();
  await pass(3600);
  assert.deepEqual([socket.status.value, links.length, life.hears], ["offline", 1, null]);
});
