import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { signal } from "../../support_chat/static/support_chat/vendor/preact.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { entry } from "./fakes/entries.js";
import { fakeLocks } from "./fakes/locks.js";
import { online, pass, sentBodies, shown, withFakeTime } from "./fakes/outboxes.js";

register("./fakes/static_roots.js", import.meta.url);
const { UndoSend } = await import("../../agents/static/agents/undo_send.js");
const { asideIn, crossedBy, sendAside, takeAside, tryAgain } = await import("../../agents/static/agents/aside.js");

withFakeTime();

const [ben, vera] = [{ role: "agent", id: "a2" }, { role: "visitor", id: "v1" }];
const crossed = { code: "crossed", message: "", retry: false, position: 2 };

/** A desk where two replies were refused, one after the other, because Ben had written. */
async function desk() {
  const all = await online({ storage: memoryStore(), locks: fakeLocks() });
  await pass(0);
  const undo = new UndoSend(all.outbox, () => 0);
  const log = { position: 1, entries: signal([entry(1, { author: vera })]) };
  const chat = { id: "c1", log };
  const here = {
    outbox: all.outbox,
    socket: { welcome: { features: ["seen"] } },
    reply: (id, body, files, seen) => undo.post(id, body, { files, seen }),
  };
  for (const body of ["one", "two"]) here.reply("c1", body, [], 1);
  for (let n = 0; n < 2; n += 1) {
    await pass(0);
    await all.link().no("post_message", crossed);
  }
  await pass(0);
  const close = () => (undo.stop(), all.outbox.close());
  return { ...all, here, chat, log, close, seen: () => all.link().sent.filter(({ do: name }) => name === "post_message").map((frame) => frame.with.seen) };
}

test("what was refused because a colleague wrote is set aside with what was written after it, in its words and in order", async () => {
  const { here, outbox, link, close } = await desk();
  assert.deepEqual([sentBodies(link()), shown(outbox)], [["one", "two"], ["one failed", "two failed"]]);
  assert.deepEqual(asideIn(here, "c1").map(({ body }) => body), ["one", "two"]);
  assert.deepEqual(asideIn(here, "c2"), []);
  close();
});

test("the newest of what it crossed is told once it is there, never what the visitor wrote", async () => {
  const { here, chat, log, close } = await desk();
  const told = () => crossedBy(asideIn(here, "c1"), chat, "a1")?.position;
  assert.equal(told(), undefined);
  log.entries.value = [...log.entries.value, entry(2, { author: vera }), entry(3, { author: ben }), entry(4, { author: vera })];
  assert.equal(told(), 3);
  close();
});

test("sent all the same they go in order, and say that what was crossed is seen by now", async () => {
  const { here, chat, log, outbox, link, seen, close } = await desk();
  log.position = 4;
  sendAside(here, chat);
  await pass(0);
  await link().ok("post_message", { position: 5 });
  await pass(0);
  assert.deepEqual([sentBodies(link()).slice(2), seen().slice(2)], [["one", "two"], [4, 4]]);
  assert.deepEqual(asideIn(here, "c1"), []);
  assert.deepEqual(outbox.pending.peek().map(({ body }) => body), ["one", "two"]);
  close();
});

test("who tries one of them again sends all of them in order; another that failed goes alone", async () => {
  const { here, chat, log, outbox, link, seen, close } = await desk();
  log.position = 4;
  tryAgain(here, chat, asideIn(here, "c1")[1].client_id);
  await pass(0);
  assert.deepEqual([sentBodies(link())[2], seen()[2], asideIn(here, "c1").length], ["one", 4, 0]);
  const other = here.reply("c2", "three", [], 1);
  await pass(0);
  await link().no("post_message", { code: "closed", message: "", retry: false });
  tryAgain(here, { ...chat, id: "c2" }, other);
  assert.equal(outbox.pending.peek().find(({ client_id }) => client_id === other).state, "sending");
  close();
});

test("taken back they stand in the box again, one below the other, and are never sent", async () => {
  const { here, chat, outbox, link, close } = await desk();
  const focus = signal(null);
  takeAside(here, chat, focus);
  await pass(20);
  assert.deepEqual(focus.value, { mode: "reply", text: "one\ntwo" });
  assert.deepEqual([shown(outbox), sentBodies(link()).length], [[], 2]);
  close();
});
