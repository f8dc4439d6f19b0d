import assert from "node:assert/strict";
import { register } from "node:module";
import test, { before } from "node:test";

import { entries, snapshot } from "./fakes/entries.js";
import { sharedStorage } from "./fakes/stores.js";
import { settled } from "./fakes/web_socket.js";

globalThis.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { MessageLog } = await import("../../support_chat/static/support_chat/message_log.js");
const { Attention } = await import("../../widget/static/widget/attention.js");

const spoken = [];

/** As much of a page as a spoken line needs. */
before(() => {
  const nothing = () => {};
  const append = ({ textContent }) => textContent && spoken.push(textContent);
  const element = () => ({ style: {}, setAttribute: nothing, append, remove: nothing, isConnected: true, ownerDocument: page });
  const page = { createElement: element, body: { append: nothing } };
  globalThis.document = page;
});

/** The attention of one tab whose chat has entries up to 5. */
function tabOf(store) {
  const log = new MessageLog("c1");
  log.adopt(snapshot(1, 5));
  const counted = [];
  const visitor = {
    store,
    keyOf: (what) => what,
    current: signal({ id: "c1", log }),
    host: { opened: signal(true), say: (word, { detail }) => counted.push(detail) },
    socket: { status: signal("online"), onWelcome() {}, request: async () => ({}) },
  };
  const attention = new Attention(visitor);
  attention.begin();
  return { attention, log, counted };
}

test("what was seen in one tab is not new in another", async () => {
  const { tab } = sharedStorage();
  const [one, two] = [tabOf(tab()), tabOf(tab())];
  assert.deepEqual([one.counted.at(-1), two.counted.at(-1)], [5, 5]);
  one.attention.saw(5);
  await settled();
  assert.deepEqual([one.counted.at(-1), two.counted.at(-1)], [0, 0]);
});

test("in a chat that was taken anew, in an older state, new messages count again", () => {
  const { attention, log, counted } = tabOf(sharedStorage().tab());
  attention.saw(5);
  log.adopt(snapshot(1, 3));
  assert.equal(counted.at(-1), 0);
  log.extend(entries(4, 4));
  assert.equal(counted.at(-1), 1);
});

test("also when it happened while the page was away", () => {
  const { tab } = sharedStorage();
  const store = tab();
  store.set("seen", JSON.stringify(["c1", 9]));
  const { log, counted } = tabOf(store);
  log.extend(entries(6, 7));
  assert.equal(counted.at(-1), 2);
});

test("that a connection dropped and is back is said aloud once; the visitor's own coming and going is not", () => {
  const { log } = tabOf(sharedStorage().tab());
  const come = (position, kind, role) => ({ ...entries(position, position)[0], kind, author: { role, id: role, name: "Ana" }, body: {} });
  spoken.length = 0;
  log.extend([come(6, "left", "agent"), come(7, "left", "visitor")]);
  log.extend([come(8, "joined", "agent"), come(9, "joined", "visitor")]);
  assert.deepEqual(spoken, ["Ana's connection dropped. One moment, please.", "Ana is back"]);
});
