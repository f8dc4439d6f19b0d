import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { Chat } = await import("../../widget/static/widget/chat.js");

const ana = { id: "p1", name: "Ana", picture: null };
const entry = (position, kind = "message", role = "visitor", body = { text: `m${position}` }) =>
  ({ position, mark: `mark${position}`, kind, author: { role, id: role, name: role }, at: "", body });

/** A snapshot that ends with these entries. */
function snapshot(entries, more = {}) {
  const last = entries.at(-1);
  const head = { position: last.position, mark: last.mark, entries, earlier: false };
  return { id: "c1", state: "queued", agent: null, read: 0, place: { place: 2, of: 3, wait: null }, ...head, ...more };
}

/** A chat over a socket that remembers what it was asked. */
function chatOf(first, answers = {}) {
  const asked = [];
  const heard = {};
  const socket = {
    track: () => () => {},
    on: (name, fn) => ((heard[name] = fn), () => delete heard[name]),
    request: async (command, fields) => (asked.push([command, fields]), answers[command] ?? {}),
  };
  const chat = new Chat(first, socket);
  const tell = (event, fields) => heard[event]?.({ event, conversation: "c1", ...fields });
  return { chat, asked, tell };
}

const texts = (chat) => chat.log.entries.value.map(({ body }) => body.text);

test("a snapshot after an interruption adds what is new and leaves older pages standing", () => {
  const { chat } = chatOf(snapshot([entry(3), entry(4)]));
  chat.log.prepend({ entries: [entry(1), entry(2)], earlier: false });
  chat.take(snapshot([entry(4), entry(5)]));
  assert.deepEqual(texts(chat), ["m1", "m2", "m3", "m4", "m5"]);
});

test("a snapshot of another log replaces what we knew", () => {
  const { chat } = chatOf(snapshot([entry(1), entry(2)]));
  chat.take(snapshot([{ ...entry(1), body: { text: "restored" } }, { ...entry(2), mark: "other" }]));
  assert.deepEqual(texts(chat), ["restored", "m2"]);
});

test("who takes the chat is known from the entry alone, and the place is gone", () => {
  const { chat, tell } = chatOf(snapshot([entry(1)]));
  tell("entry_added", { entry: entry(2, "assigned", "system", { agent: ana }) });
  assert.deepEqual([chat.state.value, chat.agent.value.name, chat.place.value], ["active", "Ana", null]);
});

test("a place that grew says why until it gets better", () => {
  const { chat, tell } = chatOf(snapshot([entry(1)]));
  const why = [];
  for (const [place, told] of [[3, "returned"], [3, undefined], [4, "moved"], [3, "moved"], [5, undefined]]) {
    tell("queue_moved", { place, of: 5, wait: null, ...(told && { why: told }) });
    why.push(chat.place.value.why);
  }
  assert.deepEqual(why, ["returned", "returned", "moved", undefined, undefined]);
});

test("a place that is told for the first time has not grown", () => {
  const { chat, tell } = chatOf(snapshot([entry(1)], { place: null }));
  tell("queue_moved", { place: 7, of: 7, wait: null, why: "moved" });
  assert.equal(chat.place.value.why, undefined);
});

test("a closed chat that we saw close goes on by writing", () => {
  const { chat, tell } = chatOf(snapshot([entry(1)]));
  tell("conversation_changed", { state: "closed", agent: null });
  assert.deepEqual([chat.closed.value, chat.goesOn()], [true, true]);
});

test("a chat that was closed too long ago does not", () => {
  const { chat } = chatOf(snapshot([entry(1)], { state: "closed", reopens_in: null }));
  assert.equal(chat.goesOn(), false);
});

test("how far our team has read only ever rises", () => {
  const { chat, tell } = chatOf(snapshot([entry(1), entry(2)], { read: 1 }));
  for (const position of [2, 1]) tell("read", { by: { role: "agent" }, position });
  tell("read", { by: { role: "visitor" }, position: 9 });
  assert.equal(chat.read.value, 2);
});

test("a gap is asked for, with the mark of what we know", async () => {
  const missing = { entries: [entry(2), entry(3, "closed", "agent", {})], more: false, recovered: true, read: 1 };
  const { chat, asked, tell } = chatOf(snapshot([entry(1)]), { resume: missing });
  tell("entry_added", { entry: entry(3, "closed", "agent", {}) });
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(asked, [["resume", { conversation: "c1", after: 1, mark: "mark1" }]]);
  assert.deepEqual([chat.log.position, chat.closed.value, chat.read.value], [3, true, 1]);
});

test("what belongs to another chat is not ours", () => {
  const { chat, tell } = chatOf(snapshot([entry(1)]));
  tell("entry_added", { conversation: "c2", entry: entry(2) });
  assert.equal(chat.log.position, 1);
});
