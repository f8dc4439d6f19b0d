import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { sharedStorage } from "./fakes/stores.js";

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { EVERY, Ringing } = await import("../../agents/static/agents/ringing.js");
const { Attention } = await import("../../agents/static/agents/attention.js");

const row = (conversation) => ({ conversation });

function begun(t, waiting = [row("a"), row("b")], store = sharedStorage().tab()) {
  t.mock.timers.enable({ apis: ["setInterval", "setTimeout"] });
  const told = { times: 0, may: true };
  const inbox = { waiting: signal(waiting) };
  const ringing = new Ringing(/** @type {any} */ ({ inbox, user: "ana" }), /** @type {any} */ ({ mayTell: () => told.may }), () => (told.times += 1), store);
  t.after(ringing.watch());
  return { told, inbox, ringing };
}

test("a chat rings at once and again and again, until it is taken", (t) => {
  const { told, inbox, ringing } = begun(t);
  assert.equal(told.times, 0);
  ringing.hear(["a"]);
  assert.equal(told.times, 1);
  t.mock.timers.tick(2 * EVERY);
  assert.equal(told.times, 3);
  inbox.waiting.value = [row("b")];
  t.mock.timers.tick(5 * EVERY);
  assert.equal(told.times, 3);
});

test("what was silenced stays so, and another chat rings", (t) => {
  const { told, ringing } = begun(t);
  ringing.hear(["a"]);
  ringing.silence();
  t.mock.timers.tick(5 * EVERY);
  assert.equal(told.times, 1);
  ringing.hear(["a", "b"]);
  assert.equal(told.times, 2);
  assert.deepEqual(ringing.rows.value, [row("b")]);
});

test("nothing rings after the agent's work has ended, or when the server says so", (t) => {
  const { told, ringing } = begun(t);
  ringing.hear(["a"], EVERY / 1000 / 2);
  t.mock.timers.tick(5 * EVERY);
  assert.equal(told.times, 1);
  ringing.hear(["a"]);
  ringing.hear([]);
  t.mock.timers.tick(5 * EVERY);
  assert.equal(told.times, 2);
});

test("in quiet hours it is shown and does not sound", (t) => {
  const { told, ringing } = begun(t);
  told.may = false;
  ringing.hear(["a"]);
  t.mock.timers.tick(EVERY);
  assert.equal(told.times, 0);
  assert.equal(ringing.rows.value.length, 1);
  told.may = true;
  t.mock.timers.tick(EVERY);
  assert.equal(told.times, 1);
});

test("what may be told follows scope, quiet hours and work; one's own chats sound at any time of it", () => {
  const attention = new Attention("/attention/", () => "", () => null);
  const at = Date.parse("2026-11-30T23:00Z");
  assert.equal(attention.mayTell("queue", at), true, "before it is known");
  const standing = { scope: "queue", quiet: [], time_zone: "UTC", words: false, hours: [], works: true, changes_in: null, ringing: [], push_key: "" };
  attention.take(/** @type {any} */ (standing));
  assert.equal(attention.mayTell("all", at), false);
  attention.take(/** @type {any} */ ({ ...standing, works: false }));
  assert.deepEqual([attention.mayTell("queue", at), attention.mayTell("mine", at)], [false, true]);
  attention.take(/** @type {any} */ ({ ...standing, quiet: [["22:00", "07:00"]] }));
  assert.equal(attention.mayTell("mine", at), false);
});

test("on a break, and offline by one's own word, only one's own chats sound; a status that the system set silences nothing", () => {
  const me = { status: "online", cause: "chosen" };
  const attention = new Attention("/attention/", () => "", () => /** @type {any} */ (me));
  const standing = { scope: "all", quiet: [], time_zone: "UTC", words: false, hours: [], works: true, changes_in: null, ringing: [], push_key: "" };
  attention.take(/** @type {any} */ (standing));
  const may = (status, cause) => {
    Object.assign(me, { status, cause });
    return ["mine", "queue", "all"].filter((scope) => attention.mayTell(/** @type {any} */ (scope)));
  };
  for (const status of ["away", "offline"]) assert.deepEqual(may(status, "chosen"), ["mine"], status);
  assert.deepEqual(may("offline", "finished"), ["mine"]);
  for (const cause of ["connection lost", "no sign for a while"]) assert.deepEqual(may("away", cause), ["mine", "queue", "all"], cause);
  for (const status of ["online", "finishing"]) assert.deepEqual(may(status, "chosen"), ["mine", "queue", "all"], status);
});

test("other news of the lists neither ring nor put off the next ring", (t) => {
  const { told, inbox, ringing } = begun(t);
  ringing.hear(["a"]);
  for (let n = 0; n < 12; n += 1) {
    t.mock.timers.tick(EVERY / 4);
    inbox.waiting.value = [row("a"), row("b"), row(`more ${n}`)];
  }
  assert.equal(told.times, 4);
});

test("one of several is silenced alone", (t) => {
  const { ringing } = begun(t);
  ringing.hear(["a", "b"]);
  ringing.silence(["a"]);
  assert.deepEqual(ringing.rows.value, [row("b")]);
});

test("what was silenced rings again by the next step of its queue, and not by the same one", (t) => {
  const { told, ringing } = begun(t);
  ringing.hear(["a"], undefined, { a: 0 });
  ringing.silence();
  ringing.hear([]);
  ringing.hear(["a"], undefined, { a: 0 });
  assert.equal(told.times, 1);
  ringing.hear(["a"], undefined, { a: 2 });
  assert.equal(told.times, 2);
});

test("what one tab silences is silent in the others of this browser, and after a reload", async (t) => {
  const browser = sharedStorage();
  const one = new Ringing(/** @type {any} */ ({ inbox: { waiting: signal([row("a"), row("b")]) }, user: "ana" }), /** @type {any} */ ({}), () => {}, browser.tab());
  const { told, ringing: other } = begun(t, undefined, browser.tab());
  for (const each of [one, other]) each.hear(["a", "b"], undefined, { a: 1, b: 0 });
  one.silence(["a"]);
  await null;
  assert.deepEqual(other.rows.value, [row("b")]);
  other.silence();
  t.mock.timers.tick(5 * EVERY);
  assert.equal(told.times, 1);
  const user = (name) => new Ringing(/** @type {any} */ ({ inbox: { waiting: signal([row("a"), row("b")]) }, user: name }), /** @type {any} */ ({}), () => {}, browser.tab());
  for (const [name, rings] of /** @type {const} */ ([["ana", []], ["ben", ["a"]]])) {
    const reloaded = user(name);
    reloaded.hear(["a"], undefined, { a: 1 });
    assert.deepEqual(reloaded.rows.value, rings.map(row), name);
  }
});

test("of what was silenced the latest 200 are remembered, and what a browser spoiled is forgotten", (t) => {
  const browser = sharedStorage();
  const { ringing } = begun(t, undefined, browser.tab());
  for (let n = 0; n < 250; n += 1) ringing.silence([`${n}`]);
  assert.deepEqual([ringing.kept().size, ringing.kept().has("249"), ringing.kept().has("49")], [200, true, false]);
  browser.values.set(ringing.key, "{spoiled");
  assert.equal(ringing.kept().size, 0);
});

test("a wish that is refused takes back itself alone", async (t) => {
  const answers = [];
  t.mock.method(globalThis, "fetch", () => new Promise((done) => answers.push(done)));
  const attention = new Attention("/attention/", () => "", () => null);
  const standing = { scope: "queue", quiet: [], time_zone: "UTC", words: false, hours: [], works: true, changes_in: null, ringing: [], push_key: "" };
  attention.take(/** @type {any} */ (standing));
  const refused = attention.change({ words: true });
  attention.take(/** @type {any} */ ({ ...attention.standing.value, scope: "mine" }));
  answers[0]({ ok: false });
  await refused;
  assert.deepEqual([attention.standing.value?.words, attention.standing.value?.scope], [false, "mine"]);
});
