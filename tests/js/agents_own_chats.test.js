import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { MessageLog } from "../../support_chat/static/support_chat/message_log.js";
import { signal } from "../../support_chat/static/support_chat/vendor/preact.js";
import { entry } from "./fakes/entries.js";
import { settled } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
const { readOwnChats } = await import("../../agents/static/agents/own_chats.js");
const { strayFor } = await import("../../agents/static/agents/other_chats.js");
const { guardedEdits } = await import("../../agents/static/agents/guarded_edits.js");
const { strayOf } = await import("../../agents/static/agents/macro_dialog.js");

const ORDER = "Your order 84318931 left today.";
const canned = { all: signal([]) };

function chatOf(id, texts = []) {
  const log = new MessageLog(id);
  log.extend(texts.map((text, index) => entry(index + 1, { author: { role: "visitor" }, body: { text } })));
  return { id, log, stops: [], loading: signal(true), about: signal({ state: "active", visitor: { name: `Visitor ${id}` } }) };
}

/** Ana's window, in which c1 alone is open; of the others it has rows. */
function desk({ held = ["c1", "c2", "c3"], capacity = 4, texts = {} } = {}) {
  const asked = [];
  const front = chatOf("c1", ["Hello"]);
  const rows = held.map((conversation) => ({ conversation, visitor: { name: "Somebody" }, last: { text: "Thanks" } }));
  const all = {
    asked,
    chats: new Map([["c1", front]]),
    front: signal(front),
    socket: { status: signal("online") },
    outbox: { pending: signal([]) },
    inbox: { held: signal(rows), rows: signal(new Map(rows.map((row) => [row.conversation, row]))), me: signal({ capacity, name: "Ana Costa" }), teammates: signal([]) },
    unfold: (id) => (asked.push(id), chatOf(id, texts[id])),
    fold() {},
  };
  all.came = async (id) => {
    all.chats.get(id).loading.value = false;
    await settled();
  };
  return all;
}

test("own chats that were not opened here are read one after the other, and the one in front stays the newest", async () => {
  const [all, idle] = [desk(), []];
  readOwnChats(all, (fn) => idle.push(fn));
  assert.deepEqual([all.asked, idle.length], [[], 1]);
  idle.shift()();
  assert.deepEqual([all.asked, idle.length], [["c2"], 0]);
  await all.came("c2");
  idle.shift()();
  await all.came("c3");
  assert.deepEqual([all.asked, idle.length, [...all.chats.keys()]], [["c2", "c3"], 0, ["c2", "c3", "c1"]]);
});

test("no more of them than one takes, none without a connection, and whatever is given later", async () => {
  const all = desk({ held: ["c1", "c2", "c3"], capacity: 2 });
  all.socket.status.value = "offline";
  readOwnChats(all, (fn) => fn());
  assert.deepEqual(all.asked, []);
  all.socket.status.value = "online";
  await all.came("c2");
  assert.deepEqual(all.asked, ["c2"]);
  all.inbox.held.value = [{ conversation: "c9" }];
  assert.deepEqual(all.asked, ["c2", "c9"]);
});

test("what an own chat holds counts, however long ago it was said, though nobody has opened it since the reload", async () => {
  const all = desk({ texts: { c3: ["It is 84318931", "And?", "Thanks"] } });
  const stray = () => strayFor(ORDER, all.front.peek(), all, canned)?.fact.shown ?? null;
  assert.equal(stray(), null);
  readOwnChats(all, (fn) => fn());
  await all.came("c2");
  await all.came("c3");
  assert.equal(stray(), "84318931");
});

/** Two chats, in which an agent changes messages; what reached the server. */
function editing() {
  const all = desk();
  const other = chatOf("c2", ["It is 84318931"]);
  all.chats.set("c2", other);
  const sent = [];
  const chat = all.front.peek();
  chat.socket = { request: async (command, fields) => (sent.push([command, fields.body]), {}) };
  return { all, sent, ...guardedEdits(all, chat, canned) };
}

test("a message that is changed to hold what is another chat's is asked about, once for the same words", async () => {
  const { socket, sent, words } = editing();
  const refusal = await socket.request("edit_message", { body: ORDER }).catch((error) => error);
  assert.deepEqual([sent, refusal.code], [[], "stray"]);
  assert.equal(words.failed(refusal.code), "84318931 is from the chat with Visitor c2. Save again to keep it, Escape returns.");
  await socket.request("edit_message", { body: ORDER });
  assert.deepEqual(sent, [["edit_message", ORDER]]);
});

test("other words are asked about anew; what is its own and what is taken back goes", async () => {
  const { socket, sent, words } = editing();
  await socket.request("edit_message", { body: ORDER }).catch(() => {});
  await assert.rejects(socket.request("edit_message", { body: `${ORDER} Sorry.` }), { code: "stray" });
  await socket.request("edit_message", { body: "It left today." });
  await socket.request("retract_message", {});
  assert.deepEqual(sent, [["edit_message", "It left today."], ["retract_message", undefined]]);
  assert.equal(words.failed("not_allowed"), "This can no longer be changed.");
});

test("a macro's replies are looked at before it runs, its notes are not", () => {
  const { all } = editing();
  const step = (kind) => [{ step: { do: kind }, says: "", words: ORDER, missing: null }];
  assert.equal(strayOf(step("reply"), all, "c1", canned)?.of, "Visitor c2");
  assert.equal(strayOf(step("note"), all, "c1", canned), null);
});
