import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { pageLife } from "../../support_chat/static/support_chat/page_life.js";
import { onlineSocket } from "./fakes/online.js";
import { throttledTimers } from "./fakes/throttled_timers.js";
import { settled } from "./fakes/web_socket.js";

test("a tab that is hidden for six minutes beats once a minute and keeps its link", async (t) => {
  const clock = throttledTimers(t);
  const { socket, links, link, life } = await onlineSocket();
  life.isHidden = true;
  for (let minute = 1; minute <= 6; minute += 1) {
    clock.minute();
    await settled();
    assert.equal(link().sent.filter((frame) => frame.do === "beat").length, minute);
    await link().ok("beat", { heads: {} });
  }
  assert.deepEqual([socket.status.value, links.length], ["online", 1]);
});

test("a hidden tab whose link died without a word has another within three minutes", async (t) => {
  const clock = throttledTimers(t);
  const { links, life } = await onlineSocket();
  life.isHidden = true;
  for (let minute = 1; minute <= 4; minute += 1) {
    clock.minute();
    await settled();
  }
  assert.equal(links.length, 2);
});

test("a page that slept through the answer asks again before it gives a good link up", async (t) => {
  const clock = throttledTimers(t);
  const { socket, link } = await onlineSocket();
  clock.jump(20_000);
  clock.fire();
  clock.jump(120_000);
  clock.fire();
  await settled();
  assert.equal(link().sent.filter((frame) => frame.do === "beat").length, 2);
  await link().ok("beat", { heads: {} });
  assert.equal(socket.status.value, "online");
});

/** The real page's life, in a window of our own; `sleep` stops its timers and not its clock. */
function page(t) {
  mock.timers.enable({ apis: ["setInterval"] });
  let slept = 0;
  let ticked = 0;
  t.mock.method(Date, "now", () => ticked + slept);
  globalThis.window = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const heard = [];
  const stop = pageLife.listen({ wake: (why) => heard.push(why), leave: () => heard.push("left") });
  t.after(() => {
    stop();
    mock.timers.reset();
    delete globalThis.window;
    delete globalThis.document;
  });
  const look = () => ((ticked += 5_000), mock.timers.tick(5_000));
  return { heard, look, sleep: (ms) => (slept += ms), stop };
}

test("a machine that slept is noticed within five seconds of its waking", (t) => {
  const { heard, look, sleep } = page(t);
  for (let n = 0; n < 20; n += 1) look();
  assert.deepEqual(heard, []);
  sleep(3_600_000);
  look();
  assert.deepEqual(heard, ["thawed"]);
  look();
  assert.deepEqual(heard, ["thawed"]);
});

test("a hidden page is not taken for one that slept, though it is woken once a minute only", (t) => {
  const { heard, look, sleep } = page(t);
  document.visibilityState = "hidden";
  for (let n = 0; n < 6; n += 1) (sleep(55_000), look());
  assert.deepEqual(heard, []);
  sleep(600_000);
  look();
  assert.deepEqual(heard, ["thawed"]);
});

test("the page's own events are told, until nobody listens any more", (t) => {
  const { heard, stop } = page(t);
  const tell = () => {
    document.dispatchEvent(new Event("resume"));
    window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
    for (const name of ["focus", "online", "offline", "pagehide"]) window.dispatchEvent(new Event(name));
    document.dispatchEvent(new Event("visibilitychange"));
  };
  tell();
  assert.deepEqual(heard, ["thawed", "shown", "focused", "online", "offline", "left", "shown"]);
  stop();
  tell();
  assert.equal(heard.length, 7);
});

test("whoever wakes up with a dead link has another after three seconds and a short pause", async (t) => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  t.after(() => mock.timers.reset());
  const { socket, links, life, link } = await onlineSocket();
  life.hears.wake("thawed");
  assert.ok(link().asked("beat"));
  mock.timers.tick(3_000);
  await settled();
  assert.equal(socket.status.value, "offline");
  mock.timers.tick(500);
  assert.equal(links.length, 2);
});

test("a beat that was patient is not waited for by whoever wakes up meanwhile", async (t) => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  t.after(() => mock.timers.reset());
  const { socket, life } = await onlineSocket();
  mock.timers.tick(20_000);
  life.hears.wake("thawed");
  mock.timers.tick(3_000);
  await settled();
  assert.equal(socket.status.value, "offline");
});

test("whoever wakes up without a link tries at once", async () => {
  const { links, link, life, socket } = await onlineSocket();
  link().die();
  life.hears.wake("thawed");
  assert.equal(links.length, 2);
  socket.stop();
});
