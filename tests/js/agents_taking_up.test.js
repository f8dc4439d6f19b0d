import assert from "node:assert/strict";
import { register } from "node:module";
import { beforeEach, test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.document ??= Object.assign(new EventTarget(), { documentElement: { dataset: {} }, querySelector: () => null });
const KEY = "support-chat:console:preferences";
const stored = new Map([[KEY, JSON.stringify({ look: "dark", undo: 7 })]]);
globalThis.localStorage = /** @type {any} */ ({ getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => stored.set(key, value), removeItem: (key) => stored.delete(key) });
const { ACTIONS } = await import("../../agents/static/agents/actions.js");
const { keyOf } = await import("../../agents/static/agents/keymap.js");
const { openDoor, setSharing, setUndo } = await import("../../agents/static/agents/own_settings.js");
const { prefer, preferences } = await import("../../agents/static/agents/preferences.js");
const { shareDrafts } = await import("../../agents/static/agents/reading_along.js");
const { takeUpOwn } = await import("../../agents/static/agents/taking_up.js");
const { undoFor, UndoSend } = await import("../../agents/static/agents/undo_send.js");

const tick = () => new Promise((done) => setTimeout(done));
const kept = () => JSON.parse(stored.get(KEY)).undo;
let sent = [];
let ok = true;

beforeEach(() => {
  [sent, ok] = [[], true];
  globalThis.fetch = async (_, { body }) => (sent.push(JSON.parse(body)), /** @type {any} */ ({ ok }));
  openDoor("/api/v1/me/", () => "proof");
  undoFor.value = 0;
  prefer({ undo: 7 });
});

/** A console that was welcomed; what it hears. */
function console(own) {
  const on = {};
  const socket = { welcome: { own }, onWelcome: (fn) => (on.welcome = fn), on: (name, fn) => (on[name] = fn) };
  takeUpOwn(/** @type {any} */ ({ socket }));
  return on;
}

test("what this browser kept is given to the server once, for an agent who never chose", async () => {
  assert.equal(preferences.peek().undo, 7);
  const on = console({ keys: {}, undo_send: null });
  await tick();
  assert.deepEqual([sent, undoFor.value, kept()], [[{ undo_send: 7 }], 7, undefined]);
  on.welcome({ own: { keys: {}, undo_send: 7 } });
  await tick();
  assert.equal(sent.length, 1);
});

test("what the agent has chosen since holds, and what this browser kept is forgotten", async () => {
  console({ keys: {}, undo_send: 0 });
  await tick();
  assert.deepEqual([sent, undoFor.value, kept()], [[], 0, undefined]);
});

test("what the server did not take is kept here for the next time", async () => {
  ok = false;
  console({ keys: {}, undo_send: null });
  await tick();
  assert.deepEqual([undoFor.value, kept()], [0, 7]);
});

test("another window's choice holds here at once, for what is sent from then on", () => {
  const on = console({ keys: {}, undo_send: 0 });
  on.own_settings_changed({ keys: { close: "q" }, undo_send: 5 });
  const held = [];
  const outbox = { pending: { value: [] }, post: (chat, body, how) => (held.push(how.held?.state === "held"), "id"), retry() {} };
  const undo = new UndoSend(/** @type {any} */ (outbox));
  undo.post("c1", "hello");
  undo.stop();
  assert.deepEqual([undoFor.value, held, keyOf(ACTIONS.find(({ id }) => id === "close"))], [5, [true], "q"]);
});

test("a server that says nothing of it changes nothing", () => {
  undoFor.value = 3;
  console(undefined);
  assert.equal(undoFor.value, 3);
});

test("a choice shows at once, and goes back where it is not kept", async () => {
  const chosen = setUndo(5);
  assert.equal(undoFor.value, 5);
  assert.equal(await chosen, true);
  ok = false;
  assert.equal(await setUndo(9), false);
  assert.equal(undoFor.value, 5);
});

test("whether colleagues read along is as the server has it, and as it was where a choice is not kept", async () => {
  const on = console({ keys: {}, undo_send: 0, share_drafts: false });
  assert.equal(shareDrafts.value, false);
  on.own_settings_changed({ keys: {}, undo_send: 0, share_drafts: true });
  assert.equal(shareDrafts.value, true);
  sent.length = 0;
  assert.equal(await setSharing(false), true);
  assert.deepEqual([sent, shareDrafts.value], [[{ share_drafts: false }], false]);
  ok = false;
  assert.equal(await setSharing(true), false);
  assert.equal(shareDrafts.value, false);
});

test("what is not kept takes nothing back that was chosen meanwhile", async () => {
  const on = console({ keys: {}, undo_send: 5 });
  ok = false;
  const refused = setUndo(9);
  on.own_settings_changed({ keys: {}, undo_send: 3 });
  await refused;
  assert.equal(undoFor.value, 3);
});
