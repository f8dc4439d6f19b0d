import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { LOOKS, followSilence, keepLooking } = await import("../../agents/static/agents/still_silent.js");

const silent = (conversation, agent = "ben") => ({ conversation, agent: { id: agent, name: "Ben" }, waited: 300, heard: 0 });
const row = (conversation, fields) => ({ conversation, state: "active", agent: { id: "ben" }, waited: 310, ...fields });

/** A desk with two alarms; `rows` is what the server lists. */
function deskOf(rows = []) {
  const [handlers, asked] = [{}, []];
  const socket = {
    on: (name, fn) => (handlers[name] = fn),
    onWelcome: (fn) => (handlers.welcome = fn),
    request: async (_, { which }) => (asked.push(which.conversations), { rows }),
  };
  return { handlers, asked, socket, unanswered: signal([silent("c"), silent("d")]) };
}

const alarms = (desk) => desk.unanswered.value.map(({ conversation }) => conversation);
const settled = () => new Promise((done) => setImmediate(done));

for (const [what, fields] of [
  ["was answered", { waited: null }],
  ["is closed", { state: "closed" }],
  ["is somebody else's", { agent: { id: "cleo" } }],
  ["waits in the queue again", { state: "queued", agent: null }],
]) {
  test(`the alarm of a chat that ${what} ends when its row comes`, () => {
    const desk = deskOf();
    followSilence(desk);
    desk.handlers.inbox_changed({ rows: [row("c", fields), row("d", {})] });
    assert.deepEqual(alarms(desk), ["d"]);
  });

  test(`the alarm of a chat that ${what} ends while the board stands open, without any news`, async (t) => {
    t.mock.timers.enable({ apis: ["setInterval"] });
    const rows = [row("c", {}), row("d", {})];
    const desk = deskOf(rows);
    const stop = keepLooking(desk);
    await settled();
    assert.deepEqual(alarms(desk), ["c", "d"]);
    rows[0] = row("c", fields);
    t.mock.timers.tick(LOOKS);
    await settled();
    assert.deepEqual([alarms(desk), desk.asked], [["d"], [["c", "d"], ["c", "d"]]]);
    stop();
    t.mock.timers.tick(LOOKS);
    assert.equal(desk.asked.length, 2);
  });
}

test("after a reconnect what one may read no more is no alarm, and without any alarm nothing is asked", async () => {
  const desk = deskOf([row("d", {})]);
  followSilence(desk);
  desk.handlers.welcome();
  await settled();
  assert.deepEqual(alarms(desk), ["d"]);
  desk.unanswered.value = [];
  desk.handlers.welcome();
  assert.equal(desk.asked.length, 1);
});

test("an agent who goes on being silent is told of once, and one who is silent again once more", async (t) => {
  globalThis.navigator ??= /** @type {any} */ ({ languages: ["en"] });
  t.mock.timers.enable({ apis: ["Date"] });
  const { Desk } = await import("../../agents/static/agents/desk.js");
  const warned = [];
  const desk = { unanswered: signal([]), warn: (words) => warned.push(words) };
  const hear = (waited) => Desk.prototype.heardUnanswered.call(/** @type {any} */ (desk), { ...silent("c"), waited });
  hear(300);
  t.mock.timers.tick(60_000);
  hear(360);
  assert.equal(warned.length, 1, "the same, told once more after a reconnect");
  t.mock.timers.tick(600_000);
  hear(300);
  assert.equal(warned.length, 2);
});
