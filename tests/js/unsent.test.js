import assert from "node:assert/strict";
import test from "node:test";

import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { Unsent } from "../../support_chat/static/support_chat/unsent.js";
import { fakeLocks } from "./fakes/locks.js";
import { online, sentBodies, shown, withFakeTime } from "./fakes/outboxes.js";
import { sharedStorage } from "./fakes/stores.js";
import { settled } from "./fakes/web_socket.js";

withFakeTime();

const bodies = (unsent) => unsent.pending.value.map(({ body }) => body);

for (const [where, storage] of [["in the browser's storage", sharedStorage().tab()], ["in memory, where that is refused", memoryStore()]])
  test(`what was written before there was an outbox is sent by it, first and in typed order: kept ${where}`, async () => {
    const unsent = new Unsent(storage, "outbox");
    unsent.post("c1", "one");
    unsent.post("c1", "two");
    const { outbox, link } = await online({ storage, locks: fakeLocks() });
    outbox.post("c1", "three");
    assert.deepEqual(outbox.pending.value.map(({ body }) => body), ["one", "two", "three"]);
    for (const position of [1, 2, 3]) await link().ok("post_message", { position });
    assert.deepEqual(sentBodies(link()), ["one", "two", "three"]);
  });

test("it survives a reload, and the storage being emptied", async () => {
  const { tab, empty } = sharedStorage();
  new Unsent(tab(), "outbox").post(null, "one");
  const unsent = new Unsent(tab(), "outbox");
  empty();
  await settled();
  assert.deepEqual([bodies(unsent), bodies(new Unsent(tab(), "outbox"))], [["one"], ["one"]]);
});

test("what another tab has sent meanwhile waits here no more", async () => {
  const { tab } = sharedStorage();
  const unsent = new Unsent(tab(), "outbox");
  unsent.post("c1", "one");
  const { outbox, link } = await online({ storage: tab(), locks: fakeLocks() });
  await link().ok("post_message", { position: 1 });
  await settled();
  assert.deepEqual([shown(outbox).length, bodies(unsent)], [1, []]);
});
