import assert from "node:assert/strict";
import test from "node:test";

import { MessageLog } from "../../support_chat/static/support_chat/message_log.js";
import { Outbox } from "../../support_chat/static/support_chat/outbox.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { snapshot } from "./fakes/entries.js";
import { fakeLocks } from "./fakes/locks.js";
import { liveSocket } from "./fakes/online.js";
import { comeBack, online, pass, sentBodies, shown, withFakeTime } from "./fakes/outboxes.js";
import { sharedStorage } from "./fakes/stores.js";
import { settled } from "./fakes/web_socket.js";

withFakeTime();

test("what was not sent survives a reload, in typed order and under the same ids", async () => {
  const { tab, values } = sharedStorage();
  const { socket } = liveSocket();
  const before = new Outbox({ socket, storage: tab(), key: "outbox", locks: fakeLocks() });
  const ids = ["one", "two"].map((body) => before.post("c1", body));
  before.close();
  const { outbox, link } = await online({ storage: tab(), locks: fakeLocks() });
  await settled();
  assert.deepEqual(outbox.pending.value.map((item) => item.client_id), ids);
  await link().ok("post_message", { position: 1 });
  await link().ok("post_message", { position: 2 });
  assert.deepEqual([sentBodies(link()), values.size], [["one", "two"], 0]);
});

test("what another program left in the storage is passed over", async () => {
  const { tab, values } = sharedStorage();
  values.set("outbox:x", "{").set("outbox:y", "null").set("outbox:z", '{"client_id": 7}');
  const { outbox } = await online({ storage: tab(), locks: fakeLocks() });
  assert.deepEqual(shown(outbox), []);
});

test("of two tabs one sends what both show", async () => {
  const { tab } = sharedStorage();
  const locks = fakeLocks();
  const one = await online({ storage: tab(), locks });
  const two = await online({ storage: tab(), locks });
  await settled();
  two.outbox.post("c1", "hello");
  await settled();
  assert.deepEqual([sentBodies(one.link()), sentBodies(two.link())], [[], ["hello"]]);
  assert.deepEqual(shown(one.outbox), ["hello sending"]);
  await two.link().ok("post_message", { position: 1 });
  assert.deepEqual(shown(one.outbox), ["hello sent"]);
});

test("a tab that closes leaves what it could not send to the other", async () => {
  const { tab } = sharedStorage();
  const locks = fakeLocks();
  const one = await online({ storage: tab(), locks });
  const two = await online({ storage: tab(), locks });
  await settled();
  two.outbox.post("c1", "hello");
  await settled();
  two.outbox.close();
  await settled();
  assert.deepEqual(sentBodies(one.link()), ["hello"]);
});

test("a tab without a link leaves sending to one that has it", async () => {
  const { tab } = sharedStorage();
  const locks = fakeLocks();
  const one = await online({ storage: tab(), locks });
  const two = await online({ storage: tab(), locks });
  await settled();
  await two.cut(4409);
  two.outbox.post("c1", "hello");
  await settled();
  assert.deepEqual(sentBodies(one.link()), ["hello"]);
});

test("where there are no locks every tab sends at once", async () => {
  const { tab } = sharedStorage();
  const { outbox, link } = await online({ storage: tab(), locks: null });
  outbox.post("c1", "hello");
  await settled();
  assert.deepEqual(sentBodies(link()), ["hello"]);
});

test("where locks are forbidden it sends without them", async () => {
  const forbidden = { request: () => Promise.reject(new DOMException("no", "SecurityError")) };
  const { outbox, link } = await online({ storage: sharedStorage().tab(), locks: forbidden });
  outbox.post("c1", "hello");
  await settled();
  assert.deepEqual(sentBodies(link()), ["hello"]);
});

test("written without a link, it goes when the link comes", async () => {
  const { socket, up, link } = liveSocket();
  const outbox = new Outbox({ socket, storage: memoryStore(), key: "outbox" });
  outbox.post("c1", "hello");
  socket.start();
  await up();
  await settled();
  assert.deepEqual(sentBodies(link()), ["hello"]);
});

test("what was typed after a first message that is still under way waits for its chat, whatever is known of it by then", async () => {
  const { outbox, link } = await online({ oneLane: true });
  outbox.post(null, "one");
  outbox.post(null, "two");
  outbox.post("c1", "three");
  await settled();
  assert.deepEqual(link().sent.slice(1).map((frame) => frame.with.body), ["one"]);
  await link().ok("start_conversation", { conversation: "c1", position: 2 });
  await link().ok("post_message", { position: 3 });
  assert.deepEqual(sentBodies(link()), ["two", "three"]);
});

for (const [how, fail, skipped] of [
  ["fails the server each time", (link) => link.no("post_message", { code: "failed", retry: true }), true],
  ["is never answered", (link) => ((link.asked("post_message").answered = true), pass(15)), false],
]) {
  test(`a message that ${how}, over a link that holds, is set aside after ten tries, and the others go`, async () => {
    const { outbox, link, socket } = await online();
    const poison = outbox.post("c1", "poison");
    outbox.post("c1", "harmless");
    await settled();
    for (let n = 0; n < 10; n += 1) {
      assert.equal(link().asked("post_message").with.body, "poison");
      await fail(link());
      for (let second = 0; second < 30 && !link().asked("post_message"); second += 1) {
        await pass(1);
        if (link().asked("beat")) await link().ok("beat", { heads: {} });
      }
    }
    assert.deepEqual(shown(outbox), ["poison failed", "harmless sending"]);
    assert.equal(outbox.pending.value[0].error.code, "not_sent");
    assert.equal(link().asked("post_message").with.body, "harmless");
    assert.equal(link().asked("skip")?.with.client_id, skipped ? poison : undefined);
    assert.equal(socket.status.value, "online");
    outbox.retry(poison);
    assert.deepEqual([shown(outbox)[0], outbox.pending.value[0].client_id], ["poison sending", poison]);
  });
}

test("a tab that is looked at sends what another one leaves lying", async () => {
  const { tab } = sharedStorage();
  const locks = fakeLocks();
  const asleep = await online({ storage: tab(), locks });
  const awake = await online({ storage: tab(), locks });
  const hidden = await online({ storage: tab(), locks });
  hidden.life.isHidden = true;
  await settled();
  asleep.outbox.post("c1", "hello");
  await settled();
  assert.deepEqual(sentBodies(asleep.link()), ["hello"]);
  await pass(10);
  assert.deepEqual([sentBodies(awake.link()), sentBodies(hidden.link())], [["hello"], []]);
  const [[one], [two]] = [asleep, awake].map(({ link }) => link().sent.filter((frame) => frame.do === "post_message"));
  assert.equal(one.with.client_id, two.with.client_id);
});

test("storage that somebody empties takes nothing of what is not sent", async () => {
  const { tab, values, empty } = sharedStorage();
  const { socket } = liveSocket();
  const outbox = new Outbox({ socket, storage: tab(), key: "outbox", locks: fakeLocks() });
  outbox.post("c1", "hello");
  empty();
  await settled();
  assert.deepEqual([shown(outbox), values.size], [["hello sending"], 1]);
});

test("a message that another tab sends under a new id is shown once", async () => {
  const { tab } = sharedStorage();
  const locks = fakeLocks();
  const reroute = () => ({ conversation: null, client_id: "new" });
  const one = await online({ storage: tab(), locks, reroute });
  const two = await online({ storage: tab(), locks, reroute });
  await settled();
  two.outbox.post("c1", "hello");
  await settled();
  await two.link().no("post_message", { code: "closed", retry: false });
  assert.deepEqual([shown(one.outbox), one.outbox.pending.value[0].client_id], [["hello sending"], "new"]);
});

test("after a restored backup the chat is another, and what was not sent is still sent", async () => {
  const all = await online();
  const { outbox } = all;
  const log = new MessageLog("c1");
  log.adopt(snapshot(1, 9));
  outbox.watch(log);
  await all.cut(1006);
  outbox.post("c1", "hello");
  await comeBack(all);
  log.take({ recovered: false, snapshot: snapshot(1, 4, { mark: "older" }) });
  assert.deepEqual([log.position, shown(outbox), sentBodies(all.link())], [4, ["hello sending"], ["hello"]]);
});
