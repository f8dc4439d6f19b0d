import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { onLine: true };
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { follow, makesLine, thenOf } = await import("../../agents/static/agents/send_then.js");
const { arrived } = await import("../../agents/static/agents/sent_first.js");

const ITEM = { client_id: "m1", conversation: "chat", state: "sending" };
const settled = () => new Promise((done) => setTimeout(done));

/** A desk with one message under way, and what was done with it. */
function desk({ rows = [], logged = false } = {}) {
  const done = [];
  const pending = signal([ITEM]);
  return {
    done,
    pending,
    outbox: { pending },
    chats: new Map([["chat", { about: signal(null), log: { has: () => logged } }]]),
    inbox: { mine: signal(rows), rows: signal(new Map()) },
    open: (id) => done.push(["open", id]),
    deeds: { busy: signal(new Map()), act: async (name, id) => done.push([name, id]) },
    notices: { say: (words, how) => done.push(["say", words, how?.bad ?? false]) },
  };
}

const row = (conversation, waited) => ({ conversation, waited, heard: Date.now() });
const focus = () => ({ value: null });

test("the chat is closed once the message is with the server, and not before", async () => {
  const here = desk();
  const closing = follow("close", here, "chat", "m1", focus());
  await settled();
  assert.deepEqual(here.done, []);
  here.pending.value = [{ ...ITEM, state: "sent" }];
  await closing;
  assert.deepEqual(here.done, [["close", "chat"]]);
});

test("what is taken back, or fails, closes nothing", async () => {
  const here = desk();
  const closing = follow("close", here, "chat", "m1", focus());
  here.pending.value = [];
  await closing;
  assert.deepEqual(here.done, []);
  here.pending.value = [{ ...ITEM, state: "failed" }];
  await follow("close", here, "chat", "m1", focus());
  assert.deepEqual(here.done.map(([what]) => what), ["say"]);
  assert.equal(here.done[0][2], true);
});

test("a message that is sent anew, out of the outbox and in again at once, is still on its way", async () => {
  const here = desk();
  here.pending.value = [{ ...ITEM, state: "held" }];
  const coming = arrived(here, "chat", "m1");
  here.pending.value = [];
  here.pending.value = [ITEM];
  await settled();
  here.pending.value = [{ ...ITEM, state: "sent" }];
  assert.equal(await coming, "sent");
});

test("a message that stands in the log has come, whoever sent it", async () => {
  const here = desk({ logged: true });
  here.pending.value = [];
  assert.equal(await arrived(here, "chat", "m1"), "sent");
});

test("the next chat is whose visitor has waited longest; without one that is said", () => {
  const here = desk({ rows: [row("chat", 90), row("quiet", null), row("next", 40), row("later", 10)] });
  const box = focus();
  follow("next", here, "chat", "m1", box);
  assert.deepEqual([here.done, box.value], [[["open", "next"]], { mode: null }]);
  const alone = desk({ rows: [row("chat", 90)] });
  follow("next", alone, "chat", "m1", focus());
  assert.deepEqual(alone.done.map(([what]) => what), ["say"]);
});

test("Alt Enter goes on, Ctrl Shift Enter and ⌘ ⇧ Enter close, and nothing else does", () => {
  const press = (more) => thenOf({ key: "Enter", shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, repeat: false, ...more });
  assert.equal(press({ altKey: true }), "next");
  assert.equal(press({ ctrlKey: true, shiftKey: true }), "close");
  assert.equal(press({ metaKey: true, shiftKey: true }), "close");
  for (const keys of [{}, { shiftKey: true }, { ctrlKey: true }, { altKey: true, shiftKey: true }, { altKey: true, repeat: true }, { key: "a", altKey: true }]) {
    assert.equal(press(keys), null);
  }
});

test("for who sends by Ctrl Enter, Enter makes a line, and Alt Enter sends and goes on all the same", () => {
  const press = (more, sends = "ctrl") => makesLine({ key: "Enter", altKey: false, ctrlKey: false, metaKey: false, defaultPrevented: false, ...more }, sends);
  assert.equal(press({}), true);
  for (const keys of [{ altKey: true }, { ctrlKey: true }, { metaKey: true }, { defaultPrevented: true }, { key: "a" }]) assert.equal(press(keys), false);
  assert.equal(press({}, "enter"), false);
});
