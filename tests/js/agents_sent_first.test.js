import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { signal } from "../../support_chat/static/support_chat/vendor/preact.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { fakeLocks } from "./fakes/locks.js";
import { online, pass, withFakeTime } from "./fakes/outboxes.js";
import { speakingPage } from "./fakes/speech.js";
import { settled } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { onLine: true };
globalThis.document ??= /** @type {any} */ (speakingPage());
const { Deeds } = await import("../../agents/static/agents/deeds.js");
const { close, endParticipation, markSpam } = await import("../../agents/static/agents/own_deeds.js");
const { signOut } = await import("../../agents/static/agents/leaving.js");
const { ManyAtOnce } = await import("../../agents/static/agents/many_at_once.js");
const { sentFirst } = await import("../../agents/static/agents/sent_first.js");
const { UndoSend } = await import("../../agents/static/agents/undo_send.js");

withFakeTime();

/** A desk whose agent may take back what they sent for `seconds`, on a link that the test answers. */
async function desk(seconds = 5) {
  const all = await online({ storage: memoryStore(), locks: fakeLocks() });
  await pass(0);
  const said = [];
  const here = {
    ...all,
    said,
    undo: new UndoSend(all.outbox, () => seconds),
    chats: new Map(),
    front: signal(null),
    inbox: { rows: signal(new Map()), me: signal({ id: "me", status: "online", cause: "chosen" }), self: (news) => Object.assign(here.inbox.me.value, news) },
    notices: { shown: signal([]), say: (words) => said.push(words), dismiss() {} },
  };
  here.deeds = new Deeds(here);
  here.commands = () => all.link().sent.map((frame) => frame.do).filter((name) => name !== "hello" && name !== "beat");
  /** The server takes what waits for its answer. */
  here.take = () => all.link().ok("post_message", { position: 1 });
  return here;
}

const ENDS = {
  close_conversation: (here) => close(here, "c1"),
  transfer_conversation: ({ deeds }) => deeds.transfer("c1", { to_queue: "q" }),
  assign_conversation: ({ deeds }) => deeds.assign("c1", { to_agent: "ben", reason: "r", force: true }),
  end_participation: (here) => endParticipation(here, "c1", "me"),
  mark_spam: (here) => markSpam(here, "c1", true),
  set_status: ({ deeds }) => deeds.setStatus("offline", { chats: "return" }),
};

for (const [command, end] of Object.entries(ENDS)) {
  test(`${command} waits until what is held, and what was written before, is with the server`, async () => {
    const here = await desk();
    here.undo.post("c1", "one");
    here.undo.post("c1", "two");
    const done = end(here);
    await settled();
    assert.deepEqual(here.commands(), ["post_message"]);
    await here.take();
    assert.deepEqual(here.commands(), ["post_message", "post_message"]);
    await here.take();
    assert.deepEqual(here.commands(), ["post_message", "post_message", command]);
    await here.link().ok(command);
    await done;
  });
}

test("what was written without a connection goes before the end of its chat, too", async () => {
  const here = await desk(0);
  here.undo.post("c1", "one");
  here.undo.post("c1", "two");
  close(here, "c1");
  await settled();
  await here.take();
  await here.take();
  assert.deepEqual(here.commands(), ["post_message", "post_message", "close_conversation"]);
});

test("what waits in another chat holds up no end of this one", async () => {
  const here = await desk(0);
  here.undo.post("c2", "elsewhere");
  close(here, "c1");
  await settled();
  assert.deepEqual(here.commands(), ["post_message", "close_conversation"]);
});

test("a chat is not closed over a message that was refused, nor over one that does not get through, and that is said", async () => {
  const refused = await desk(0);
  refused.undo.post("c1", "one");
  const closing = close(refused, "c1");
  await settled();
  await refused.link().no("post_message", { code: "bad_field", retry: false });
  assert.deepEqual([await closing, refused.commands(), refused.said.length], [false, ["post_message"], 1]);
  const stuck = await desk(0);
  stuck.undo.post("c1", "one");
  const late = close(stuck, "c1");
  await settled();
  await pass(14);
  assert.equal(stuck.said.length, 0);
  await pass(6);
  assert.equal(await late, false);
  assert.match(stuck.said[0], /not sent yet/u);
  assert.ok(!stuck.commands().includes("close_conversation"));
});

test("what was taken back meanwhile holds up nothing", async () => {
  const here = await desk(0);
  const id = here.undo.post("c1", "one");
  close(here, "c1");
  await settled();
  here.outbox.discard(id);
  await settled();
  assert.ok(here.commands().includes("close_conversation"));
});

test("many chats are closed or handed over after what was written in any of them, and tagged at once", async () => {
  const here = await desk();
  here.undo.post("c1", "one");
  const many = (what) => new ManyAtOnce(here.socket, { which: {}, deed: { what }, of: 1 }, { sent: () => sentFirst(here) }).run();
  many("tag");
  await settled();
  assert.deepEqual(here.commands(), ["change_conversations"]);
  many("close");
  many("transfer");
  await settled();
  assert.deepEqual(here.commands(), ["change_conversations", "post_message"]);
  await here.take();
  assert.deepEqual(here.commands().slice(2), ["change_conversations", "change_conversations"]);
});

test("who chooses another status while going offline still waits does not go offline", async () => {
  const here = await desk();
  here.undo.post("c1", "one");
  const leaving = here.deeds.setStatus("offline");
  await settled();
  void here.deeds.setStatus("online");
  await here.link().ok("set_status");
  await here.take();
  await leaving;
  assert.deepEqual(here.link().sent.filter((frame) => frame.do === "set_status").map((frame) => frame.with.status), ["online"]);
});

test("signing out waits for what was written, but not for ever", async () => {
  for (const gets of [true, false]) {
    let out = 0;
    const form = { submit: () => (out += 1) };
    globalThis.document = { body: { append() {} }, getElementById: () => ({ content: { firstElementChild: { cloneNode: () => form } } }) };
    const here = await desk();
    here.undo.post("c1", "one");
    here.undo.post("c1", "two");
    const leaving = signOut(here);
    await settled();
    if (gets) await here.take();
    assert.equal(out, 0);
    if (gets) await here.take();
    else await pass(5);
    await leaving;
    assert.equal(out, 1);
  }
});
