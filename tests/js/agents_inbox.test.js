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
  messages: 1, seen: 0, waited: 5, sort: 1, closed_ago: null, ...fields,
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
