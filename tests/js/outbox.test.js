import assert from "node:assert/strict";
import test from "node:test";

import { MessageLog } from "../../support_chat/static/support_chat/message_log.js";
import { entry, snapshot } from "./fakes/entries.js";
import { comeBack, online, pass, sentBodies, shown, withFakeTime } from "./fakes/outboxes.js";
import { settled } from "./fakes/web_socket.js";

withFakeTime();

test("messages of one chat go one after another, in typed order", async () => {
  const { outbox, link } = await online();
  for (const body of ["one", "two", "three"]) outbox.post("c1", body);
  await settled();
  assert.deepEqual(sentBodies(link()), ["one"]);
  await link().ok("post_message", { position: 1 });
  await link().ok("post_message", { position: 2 });
  assert.deepEqual(sentBodies(link()), ["one", "two", "three"]);
  assert.deepEqual(shown(outbox), ["one sent", "two sent", "three sending"]);
});

test("one chat does not wait for another", async () => {
  const { outbox, link } = await online();
  outbox.post("c1", "to one");
  outbox.post("c2", "to the other");
  await settled();
  assert.deepEqual(sentBodies(link()), ["to one", "to the other"]);
});

test("what is answered stays on screen until its entry is in the log, and is never there twice", async () => {
  const { outbox, link } = await online();
  const log = new MessageLog("c1");
  log.adopt(snapshot(1, 1));
  outbox.watch(log);
  const client_id = outbox.post("c1", "hello");
  await settled();
  await link().ok("post_message", { position: 2 });
  assert.deepEqual(shown(outbox), ["hello sent"]);
  log.apply(entry(2, { client_id }));
  assert.deepEqual(shown(outbox), []);
});

test("the entry may come before the answer, and that is all there is to it", async () => {
  const { outbox, link } = await online();
  const log = new MessageLog("c1");
  outbox.watch(log);
  const client_id = outbox.post("c1", "hello");
  outbox.post("c1", "again");
  await settled();
  log.apply(entry(1, { client_id }));
  assert.deepEqual(shown(outbox), ["again sending"]);
  await link().ok("post_message", { position: 1 });
  assert.deepEqual(sentBodies(link()), ["hello", "again"]);
});

test("after a lost link the same message goes again under the same id", async () => {
  const all = await online();
  const { outbox, links } = all;
  const client_id = outbox.post("c1", "hello");
  outbox.post("c1", "and more");
  await settled();
  await all.cut();
  await comeBack(all);
  assert.deepEqual(links[1].asked("post_message").with, { conversation: "c1", client_id, body: "hello" });
  await links[1].ok("post_message", { position: 1 });
  assert.deepEqual(sentBodies(links[1]), ["hello", "and more"]);
});

test("without an answer in time it goes again after a pause", async () => {
  const { outbox, link } = await online();
  const client_id = outbox.post("c1", "hello");
  await settled();
  await pass(15);
  await pass(1);
  const tries = link().sent.filter((frame) => frame.do === "post_message");
  assert.deepEqual(tries.map((frame) => frame.with.client_id), [client_id, client_id]);
});

test("a refusal that may pass is obeyed: after the seconds it names, the same id first", async () => {
  const { outbox, link } = await online();
  outbox.post("c1", "one");
  outbox.post("c1", "two");
  await settled();
  await link().no("post_message", { code: "too_fast", retry: true, after: 1.5 });
  await pass(1.4);
  assert.deepEqual(sentBodies(link()), ["one"]);
  await pass(0.2);
  await link().ok("post_message", { position: 1 });
  assert.deepEqual(sentBodies(link()), ["one", "one", "two"]);
});

test("a final refusal sets the message aside with the server's words, and the next goes on", async () => {
  const { outbox, link } = await online();
  outbox.post("c1", "bad");
  outbox.post("c1", "good");
  await settled();
  await link().no("post_message", { code: "bad_field", message: "Not like this.", retry: false });
  assert.deepEqual(outbox.pending.value[0].error, { code: "bad_field", message: "Not like this." });
  assert.deepEqual(shown(outbox), ["bad failed", "good sending"]);
  assert.deepEqual(sentBodies(link()), ["bad", "good"]);
});

test("what is given up while the server waits for it is skipped", async () => {
  const { outbox, link } = await online();
  const client_id = outbox.post("c1", "one");
  outbox.post("c1", "two");
  await settled();
  await link().no("post_message", { code: "busy", retry: true, after: 9 });
  outbox.discard(client_id);
  await settled();
  assert.deepEqual(link().sent.slice(-2).map((frame) => [frame.do, frame.with.client_id === client_id]), [["skip", true], ["post_message", false]]);
  assert.deepEqual(shown(outbox), ["two sending"]);
});

test("the same id tries again after the person asks for it", async () => {
  const { outbox, link } = await online();
  const client_id = outbox.post("c1", "hello");
  await settled();
  await link().no("post_message", { code: "not_allowed", retry: false });
  outbox.retry(client_id);
  await settled();
  assert.equal(link().asked("post_message").with.client_id, client_id);
});

test("the first message starts the chat, and what was typed meanwhile goes into it", async () => {
  const started = [];
  const { outbox, link } = await online({ onStarted: (ok) => started.push(ok.conversation) });
  outbox.post(null, "hello", { fields: { queue: "q1" } });
  outbox.post(null, "anybody?");
  await settled();
  assert.equal(link().sent.at(-1).with.queue, "q1");
  await link().ok("start_conversation", { conversation: "c9", position: 2 });
  assert.deepEqual(started, ["c9"]);
  assert.deepEqual(link().asked("post_message").with.conversation, "c9");
  assert.deepEqual(outbox.pending.value.map((item) => item.conversation), ["c9", "c9"]);
});

test("a message to a chat that is over can be sent as a new one", async () => {
  const { outbox, link } = await online({ reroute: (_, error) => (error.code === "closed" ? { conversation: null } : null) });
  outbox.post("c1", "still there?");
  await settled();
  await link().no("post_message", { code: "closed", retry: false });
  assert.deepEqual(sentBodies(link(), "start_conversation"), ["still there?"]);
});

test("rerouted under a new id, the old one is gone, and what follows goes into the new chat in typed order", async () => {
  let ids = 0;
  const reroute = () => ({ conversation: null, command: "start_conversation", client_id: `new${(ids += 1)}` });
  const { outbox, link } = await online({ reroute, oneLane: true });
  for (const body of ["one", "two"]) outbox.post("c1", body);
  await settled();
  await link().no("post_message", { code: "closed", retry: false });
  assert.deepEqual(outbox.pending.value.map((item) => item.client_id.slice(0, 3) === "new"), [true, false]);
  outbox.post(null, "three");
  await link().ok("start_conversation", { conversation: "c2", position: 2 });
  await link().no("post_message", { code: "closed", retry: false });
  await link().ok("start_conversation", { conversation: "c2", position: 3, existing: true });
  assert.equal(link().asked("post_message").with.conversation, "c2");
  await link().ok("post_message", { position: 4 });
  const bodies = link().sent.filter((frame) => frame.with.conversation !== "c1" && frame.with.body).map((frame) => frame.with.body);
  assert.deepEqual(bodies, ["one", "two", "three"]);
});

test("a message that goes round in circles fails in the end", async () => {
  const { outbox, link } = await online({ reroute: () => ({ conversation: "c1" }) });
  outbox.post("c1", "x");
  await settled();
  for (let n = 0; n < 3; n += 1) await link().no("post_message", { code: "closed", retry: false });
  assert.deepEqual(shown(outbox), ["x failed"]);
});

test("notes take the same way", async () => {
  const { outbox, link } = await online();
  outbox.post("c1", "for us", { command: "add_note" });
  await settled();
  assert.equal(link().asked("add_note").with.body, "for us");
});

test("a message that breaks the link three times alone is set aside, and the others go", async () => {
  const all = await online();
  const { outbox, link } = all;
  outbox.post("c1", "poison");
  outbox.post("c2", "harmless");
  await settled();
  await all.cut(1011);
  for (let n = 0; n < 3; n += 1) {
    await comeBack(all);
    assert.deepEqual(sentBodies(link()), ["poison"]);
    await all.cut(1011);
  }
  await comeBack(all);
  assert.deepEqual(sentBodies(link()), ["harmless"]);
  assert.equal(outbox.pending.value[0].error.code, "not_sent");
});

test("a restart of the server, or a link that goes quiet, is no message's fault", async () => {
  const all = await online();
  const { outbox } = all;
  outbox.post("c1", "hello");
  await settled();
  for (const code of [4012, 1001, 1012, 1013, 4408, 4012]) {
    await all.cut(code);
    await comeBack(all);
  }
  await pass(11);
  await all.cut(1006);
  assert.deepEqual([outbox.pending.value[0].kills, shown(outbox)[0]], [0, "hello sending"]);
});

test("a refusal that is final for a person is not waited for, and holds nothing up", async () => {
  const { outbox, link } = await online({ isFinal: ({ code }) => code === "closed_for_now" });
  for (const body of ["one", "two"]) outbox.post("c1", body);
  await settled();
  await link().no("post_message", { code: "closed_for_now", message: "", retry: true, after: 3600 });
  assert.equal(link().asked("skip").with.conversation, "c1");
  assert.deepEqual([shown(outbox), sentBodies(link())], [["one failed", "two sending"], ["one", "two"]]);
});
