import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

globalThis.navigator ??= /** @type {any} */ ({ languages: ["en"] });
register("./fakes/static_roots.js", import.meta.url);
const { AWAY, Away } = await import("../../agents/static/agents/away.js");
const { inWords, whatHappened } = await import("../../agents/static/agents/away_summary.js");

const row = (conversation, fields) => ({ conversation, state: "active", agent: { id: "ana" }, messages: 1, offered: null, wanted: null, ...fields });
const rows = (...list) => new Map(list.map((each) => [each.conversation, each]));
const said = (before, now) => inWords(whatHappened(before, now, "ana"));

test("what happened meanwhile is one sentence", () => {
  const before = rows(row("a"), row("b"), row("c"), row("d"));
  const now = rows(row("a", { messages: 3 }), row("b", { messages: 2 }), row("c", { state: "closed" }));
  assert.equal(said(before, now), "While you were away: 3 new messages in 2 chats, 1 chat closed, 1 chat is no longer yours.");
});

test("new chats count with their messages, and so does what came to wait", () => {
  const now = rows(row("a"), row("q", { state: "queued", agent: null, sort: 1 }));
  assert.equal(said(rows(), now), "While you were away: 1 new message in 1 chat, 1 new chat is yours, 1 new chat waits in the queue.");
});

test("messages where one is a guest count with one's own; the chat stays a colleague's", () => {
  const theirs = (fields) => row("g", { agent: { id: "ben" }, participants: { ana: "guest" }, ...fields });
  assert.equal(said(rows(row("a"), theirs({})), rows(row("a"), theirs({ messages: 3 }))), "While you were away: 2 new messages in 1 chat.");
});

test("where nothing happened nothing is said", () => {
  assert.equal(said(rows(row("a")), rows(row("a", { seen: 1 }))), "");
});

test("it is said once, to whoever was away for a minute", () => {
  const clock = { now: 0, rows: rows(row("a")) };
  const heard = [];
  const away = new Away({ rows: () => clock.rows, me: () => "ana", onBack: (words) => heard.push(words), now: () => clock.now });
  away.look(true);
  away.look(false);
  clock.rows = rows(row("a", { messages: 2 }));
  clock.now = AWAY - 1;
  away.look(true);
  assert.deepEqual(heard, []);
  away.look(false);
  clock.now += 10;
  away.look(false);
  clock.rows = rows(row("a", { messages: 3 }));
  clock.now += AWAY - 10;
  away.look(true);
  away.look(true);
  assert.deepEqual(heard, ["While you were away: 1 new message in 1 chat."]);
});

test("of a chat that came with what was said long ago, only what nobody has seen is new", () => {
  const now = rows(row("t", { messages: 40, seen: 39 }));
  assert.equal(said(rows(), now), "While you were away: 1 new message in 1 chat, 1 new chat is yours.");
});
