import assert from "node:assert/strict";
import { register } from "node:module";
import { beforeEach, test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.document ??= Object.assign(new EventTarget(), { documentElement: { dataset: {} }, querySelector: () => null });
const { ACTIONS } = await import("../../agents/static/agents/actions.js");
const { actionAt, begin, conflictOf, isCharacter, isUsual, keyOf, reset, setKey } = await import("../../agents/static/agents/keymap.js");
const { openDoor } = await import("../../agents/static/agents/own_settings.js");

const named = (id) => ACTIONS.find((action) => action.id === id);
let sent = [];
let answer = { ok: true };

beforeEach(() => {
  sent = [];
  answer = { ok: true };
  globalThis.fetch = async (path, { headers, body }) => (sent.push([path, headers["X-CSRFToken"], JSON.parse(body)]), answer);
  openDoor("/api/v1/me/", () => "proof");
  begin({});
});

test("each action has an id and a key of its own", () => {
  assert.equal(new Set(ACTIONS.map(({ id }) => id)).size, ACTIONS.length);
  const keyed = ACTIONS.filter(({ key }) => key);
  assert.equal(new Set(keyed.map(({ key }) => key)).size, keyed.length);
  for (const action of keyed) assert.equal(actionAt(action.key), action);
});

test("the keys that every product has do what they do there", () => {
  const usual = { j: "next", k: "before", r: "reply", n: "note", a: "accept", e: "close", "?": "help" };
  for (const [key, id] of Object.entries(usual)) assert.equal(actionAt(key)?.id, id);
  assert.equal(actionAt("J")?.id, "next", "with Caps Lock");
});

test("a key chosen anew works at once, and the server keeps it", async () => {
  assert.equal(await setKey(named("close"), "Q"), true);
  assert.equal(actionAt("q")?.id, "close");
  assert.equal(actionAt("e"), undefined);
  assert.deepEqual(sent, [["/api/v1/me/", "proof", { keys: { close: "q" } }]]);
});

test("what the server did not keep is as it was", async () => {
  answer = { ok: false };
  assert.equal(await setKey(named("close"), "q"), false);
  assert.equal(keyOf(named("close")), "e");
  globalThis.fetch = async () => { throw new TypeError("no connection"); };
  assert.equal(await reset(), false);
});

test("an action may do without a key, and no key is nobody's", async () => {
  await setKey(named("board"), "");
  assert.equal(keyOf(named("board")), "");
  assert.equal(actionAt(""), undefined);
  assert.equal(actionAt("b"), undefined);
});

test("a key that the agent chose stays what they chose it for, whatever a later release begins with it", () => {
  begin({ note: "w" });
  assert.deepEqual([actionAt("w")?.id, keyOf(named("whisper"))], ["note", ""]);
});

test("a key that is taken says by what, and one's own is no conflict", () => {
  assert.equal(conflictOf(named("close"), "N")?.id, "note");
  assert.equal(conflictOf(named("close"), "e"), undefined);
  assert.equal(conflictOf(named("close"), "q"), undefined);
});

test("the usual key again leaves nothing to keep, and all of them can be had back", async () => {
  await setKey(named("close"), "q");
  await setKey(named("close"), "e");
  assert.deepEqual(sent.at(-1)[2], { keys: {} });
  await setKey(named("close"), "q");
  assert.equal(isUsual(), false);
  await reset();
  assert.equal(isUsual(), true);
  assert.equal(actionAt("e")?.id, "close");
});

test("only what one key makes can be a key", () => {
  for (const key of ["a", "?", "ß", "5"]) assert.ok(isCharacter(key));
  for (const key of ["Enter", "F1", " ", ""]) assert.ok(!isCharacter(key));
});

test("a change that is refused late takes back no other one", async () => {
  const answers = [];
  globalThis.fetch = () => new Promise((done) => answers.push(done));
  const [first, second] = [setKey(named("close"), "q"), setKey(named("board"), "w")];
  answers[1]({ ok: true });
  await second;
  answers[0]({ ok: false });
  await first;
  assert.deepEqual([keyOf(named("close")), keyOf(named("board"))], ["q", "w"], "the second carried the first");
});

test("where neither of two changes is kept, the keys are as the server has them", async () => {
  answer = { ok: false };
  await Promise.all([setKey(named("close"), "q"), setKey(named("board"), "w")]);
  assert.deepEqual([keyOf(named("close")), keyOf(named("board"))], ["e", "b"]);
});
