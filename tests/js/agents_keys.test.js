import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { speakingPage } from "./fakes/speech.js";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
globalThis.document = speakingPage();
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { whoseIs } = await import("../../agents/static/agents/chat_state.js");
const { listenForKeys } = await import("../../agents/static/agents/keys.js");

const chat = (id) => ({ id, about: signal({ state: "active", agent: { id: "ana" }, queue: { name: "Orders" } }), refusal: signal(null) });

/** Ana has two chats, and this one stands open. */
function here(open = chat("one")) {
  const did = [];
  const desk = {
    did,
    front: signal(open),
    boardShown: signal(false),
    asking: signal(null),
    get inHand() { return `${desk.front.peek().id} ${desk.inbox.offers.peek()[0]?.conversation}`; },
    chats: new Map(),
    inbox: { rows: signal(new Map()), find: () => null, me: signal({ id: "ana" }), offers: signal([]), queues: signal([]) },
    deeds: { busy: signal(new Map()), act: async (name, id) => did.push(`${name} ${id}`), accept: async (id) => did.push(`accept ${id}`) },
  };
  return { desk, focus: signal(null) };
}

/** A key that was pressed while the code for it was on its way, with what the agent had in hand then. */
const early = ({ desk }, key) => ({ inHand: desk.inHand, event: { key, timeStamp: performance.now(), target: { closest: () => null }, preventDefault() {} } });

test("an early key does what it was pressed for", (t) => {
  const place = here();
  t.after(listenForKeys(place, [early(place, "e")]));
  assert.deepEqual(place.desk.did, ["close one"]);
});

test("an early key never acts on another chat than it was pressed for, and still shows the sheet", (t) => {
  const place = here();
  const keys = ["e", "t", "?"].map((key) => early(place, key));
  place.desk.front.value = chat("two");
  t.after(listenForKeys(place, keys));
  assert.deepEqual([place.desk.did, place.desk.asking.value], [[], { name: "keys" }]);
});

test("an early key accepts no other offer than the one that stood there", (t) => {
  const place = here();
  const key = early(place, "a");
  place.desk.inbox.offers.value = [{ conversation: "new" }];
  t.after(listenForKeys(place, [key]));
  assert.deepEqual([place.desk.did, place.desk.asking.value], [[], null]);
});

test("a supervisor gives a colleague's chat to a third, also one that stands in none of their lists", (t) => {
  const theirs = Object.assign(chat("bens"), { about: signal({ state: "active", agent: { id: "ben", name: "Ben" }, queue: { id: "returns", name: "Returns" } }) });
  for (const [supervises, asked] of [["returns", { name: "assign", id: "bens" }], ["orders", null]]) {
    const place = here(theirs);
    place.desk.chats = new Map([["bens", theirs]]);
    place.desk.inbox.find = () => null;
    place.desk.inbox.amIn = (queue, role) => role === "supervisor" && queue === supervises;
    t.after(listenForKeys(place, [early(place, "g")]));
    assert.deepEqual(place.desk.asking.value, asked);
  }
});

test("whose a chat is says its row, else the open chat, else the row that left", () => {
  const desk = { chats: new Map(), inbox: { rows: signal(new Map()), find: () => ({ queue: "orders", wanted: null, agent: null }) } };
  assert.deepEqual(whoseIs(desk, "one"), { queue: "orders", agent: null });
  desk.chats.set("one", { about: signal({ agent: { id: "ben" }, queue: { id: "returns" } }) });
  assert.deepEqual(whoseIs(desk, "one"), { queue: "returns", agent: { id: "ben" } });
  desk.inbox.rows.value = new Map([["one", { queue: "returns", wanted: "orders", agent: { id: "kim" } }]]);
  assert.deepEqual(whoseIs(desk, "one"), { queue: "orders", agent: { id: "kim" } });
});
