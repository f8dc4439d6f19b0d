import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { MessageLog } from "../../support_chat/static/support_chat/message_log.js";
import { signal } from "../../support_chat/static/support_chat/vendor/preact.js";
import { entry } from "./fakes/entries.js";

register("./fakes/static_roots.js", import.meta.url);
const { followAll, strayFor } = await import("../../agents/static/agents/other_chats.js");

const ORDER = "Your order 84318931 left today.";

/** A chat that is open in this window, with what its visitor said. */
function open(id, name, texts, state = "active") {
  const log = new MessageLog(id);
  log.extend(texts.map((text, index) => entry(index + 1, { author: { role: "visitor" }, body: { text } })));
  return { id, log, stops: [], about: signal({ state, visitor: { name } }) };
}

function desk(chats, more = {}) {
  const inbox = { held: signal([]), rows: signal(new Map()), teammates: signal([]), me: signal({ name: "Ana Costa" }), ...more.inbox };
  return { chats: new Map(chats.map((chat) => [chat.id, chat])), inbox, outbox: { pending: signal(more.pending ?? []) } };
}

const canned = (...texts) => ({ all: signal(texts.map((text) => ({ text }))) });
const [vera, ben] = ["Vera", "Ben"];

test("what another open chat holds is named with whose chat it is, also when it comes later", () => {
  const [here, other] = [open("c1", vera, ["Hello"]), open("c2", ben, ["Hello"])];
  const all = desk([here, other]);
  followAll(all);
  assert.equal(strayFor(ORDER, here, all, canned()), null);
  other.log.apply(entry(2, { author: { role: "visitor" }, body: { text: "It is 84318931" } }));
  const stray = strayFor(ORDER, here, all, canned());
  assert.deepEqual([stray.fact.shown, stray.of], ["84318931", ben]);
});

test("a chat that is left is listened to no more", () => {
  const [here, other] = [open("c1", vera, ["Hello"]), open("c2", ben, ["Hello"])];
  followAll(desk([here, other]));
  assert.deepEqual([here.stops.length, other.stops.length], [1, 1]);
  followAll(desk([here, other]));
  assert.deepEqual([here.stops.length, other.stops.length], [1, 1]);
});

test("a closed chat does not count, one of mine that was not opened here does by its row", () => {
  const [here, closed] = [open("c1", vera, ["Hello"]), open("c2", ben, ["It is 84318931"], "closed")];
  assert.equal(strayFor(ORDER, here, desk([here, closed]), canned()), null);
  const row = { conversation: "c3", visitor: { name: "Ben Miller" }, last: { text: "It is 84318931" } };
  const inbox = { held: signal([row]), rows: signal(new Map([["c3", row]])) };
  assert.equal(strayFor(ORDER, here, desk([here], { inbox }), canned()).of, "Ben Miller");
  assert.equal(strayFor("Dear Ben Miller,", here, desk([here], { inbox }), canned()).fact.shown, "Ben Miller");
});

test("colleagues’ names and what stands in canned replies are ours", () => {
  const [here, other] = [open("c1", vera, ["Hello"]), open("c2", ben, ["I am Tom Baker. Is 84318931 your number? Is this Ana Costa?"])];
  const inbox = { teammates: signal([{ name: "Tom Baker" }]) };
  const all = desk([here, other], { inbox });
  assert.equal(strayFor("Tom Baker will help. I am Ana Costa.", here, all, canned()), null);
  assert.equal(strayFor(ORDER, here, all, canned("Call us: 8431 8931")), null);
  assert.notEqual(strayFor(ORDER, here, all, canned("Call us")), null);
});

test("what is on its way into this chat is held by it, and what is on its way into another is not", () => {
  const [here, other] = [open("c1", vera, ["Hello"]), open("c2", ben, ["It is 84318931"])];
  const pending = (conversation) => desk([here, other], { pending: [{ conversation, body: ORDER }] });
  assert.equal(strayFor(ORDER, here, pending("c1"), canned()), null);
  assert.notEqual(strayFor(ORDER, here, pending("c2"), canned()), null);
});

test("what is known of this chat’s visitor is no stranger’s", () => {
  const [here, other] = [open("c1", "Jane Doe", ["Hello"]), open("c2", ben, ["I am Jane Doe"])];
  assert.equal(strayFor("Dear Jane Doe,", here, desk([here, other]), canned()), null);
});
