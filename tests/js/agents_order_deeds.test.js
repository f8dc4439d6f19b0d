import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { order, tagOf, tagsOf } = await import("../../agents/static/agents/order_deeds.js");

/** A desk with one open chat; `act` is what the server does. */
function deskOf(act) {
  const about = signal({ tags: ["order"] });
  const handlers = {};
  return {
    handlers,
    chats: new Map([["c", { about }]]),
    inbox: { rows: signal(new Map([["c", { conversation: "c", heard: 0, idle: null }]])), find: () => null },
    deeds: { act: (_, __, work) => act(work), command: async () => ({}) },
    notices: { say() {} },
    socket: { on: (name, fn) => (handlers[name] = fn), request: async () => ({ tags: [{ site: "s", name: "late" }, { site: "t", name: "late" }] }) },
  };
}

const done = async (work) => (await work(), true);
const refused = async () => false;

test("a tag is written as the server keeps it", () => {
  assert.deepEqual(["Late delivery", "  VIP! ", "Rückgabe/Umtausch", "?!"].map(tagOf), ["late-delivery", "vip", "rückgabe-umtausch", ""]);
});

test("a tag shows at once, and stays when the server took it", async () => {
  const desk = deskOf(done);
  const going = order(desk).tag("c", ["late"], []);
  assert.deepEqual(tagsOf(desk, "c"), ["order", "late"]);
  await going;
  assert.deepEqual(tagsOf(desk, "c"), ["order", "late"]);
});

test("a tag that the server refused is gone again, and one that was taken off is back", async () => {
  const desk = deskOf(refused);
  await order(desk).tag("c", ["late"], ["order"]);
  assert.deepEqual(tagsOf(desk, "c"), ["order"]);
});

test("what a colleague tags shows in the open chat", () => {
  const desk = deskOf(done);
  order(desk);
  desk.handlers.entry_added({ conversation: "c", entry: { kind: "tagged", body: { added: ["vip"], removed: ["order"] } } });
  assert.deepEqual(tagsOf(desk, "c"), ["vip"]);
});

test("a chat is out of sight at once when it is put aside, and back when the server refuses", async () => {
  const desk = deskOf(refused);
  const row = () => desk.inbox.rows.value.get("c");
  const going = order(desk).snooze("c", "in 2 hours", 7_200_000);
  assert.equal(row().snoozed, 7200);
  await going;
  assert.equal(row().snoozed, undefined);
});

test("a tag of two sites is suggested once", async () => {
  assert.deepEqual(await order(deskOf(done)).knownTags(), ["late"]);
});

test("what the server refuses late takes back nothing that it has told meanwhile", async () => {
  const desk = deskOf(async () => false);
  const rows = () => desk.inbox.rows.value;
  const put = (row) => (desk.inbox.rows.value = new Map(rows()).set("c", row));
  let going = order(desk).snooze("c", "in 2 hours", 7_200_000);
  put({ ...rows().get("c"), seen: 3 });
  await going;
  assert.deepEqual([rows().get("c").seen, rows().get("c").snoozed], [3, undefined]);
  going = order(desk).snooze("c", "in 2 hours", 7_200_000);
  put({ conversation: "c", heard: 5, snoozed: 60, idle: 0 });
  await going;
  assert.deepEqual(rows().get("c"), { conversation: "c", heard: 5, snoozed: 60, idle: 0 });
});
