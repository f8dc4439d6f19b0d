import assert from "node:assert/strict";
import { register } from "node:module";
import { beforeEach, mock, test } from "node:test";

/** @type {any} */
const page = globalThis;
page.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none
const element = () => ({ setAttribute() {}, style: {}, append() {}, remove() {}, isConnected: true, ownerDocument: page.document });
page.document = { hidden: false, addEventListener() {}, createElement: element, body: { append() {} } };

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { RefusedError } = await import("../../support_chat/static/support_chat/errors.js");
const { mayReadAlong, ReadingAlong, readsAlong, shareDrafts } = await import("../../agents/static/agents/reading_along.js");
const { Viewers } = await import("../../agents/static/agents/viewers.js");

/** @type {any} */
let desk;
/** @type {[string, any][]} */
let said;
/** @type {Record<string, (news: any) => void>} */
let heard;
/** @type {Error | null} */
let refusal;
/** @type {InstanceType<typeof Viewers>} */
let viewers;
/** @type {InstanceType<typeof ReadingAlong>} */
let reading;

const ben = { id: "ben", name: "Ben" };
const sue = { id: "sue", name: "Sue" };
const chat = (/** @type {string} */ id) => ({ id, about: signal({}) });
const sent = (/** @type {string} */ name) => said.filter(([each]) => each === name).map(([, fields]) => fields);
const drafts = () => sent("share_draft").map(({ text }) => text);
const sees = (/** @type {any} */ agent, /** @type {any} */ more = {}) => heard.viewing({ conversation: "c1", agent, viewing: true, ...more });

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  [said, heard, refusal, shareDrafts.value] = [[], {}, null, true];
  const socket = {
    welcome: { features: ["together", "share_draft"] },
    on: (/** @type {string} */ name, /** @type {any} */ fn) => (heard[name] = fn),
    onWelcome: (/** @type {any} */ fn) => (heard.welcome = fn),
    request: async (/** @type {string} */ name, /** @type {any} */ fields) => {
      said.push([name, fields]);
      if (refusal && fields.reads) throw refusal;
    },
  };
  desk = { socket, inbox: { me: signal({ id: "ana" }) }, front: signal(null) };
  viewers = new Viewers(desk);
  reading = new ReadingAlong(desk, viewers);
  viewers.follow();
  reading.follow();
  desk.front.value = chat("c1");
});

test("nothing of what is written is told while nobody reads along", () => {
  sees(ben, { shares: true });
  reading.stands("c1", "reply", "Dear Vera");
  mock.timers.tick(5000);
  assert.deepEqual(drafts(), []);
});

test("who reads along reads it at once, and then once a second at most", () => {
  reading.stands("c1", "reply", "Dear");
  sees(sue, { reads: true });
  mock.timers.tick(0);
  assert.deepEqual(sent("share_draft"), [{ conversation: "c1", mode: "reply", text: "Dear", readers: ["sue"] }]);
  for (const text of ["Dear V", "Dear Ve", "Dear Vera"]) reading.stands("c1", "reply", text);
  mock.timers.tick(999);
  assert.deepEqual(drafts(), ["Dear"]);
  mock.timers.tick(1);
  assert.deepEqual(drafts(), ["Dear", "Dear Vera"]);
});

test("an emptied box is told once, and nothing after the reader has gone", () => {
  sees(sue, { reads: true });
  reading.stands("c1", "reply", "Dear");
  mock.timers.tick(0);
  reading.stands("c1", "reply", "");
  mock.timers.tick(1000);
  sees(sue, { reads: true });
  mock.timers.tick(1000);
  assert.deepEqual(drafts(), ["Dear", ""]);
  sees(sue);
  reading.stands("c1", "reply", "Dear Vera");
  mock.timers.tick(1000);
  assert.deepEqual(drafts(), ["Dear", ""]);
});

test("what is longer than can be sent is told as far as it can", () => {
  sees(sue, { reads: true });
  reading.stands("c1", "reply", "😀".repeat(8001));
  mock.timers.tick(0);
  assert.equal([...drafts()[0]].length, 8000);
});

test("who lets nobody read along tells nothing, whoever asks", () => {
  sees(sue, { reads: true });
  shareDrafts.value = false;
  reading.stands("c1", "reply", "Dear");
  mock.timers.tick(1000);
  assert.deepEqual([drafts(), reading.readers("c1")], [[], []]);
});

test("a change of that setting is told to whoever looks at the chat", () => {
  said.length = 0;
  heard.own_settings_changed({ share_drafts: false });
  assert.deepEqual(said, [["look_at", { conversation: "c1" }]]);
});

test("reading along is asked for, said anew while it lasts, and ended", () => {
  sees(ben, { shares: true });
  reading.toggle("ben");
  assert.deepEqual(said.at(-1), ["look_at", { conversation: "c1", reads: "ben" }]);
  mock.timers.tick(25_000);
  assert.deepEqual(said.at(-1), ["look_at", { conversation: "c1", reads: "ben" }]);
  heard.draft_shared({ conversation: "c1", agent: ben, mode: "reply", text: "Dear" });
  assert.deepEqual(reading.draft.value, { mode: "reply", text: "Dear" });
  reading.toggle("ben");
  assert.deepEqual([said.at(-1), reading.draft.value], [["look_at", { conversation: "c1" }], null]);
  heard.draft_shared({ conversation: "c1", agent: ben, mode: "reply", text: "Dear Vera" });
  assert.equal(reading.draft.value, null);
});

test("of an emptied box, another chat and another colleague nothing is shown", () => {
  sees(ben, { shares: true });
  reading.toggle("ben");
  heard.draft_shared({ conversation: "c2", agent: ben, mode: "reply", text: "Dear" });
  heard.draft_shared({ conversation: "c1", agent: sue, mode: "reply", text: "Dear" });
  assert.equal(reading.draft.value, null);
  heard.draft_shared({ conversation: "c1", agent: ben, mode: "note", text: "She" });
  heard.draft_shared({ conversation: "c1", agent: ben, mode: "note", text: "" });
  assert.equal(reading.draft.value, null);
});

for (const [how, go] of /** @type {[string, () => void][]} */ ([
  ["the colleague goes", () => heard.viewing({ conversation: "c1", agent: ben, viewing: false })],
  ["the colleague does not want it any more", () => sees(ben)],
  ["the agent opens another chat", () => (desk.front.value = chat("c2"))],
]))
  test(`it is over when ${how}`, () => {
    sees(ben, { shares: true });
    reading.toggle("ben");
    heard.draft_shared({ conversation: "c1", agent: ben, mode: "reply", text: "Dear" });
    go();
    assert.deepEqual([viewers.reads.value, reading.draft.value, said.at(-1)?.[1].reads], ["", null, undefined]);
  });

test("it goes on after a new connection", () => {
  sees(ben, { shares: true });
  reading.toggle("ben");
  heard.welcome({});
  assert.deepEqual(said.at(-1), ["look_at", { conversation: "c1", asks: true, reads: "ben" }]);
});

test("who may not, is still seen in the chat", async () => {
  sees(ben, { shares: true });
  refusal = new RefusedError({ code: "not_allowed", message: "", retry: false });
  reading.toggle("ben");
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual([viewers.reads.value, said.at(-1)], ["", ["look_at", { conversation: "c1" }]]);
});

test("whose chat it is, who helps in it and who supervises its queue may; a colleague may not", () => {
  const may = (/** @type {any} */ about, /** @type {boolean} */ supervises = false) => {
    const inbox = { me: signal({ id: "ana" }), amIn: () => supervises };
    const log = { entries: signal([]) };
    return mayReadAlong(/** @type {any} */ ({ inbox }), /** @type {any} */ ({ about: signal({ queue: { id: "q" }, agent: ben, ...about }), log }));
  };
  assert.deepEqual([may({ agent: { id: "ana" } }), may({ participants: { ana: "guest" } }), may({}, true)], [true, true, true]);
  assert.deepEqual([may({}), may({ participants: { ana: "asking" } }), may({ agent: null })], [false, false, false]);
});

test("one and several readers are named", () => {
  assert.equal(readsAlong([sue]), "Sue reads along");
  assert.equal(readsAlong([ben, sue]), "Ben, Sue read along");
});
