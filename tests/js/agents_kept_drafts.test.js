import assert from "node:assert/strict";
import { register } from "node:module";
import test, { mock } from "node:test";

import { LostError, RefusedError } from "../../support_chat/static/support_chat/errors.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { signal } from "../../support_chat/static/support_chat/vendor/preact.js";
import { pass, withFakeTime } from "./fakes/outboxes.js";
import { settled } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
const { draftKey } = await import("../../agents/static/agents/drafts.js");
const { KeptDrafts } = await import("../../agents/static/agents/kept_drafts.js");

withFakeTime();

/** As the server keeps drafts, of one agent; `told` are the windows that hear of each. */
function server() {
  const [drafts, told, asked] = [new Map(), [], []];
  const all = { drafts, told, asked, fails: null };
  all.save = async ({ conversation, mode, text, version }) => {
    asked.push(text);
    await settled();
    if (all.fails) throw all.fails;
    const key = `${conversation} ${mode}`;
    const known = drafts.get(key) ?? { text: "", version: 0 };
    if (version < known.version) return { version: known.version, text: known.text };
    const saved = { text, version: Math.max(known.version, version) + 1 };
    drafts.set(key, saved);
    for (const window of told) window.heard({ conversation, mode, ...saved });
    return { version: saved.version };
  };
  return all;
}

/** A window of the agent, online and welcomed. */
function device(at = server(), { store = memoryStore(), welcome = {} } = {}) {
  const status = signal("online");
  const drafts = new KeptDrafts({ user: "ana", socket: { status, request: (_, fields) => at.save(fields) }, store });
  at.told.push(drafts);
  const listed = [...at.drafts].filter(([, { text }]) => text).map(([key, { text, version }]) => ({ conversation: key.split(" ")[0], mode: key.split(" ")[1], version, begun: text.slice(0, 9) }));
  const hello = () => drafts.welcome({ agent: { id: "a1" }, features: ["save_draft"], drafts: listed, ...welcome });
  hello();
  const box = (mode = "reply") => drafts.box("c1", mode);
  /** As the composer does it. */
  const write = (text, mode) => (text ? box(mode).store.set("", text) : box(mode).store.remove(""));
  const open = () => drafts.opened("c1", { reply: at.drafts.get("c1 reply"), note: at.drafts.get("c1 note") });
  const gone = () => at.told.splice(at.told.indexOf(drafts), 1);
  /** As the composer shows it, whose text this was. */
  const shown = (text) => ({ text: () => text, set: (next) => (write((text = next))) });
  return { at, drafts, status, store, hello, write, open, gone, shown, read: (mode) => box(mode).text };
}

test("a draft is saved a moment after typing stops, once", async () => {
  const { at, write } = device();
  for (const text of ["D", "De", "Dear"]) {
    write(text);
    await pass(0.5);
  }
  assert.deepEqual(at.asked, []);
  await pass(1);
  assert.deepEqual([at.asked, at.drafts.get("c1 reply")], [["Dear"], { text: "Dear", version: 1 }]);
});

test("it is saved at once when the agent turns to something else, and when it was sent", async () => {
  const { at, drafts, write } = device();
  write("Dear");
  drafts.flush();
  await settled();
  write("");
  await settled();
  await pass(10);
  assert.deepEqual([at.asked, at.drafts.get("c1 reply").text], [["Dear", ""], ""]);
});

test("replies and notes are kept apart", async () => {
  const { at, write } = device();
  write("Dear Vera");
  write("She asked before", "note");
  await pass(2);
  assert.deepEqual([...at.drafts].map(([key, { text }]) => [key, text]), [["c1 reply", "Dear Vera"], ["c1 note", "She asked before"]]);
});

test("another device lists it, and has all of it when the chat is opened", async () => {
  const one = device();
  one.write("Dear Vera, hello");
  await pass(2);
  const two = device(one.at);
  assert.equal(two.drafts.begunIn("c1"), "Dear Vera");
  two.open();
  assert.deepEqual([two.read(), two.drafts.begunIn("c1")], ["Dear Vera, hello", "Dear Vera, hello"]);
  assert.deepEqual(one.at.asked, ["Dear Vera, hello"]);
});

test("another window follows, and what it shows is not saved again", async () => {
  const one = device();
  const two = device(one.at);
  one.write("Dear");
  await pass(2);
  assert.deepEqual([two.read(), two.drafts.followed.value], ["Dear", { conversation: "c1", mode: "reply", text: "Dear" }]);
  two.drafts.follow("c1", "reply", two.shown(""));
  await pass(10);
  assert.deepEqual([one.at.asked, one.drafts.followed.value], [["Dear"], null]);
});

test("what was followed is over: it never comes back over what was written or sent since", async () => {
  const one = device();
  const two = device(one.at);
  one.write("Of the phone");
  await pass(2);
  const box = two.shown("");
  two.drafts.follow("c1", "reply", box);
  two.write("");
  const again = two.shown("");
  two.drafts.follow("c1", "reply", again);
  assert.deepEqual([box.text(), again.text(), two.drafts.followed.value], ["Of the phone", "", null]);
});

test("what is followed while another box stands open is over too, and a box takes what it holds by now", async () => {
  const one = device();
  const two = device(one.at);
  one.write("First");
  await pass(2);
  const note = two.shown("");
  two.drafts.follow("c1", "note", note);
  assert.deepEqual([note.text(), two.drafts.followed.value], ["", null]);
  one.write("Second");
  await pass(2);
  two.write("Typed here before that was shown");
  const box = two.shown("First");
  two.drafts.follow("c1", "reply", box);
  assert.equal(box.text(), "Typed here before that was shown");
});

test("a box that holds the very words already is left alone, with its caret", async () => {
  const one = device();
  const two = device(one.at);
  one.write("Dear");
  await pass(2);
  two.drafts.follow("c1", "reply", { text: () => "Dear", set: () => assert.fail("the caret would move") });
});

test("what was sent while another chat stood open leaves its box, here and in the other windows", async () => {
  const one = device();
  const two = device(one.at);
  one.write("Dear");
  await pass(2);
  one.drafts.empty("c1", "reply");
  const box = one.shown("Dear");
  one.drafts.follow("c1", "reply", box);
  await pass(10);
  assert.deepEqual([box.text(), one.read(), two.read(), one.at.asked], ["", "", "", ["Dear", ""]]);
});

test("a window that is being typed in does not follow: what is written last holds for both", async () => {
  const one = device();
  const two = device(one.at);
  one.write("One");
  await pass(0.5);
  two.write("Two");
  await pass(0.6);
  assert.deepEqual([one.read(), two.read()], ["One", "Two"]);
  for (let step = 0; step < 100; step += 1) await pass(0.1);
  assert.deepEqual([one.read(), two.read(), one.at.drafts.get("c1 reply").text], ["Two", "Two", "Two"]);
});

test("a window that has just been typed in follows once it rests", async () => {
  const one = device();
  const two = device(one.at);
  two.write("Two");
  await pass(1.5);
  one.write("");
  await settled();
  assert.equal(two.read(), "Two");
  await pass(5);
  assert.equal(two.read(), "");
});

test("what was written without a connection is saved with the next one", async () => {
  const { at, status, hello, write } = device();
  status.value = "offline";
  write("Dear");
  await pass(60);
  assert.deepEqual(at.asked, []);
  status.value = "online";
  hello();
  await settled();
  assert.deepEqual(at.asked, ["Dear"]);
});

test("what another device has saved since goes before what was left unsaved here", async () => {
  const store = memoryStore();
  const one = device(server(), { store });
  one.write("Draft");
  await pass(2);
  one.status.value = "offline";
  one.write("Draft of long ago");
  one.gone();
  const two = device(one.at);
  two.open();
  two.write("Draft of today");
  await pass(2);
  const again = device(one.at, { store });
  await pass(1);
  assert.deepEqual([again.read(), one.at.drafts.get("c1 reply").text], ["Draft of today", "Draft of today"]);
});

test("a draft that was sent from another device is gone here after a reload", async () => {
  const store = memoryStore();
  const one = device(server(), { store });
  one.write("Dear");
  await pass(2);
  one.gone();
  const two = device(one.at);
  two.open();
  two.write("");
  await settled();
  const again = device(one.at, { store });
  assert.deepEqual([again.read(), again.drafts.begunIn("c1")], ["", ""]);
});

test("a break, and a refusal for now, are tried again; a refusal for good is not", async () => {
  const { at, write, read } = device();
  for (const [fails, tries] of [[new LostError("closed", 1006), 2], [new RefusedError({ code: "busy", retry: true }), 2], [new RefusedError({ code: "not_found" }), 1]]) {
    at.asked.length = 0;
    at.fails = fails;
    write(`Dear ${fails.message}`);
    await pass(1.5);
    at.fails = null;
    await pass(20);
    assert.deepEqual([at.asked.length, read()], [tries, `Dear ${fails.message}`]);
  }
});

test("what was refused for good keeps its text when the connection comes back, and after a reload", async () => {
  for (const saved of [false, true]) {
    const store = memoryStore();
    const one = device(server(), { store });
    if (saved) one.write("Saved"), await pass(2);
    one.at.fails = new RefusedError({ code: "bad_field" });
    one.write("Refused");
    await pass(2);
    one.hello();
    assert.equal(one.read(), "Refused");
    one.gone();
    one.at.drafts.clear();
    const again = device(one.at, { store });
    assert.equal(again.read(), "Refused");
    one.at.fails = null;
    again.write("Refused no more");
    await pass(5);
    assert.equal(one.at.drafts.get("c1 reply").text, "Refused no more");
    one.at.drafts.clear();
    again.hello();
    assert.equal(again.read(), "", "what was saved and is listed no more was sent elsewhere");
  }
});

test("a draft that is just being saved stays when the connection comes back meanwhile", async () => {
  const { write, hello, read } = device();
  write("Dear");
  await pass(0.5);
  mock.timers.tick(600);
  hello();
  assert.equal(read(), "Dear");
  await settled();
});

test("what was begun before drafts were kept on the server comes to it", async () => {
  const store = memoryStore();
  store.set("support-chat:console:draft:ana:c1:note", "Old words");
  const { at } = device(server(), { store });
  await settled();
  assert.equal(at.drafts.get("c1 note").text, "Old words");
});

test("nothing is asked of a server that keeps none, nor for somebody who is no agent", async () => {
  for (const welcome of [{ features: ["files"] }, { agent: { id: "" } }]) {
    const { at, write, drafts } = device(server(), { welcome });
    write("Dear");
    await pass(10);
    assert.deepEqual([at.asked, drafts.begunIn("c1")], [[], "Dear"]);
  }
});

test("a text that is too long to be sent stays in this browser", async () => {
  const { at, write, read } = device();
  write("x".repeat(8001));
  await pass(10);
  assert.deepEqual([at.asked, read().length], [[], 8001]);
});

test("a server that was restored to an older state is told again", async () => {
  const one = device();
  one.write("Dear");
  await pass(2);
  one.at.drafts.clear();
  one.open();
  await settled();
  assert.equal(one.at.drafts.get("c1 reply").text, "Dear");
});

test("a list that asks what is begun in its chats makes no box of any", () => {
  const store = memoryStore();
  const drafts = new KeptDrafts({ user: "ana", socket: { status: signal("offline"), request: async () => ({}) }, store });
  const made = [];
  drafts.box = (...box) => (made.push(box), KeptDrafts.prototype.box.call(drafts, ...box));
  assert.equal(drafts.begunIn("c1"), "");
  assert.deepEqual(made, []);
  store.set(draftKey("ana", "c1", "note"), "Call them");
  assert.equal(drafts.begunIn("c1"), "Call them");
});
