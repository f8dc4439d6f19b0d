import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { onLine: true };
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { sendReply } = await import("../../agents/static/agents/replying.js");

const settled = () => new Promise((done) => setTimeout(done));
const chatCalled = (id, state = "active") => ({
  id,
  refusal: signal(null),
  about: signal({ state, agent: { id: "me" }, queue: { name: "Orders" }, visitor: {} }),
  shownUpTo: 7,
  log: { position: 7 },
});

/** A desk with one chat in front, whose files are there once `arrive` is called. */
function desk({ waits = true } = {}) {
  const chat = chatCalled("c1");
  const drafts = new Map([["c1", "Here it is"]]);
  const done = [];
  const all = { chat, drafts, done };
  all.desk = {
    user: "ana",
    socket: { welcome: { features: ["seen"] } },
    front: signal(chat),
    inbox: { me: signal({ id: "me" }), rows: signal(new Map()), queues: signal([]), mine: signal([{ conversation: "c2", waited: 9, heard: Date.now() }]) },
    files: { take: (draft, fields, go) => (waits ? ((all.arrive = () => ((waits = false), go())), null) : [{ id: "f1" }]) },
    drafts: { box: (id) => ({ text: drafts.get(id) }), empty: (id) => (drafts.set(id, ""), done.push(["empty", id])) },
    reply: (id, body, files, seen) => (done.push(["reply", id, body, files.map(({ id: file }) => file)]), (all.seen = seen), "m1"),
    open: (id) => done.push(["open", id]),
    deeds: { busy: signal(new Map()), act: async (name, id) => done.push([name, id]) },
    outbox: { pending: signal([{ client_id: "m1", conversation: "c1", state: "sent" }]) },
    chats: new Map(),
    notices: { say: (words) => done.push(["say", words]) },
  };
  const begun = new Map([["c1", 7]]);
  const here = { desk: all.desk, chat, canned: { picks: { sent: (id, body, arrived) => (all.picked = arrived) } }, crossing: { typed: (id, text) => text === "" && begun.delete(id) }, focus: { value: null } };
  all.send = (then = null) => sendReply(here, "Here it is", then);
  all.begun = begun;
  return all;
}

test("a reply whose files are there leaves the box, and what is to follow follows", async () => {
  const one = desk({ waits: false });
  assert.equal(one.send("close"), true);
  await settled();
  assert.deepEqual(one.done, [["reply", "c1", "Here it is", ["f1"]], ["close", "c1"]]);
});

test("of what was picked it is known whether it came or was taken back", async () => {
  const [one, other] = [desk({ waits: false }), desk({ waits: false })];
  other.desk.outbox.pending.value = [];
  for (const each of [one, other]) each.send();
  assert.deepEqual([await one.picked, await other.picked], ["sent", "gone"]);
});

test("a reply whose files are under way stays in the box, goes with them, and what was to follow follows", async () => {
  const one = desk();
  assert.deepEqual([one.send("close"), one.done], [false, []]);
  one.arrive();
  await settled();
  assert.deepEqual(one.done, [["reply", "c1", "Here it is", ["f1"]], ["empty", "c1"], ["close", "c1"]]);
  assert.equal(one.begun.size, 0);
});

test("a reply says up to where the chat was seen when it was sent, not when its files were there; and nothing to an older server", () => {
  const one = desk();
  one.send();
  one.chat.log.position = 9;
  one.arrive();
  const older = desk({ waits: false });
  older.desk.socket.welcome.features = [];
  older.send();
  assert.deepEqual([one.seen, older.done.length, older.seen], [7, 1, undefined]);
});

test("a reply goes to the chat that it was written in, whichever stands in front when its files are there", async () => {
  const one = desk();
  one.send("next");
  one.desk.front.value = chatCalled("c2");
  one.drafts.set("c2", "Half a sent");
  one.arrive();
  await settled();
  assert.deepEqual([one.done, one.drafts.get("c2")], [[["reply", "c1", "Here it is", ["f1"]], ["empty", "c1"]], "Half a sent"]);
});

test("what was written on since, or cannot be sent any more, does not go by itself", () => {
  const changed = desk();
  changed.send();
  changed.drafts.set("c1", "Here it is, and half a sent");
  changed.arrive();
  const closed = desk();
  closed.send();
  closed.chat.about.value = { ...closed.chat.about.value, state: "closed" };
  closed.arrive();
  assert.deepEqual([changed.done, closed.done, closed.drafts.get("c1")], [[], [], "Here it is"]);
});
