import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { batch, signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { followNews, isWithin, whatIsNew } = await import("../../agents/static/agents/happenings.js");

const who = { me: "ana", answers: (queue) => queue === "mine" };
const row = (fields) => ({ conversation: "c", state: "active", queue: "mine", agent: { id: "ana" }, messages: 1, offered: null, wanted: null, ...fields });
const waiting = (fields) => row({ state: "queued", agent: null, sort: 1, ...fields });
const rows = (...list) => new Map(list.map((each) => [each.conversation, each]));
const kinds = (before, now) => whatIsNew(before, now, who).map(({ kind, scope }) => [kind, scope]);

test("a message in a chat of mine is mine, and one that nothing came to is nothing", () => {
  const before = row({});
  assert.deepEqual(kinds(rows(before), rows(row({ messages: 2 }))), [["message", "mine"]]);
  assert.deepEqual(kinds(rows(before), rows(row({ seen: 1 }))), []);
  assert.deepEqual(kinds(rows(before), rows(before)), []);
});

test("a chat that becomes mine or is offered to me is mine", () => {
  assert.deepEqual(kinds(rows(waiting({})), rows(row({}))), [["given", "mine"]]);
  assert.deepEqual(kinds(rows(), rows(waiting({ offered: { to: { id: "ana" } } }))), [["offered", "mine"]]);
});

test("what is written in a colleague's chat is mine where I am a guest, and nothing else of it is told", () => {
  const theirs = (fields) => row({ agent: { id: "ben" }, participants: { ana: "guest" }, ...fields });
  assert.deepEqual(kinds(rows(theirs({})), rows(theirs({ messages: 2 }))), [["message", "mine"]]);
  assert.deepEqual(kinds(rows(), rows(theirs({}))), []);
  assert.deepEqual(kinds(rows(theirs({ participants: { ana: "asking" } })), rows(theirs({ messages: 2, participants: { ana: "asking" } }))), []);
});

test("what comes to wait counts with my queues or with all, and what it says there with all", () => {
  assert.deepEqual(kinds(rows(), rows(waiting({}))), [["waiting", "queue"]]);
  assert.deepEqual(kinds(rows(), rows(waiting({ queue: "other" }))), [["waiting", "all"]]);
  assert.deepEqual(kinds(rows(waiting({})), rows(waiting({ messages: 2 }))), [["message", "all"]]);
});

test("each scope holds the one before", () => {
  assert.equal(isWithin("mine", "queue"), true);
  assert.equal(isWithin("queue", "mine"), false);
  assert.equal(isWithin("all", "queue"), false);
  assert.equal(isWithin("all", "all"), true);
});

test("the first chat in an empty inbox is new, and what stands there at the first welcome is not", () => {
  for (const begins of [rows(), rows(waiting({}))]) {
    const lists = { rows: signal(rows()), ready: signal(false) };
    const told = [];
    const stop = followNews(lists, who, (news) => told.push(...news.map(({ row: { conversation } }) => conversation)));
    batch(() => [(lists.rows.value = begins), (lists.ready.value = true)]);
    lists.rows.value = rows(...begins.values(), waiting({ conversation: "first" }));
    assert.deepEqual(told, ["first"]);
    stop();
  }
});
