import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { Inbox, unreadOf } = await import("../../agents/static/agents/inbox.js");

const ANA = { id: "ana", name: "Ana", status: "online", role: "agent", capacity: 3, load: 0 };
const BEN = { id: "ben", name: "Ben", status: "away", load: 1, capacity: 3 };
const QUEUE = { id: "orders", name: "Orders", site: "Shop", waiting: 0, longest_wait: null };
const visitor = { id: "v", name: "Curious Otter", here: true, since: 1, page: null };

const row = (conversation, fields = {}) => ({
  conversation, state: "queued", queue: "orders", visitor, agent: null, position: 3, last: null,
  messages: 1, seen: 0, waited: 5, sort: (fields.state ?? "queued") === "queued" ? 1 : null, closed_ago: null, ...fields,
});
const mine = (conversation, fields) => row(conversation, { state: "active", agent: { id: "ana", name: "Ana" }, ...fields });
const ids = (list) => list.value.map((each) => each.conversation);

function inboxOf(...rows) {
  const inbox = new Inbox(() => 0);
  inbox.welcome({ agent: ANA, inbox: rows, queues: [QUEUE], teammates: [ANA, BEN] });
  return inbox;
}

test("after a welcome from a restored server, chats are heard of again from where they are now", () => {
  const inbox = inboxOf(mine("a", { position: 9 }), row("b", { position: 9 }));
  inbox.change([row("b", { position: 9, state: "active", agent: { id: "ben", name: "Ben" } })]);
  inbox.change([mine("a", { position: 9, state: "closed" })]);
  inbox.welcome({ agent: ANA, inbox: [], queues: [QUEUE], teammates: [ANA, BEN] });
  inbox.change([mine("a", { position: 4 }), row("b", { position: 4 })]);
  assert.deepEqual([ids(inbox.mine), ids(inbox.waiting)], [["a"], ["b"]]);
});

test("a chat stands in my chats or in the queue, never in both", () => {
  const inbox = inboxOf(mine("a"), row("b"));
  assert.deepEqual([ids(inbox.mine), ids(inbox.waiting)], [["a"], ["b"]]);
  inbox.change([mine("b")]);
  assert.deepEqual([ids(inbox.mine).sort(), ids(inbox.waiting)], [["a", "b"], []]);
});

test("a thank-you after the close stays unread among the closed, and counts nowhere else", () => {
  const inbox = inboxOf(mine("a", { seen: 1 }));
  inbox.change([row("a", { state: "closed", agent: null, seen: 1, closed_ago: 0 })]);
  inbox.change([row("a", { state: "closed", agent: null, seen: 1, messages: 2, position: 4, closed_ago: 9 })]);
  assert.deepEqual([ids(inbox.mine), ids(inbox.closed)], [[], ["a"]]);
  assert.deepEqual([unreadOf(inbox.find("a")), inbox.unread.value], [1, 0]);
  inbox.seen("a");
  assert.equal(unreadOf(inbox.find("a")), 0);
});

test("a chat that a colleague took leaves my lists and says who has it", () => {
  const inbox = inboxOf(row("b"));
  inbox.change([row("b", { state: "active", agent: { id: "ben", name: "Ben" } })]);
  assert.deepEqual(ids(inbox.waiting), []);
  assert.equal(inbox.departed.get("b").why, "Taken by Ben");
});

test("a chat of a queue that is not mine never enters my lists", () => {
  const inbox = inboxOf();
  inbox.change([row("c", { queue: "elsewhere" })]);
  assert.deepEqual(ids(inbox.waiting), []);
});

test("a chat of mine that was closed stays at hand, though it has no agent any more", () => {
  const inbox = inboxOf(mine("a"));
  inbox.change([row("a", { state: "closed", agent: null, closed_ago: 0 })]);
  assert.deepEqual([ids(inbox.mine), ids(inbox.closed)], [[], ["a"]]);
});

test("a new hello replaces everything but what I closed lately", () => {
  const inbox = inboxOf(mine("a"), mine("b"), row("c"));
  inbox.change([row("a", { state: "closed", agent: null, closed_ago: 0 })]);
  inbox.welcome({ agent: ANA, inbox: [row("d")], queues: [QUEUE], teammates: [] });
  assert.deepEqual([ids(inbox.mine), ids(inbox.waiting), ids(inbox.closed)], [[], ["d"], ["a"]]);
});

test("unread is what came after the last look, and never below nothing", () => {
  const inbox = inboxOf(mine("a", { messages: 5, seen: 2 }), mine("b", { messages: 1, seen: 1 }));
  assert.equal(inbox.unread.value, 3);
  inbox.seen("a", 4);
  assert.equal(inbox.unread.value, 1);
  inbox.seen("a", 1);
  assert.equal(inbox.unread.value, 1);
  assert.equal(unreadOf({ messages: 1, seen: 9 }), 0);
});

test("what is unread where I am a guest counts with what is unread in my chats", () => {
  const inbox = inboxOf(mine("a", { messages: 5, seen: 2 }));
  inbox.unreadBeside.value = 2;
  assert.equal(inbox.unread.value, 5);
});

test("colleagues are shown without myself, and what they change arrives", () => {
  const inbox = inboxOf();
  inbox.teammate({ ...BEN, status: "online" });
  inbox.teammate({ ...ANA, status: "finishing", load: 2 });
  assert.deepEqual(inbox.teammates.value.map((mate) => [mate.id, mate.status]), [["ben", "online"]]);
  assert.deepEqual([inbox.me.value.status, inbox.me.value.load, inbox.me.value.role], ["finishing", 2, "agent"]);
});

test("news of a queue that comes late takes nothing back that an agent's news has said already", () => {
  const inbox = inboxOf(row("a", { position: 2 }));
  inbox.change([mine("a", { position: 4, messages: 2, seen: 1 })]);
  inbox.change([row("a", { position: 2 })]);
  inbox.change([mine("a", { position: 4, messages: 2, seen: 0 })]);
  assert.deepEqual([ids(inbox.mine), ids(inbox.waiting)], [["a"], []]);
  assert.equal(unreadOf(inbox.mine.value[0]), 1);
});

test("a chat that left my lists does not come back by news from before it left", () => {
  const inbox = inboxOf(row("b", { position: 2 }));
  inbox.change([row("b", { position: 3, state: "active", agent: { id: "ben", name: "Ben" } })]);
  inbox.change([row("b", { position: 2 })]);
  assert.deepEqual(ids(inbox.waiting), []);
});

test("an offered chat stands among the offers alone, and its bar begins full", () => {
  const offered = { offered: { to: { id: "ana", name: "Ana" }, expires_in: 30 } };
  const inbox = inboxOf();
  inbox.change([row("o", offered)]);
  assert.deepEqual([ids(inbox.offers), ids(inbox.waiting), ids(inbox.mine)], [["o"], [], []]);
  inbox.change([row("o", { offered: { ...offered.offered, expires_in: 12 } })]);
  assert.equal(inbox.offers.value[0].offered.of, 30);
  inbox.change([row("o", { position: 4, offered: { to: { id: "ben", name: "Ben" }, expires_in: 30 } })]);
  assert.deepEqual([ids(inbox.offers), ids(inbox.waiting)], [[], ["o"]]);
});

test("a chat that I hand over to a queue stays mine, and a colleague's stands in the queue", () => {
  const inbox = inboxOf(mine("a", { sort: 1, wanted: "orders" }));
  inbox.change([row("b", { state: "active", sort: 2, wanted: "orders", queue: "elsewhere", agent: { id: "ben", name: "Ben" } })]);
  assert.deepEqual([ids(inbox.mine), ids(inbox.waiting)], [["a"], ["b"]]);
});

test("a chat that is put aside stands in neither list, and once it is back it stands among mine", () => {
  const inbox = inboxOf(mine("a", { idle: 3, snoozed: 60 }), mine("b", { idle: 3, snoozed: null, woken: 0 }));
  assert.deepEqual([ids(inbox.idle), ids(inbox.mine)], [[], ["b"]]);
});

test("an idle chat stands under its own heading, and still counts what is unread", () => {
  const inbox = inboxOf(mine("a", { idle: 3, messages: 2 }), mine("b", { messages: 0 }));
  assert.deepEqual([ids(inbox.idle), ids(inbox.mine), inbox.unread.value], [["a"], ["b"], 2]);
});

test("the next that I could take is the first that is offered to nobody and does not need what I lack", () => {
  const inbox = inboxOf(row("a", { sort: 1, offered: { to: { id: "ben", name: "Ben" }, expires_in: 9 } }), row("b", { sort: 2 }), row("c", { sort: 3 }));
  assert.equal(inbox.next.value.conversation, "b");
  inbox.passOver("b");
  assert.equal(inbox.next.value.conversation, "c");
});

test("a queue that I am nothing in keeps its chats to itself, and is no queue to take from", () => {
  const inbox = new Inbox(() => 0);
  inbox.welcome({ agent: ANA, inbox: [], queues: [{ ...QUEUE, roles: ["manager"] }, { ...QUEUE, id: "far", roles: [] }], teammates: [] });
  inbox.change([row("a"), row("b", { queue: "far" })]);
  assert.deepEqual([ids(inbox.waiting), inbox.next.value], [["a"], null]);
});
