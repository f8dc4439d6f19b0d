import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { fakeLocks } from "./fakes/locks.js";
import { online, pass, sentBodies, shown, withFakeTime } from "./fakes/outboxes.js";
import { sharedStorage } from "./fakes/stores.js";

register("./fakes/static_roots.js", import.meta.url);
const { UndoSend } = await import("../../agents/static/agents/undo_send.js");

withFakeTime();

/** A window of an agent who may take back what they sent for `seconds`. */
async function desk({ seconds = 5, storage = memoryStore(), locks = fakeLocks() } = {}) {
  const wish = { seconds };
  const all = await online({ storage, locks });
  await pass(0);
  const undo = new UndoSend(all.outbox, () => wish.seconds);
  const close = () => (undo.stop(), all.outbox.close());
  return { ...all, undo, wish, close, bodies: () => sentBodies(all.link()) };
}

test("without the wish to take back, a message is sent at once", async () => {
  const { undo, bodies } = await desk({ seconds: 0 });
  undo.post("c1", "hello");
  assert.deepEqual(bodies(), ["hello"]);
});

test("a message is held for so many seconds, and then sent", async () => {
  const { undo, outbox, bodies } = await desk();
  undo.post("c1", "hello");
  await pass(4.9);
  assert.deepEqual([bodies(), shown(outbox), undo.newestIn("c1").due], [[], ["hello held"], 1_005_000]);
  await pass(0.2);
  assert.deepEqual([bodies(), shown(outbox), undo.newestIn("c1")], [["hello"], ["hello sending"], undefined]);
});

test("what is held says, once it goes, up to where the chat was seen when it was written", async () => {
  const { undo, link } = await desk();
  undo.post("c1", "hello", { seen: 4 });
  await pass(5.1);
  assert.equal(link().asked("post_message").with.seen, 4);
});

test("what was taken back is never sent", async () => {
  const { undo, outbox, bodies } = await desk();
  undo.post("c1", "hello");
  outbox.discard(undo.newestIn("c1").client_id);
  await pass(20);
  assert.deepEqual([bodies(), shown(outbox)], [[], []]);
});

test("a note, or a message of somebody who no longer waits, goes after what is held in its chat", async () => {
  const { undo, wish, link, bodies } = await desk();
  undo.post("c1", "one");
  wish.seconds = 0;
  undo.post("c1", "two", { command: "add_note" });
  undo.post("c2", "elsewhere");
  assert.deepEqual([bodies(), sentBodies(link(), "add_note")], [["elsewhere"], []]);
  await pass(5);
  assert.deepEqual([bodies(), sentBodies(link(), "add_note")], [["elsewhere", "one"], []]);
  await link().ok("post_message", { position: 1 });
  assert.deepEqual([bodies(), sentBodies(link(), "add_note")], [["elsewhere", "one"], ["two"]]);
});

test("what is held of a chat can be sent at once, and what is held of another stays", async () => {
  const { undo, bodies } = await desk();
  undo.post("c1", "one");
  undo.post("c2", "two");
  undo.release("c1");
  assert.deepEqual(bodies(), ["one"]);
  undo.release();
  assert.deepEqual(bodies(), ["one", "two"]);
});

test("after a reload it is still held, as long as before", async () => {
  const { tab } = sharedStorage();
  const before = await desk({ storage: tab() });
  before.undo.post("c1", "hello");
  await pass(3);
  before.close();
  const { undo, bodies, outbox } = await desk({ storage: tab() });
  assert.deepEqual([bodies(), shown(outbox), undo.newestIn("c1").due], [[], ["hello held"], 1_005_000]);
  await pass(4);
  assert.deepEqual(bodies(), ["hello"]);
});

test("what a closed window held goes out when the agent comes back", async () => {
  const { tab } = sharedStorage();
  const before = await desk({ storage: tab() });
  before.undo.post("c1", "hello");
  before.close();
  await pass(3600);
  assert.deepEqual(before.bodies(), []);
  const { bodies } = await desk({ storage: tab() });
  await pass(3);
  assert.deepEqual(bodies(), ["hello"]);
});

test("of two windows the one that holds it sends it", async () => {
  const { tab } = sharedStorage();
  const locks = fakeLocks();
  const one = await desk({ storage: tab(), locks });
  const two = await desk({ storage: tab(), locks });
  two.undo.post("c1", "hello");
  await pass(5.5);
  assert.deepEqual([one.bodies(), two.bodies()], [[], ["hello"]]);
});

test("what was written after what a closed window held stays behind it", async () => {
  const { tab } = sharedStorage();
  const before = await desk({ storage: tab(), seconds: 10 });
  before.undo.post("c1", "one");
  before.close();
  const { undo, link, bodies } = await desk({ storage: tab(), seconds: 1 });
  undo.post("c1", "two");
  await pass(11);
  assert.deepEqual(bodies(), []);
  await pass(2);
  assert.deepEqual(bodies(), ["one"]);
  await link().ok("post_message", { position: 1 });
  assert.deepEqual(bodies(), ["one", "two"]);
});
