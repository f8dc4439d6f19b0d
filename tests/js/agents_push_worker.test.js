// What the worker makes of a push, in a browser of which only the notices and the windows are real enough.
import assert from "node:assert/strict";
import test from "node:test";

const hears = {};
const shown = [];
const opened = [];
let windows = [];
Object.assign(globalThis, {
  addEventListener: (name, hear) => (hears[name] = hear),
  clients: { matchAll: async () => windows, openWindow: async (address) => opened.push(address) },
  registration: { showNotification: async (title, options) => shown.push({ title, ...options }) },
});
await import("../../agents/static/agents/push_worker.js");

async function happens(name, event) {
  let done;
  hears[name]({ ...event, waitUntil: (work) => (done = work) });
  await done;
}

const pushed = (told) => happens("push", { data: told && { json: () => told } });
const clicked = (chat) => happens("notificationclick", { notification: { close() {}, data: { chat } } });
const page = (path, visibilityState = "visible") => ({ url: `https://chat.example${path}`, visibilityState, heard: [], focused: 0, postMessage(said) { this.heard.push(said); }, async focus() { this.focused += 1; } });

test("of one chat there is one notice, which opens it", async () => {
  shown.length = 0;
  await pushed({ title: "A visitor wrote", body: "In the queue Orders", chat: "c1", tag: "row1" });
  await pushed({ title: "A visitor wrote", body: "In the queue Orders", chat: "c1", tag: "row2" });
  assert.deepEqual(shown.map(({ tag }) => tag), ["c1", "c1"]);
  assert.deepEqual(shown[0].data, { chat: "c1" });
});

test("a push is shown while no console is before anybody's eyes, whatever other page of ours is", async () => {
  shown.length = 0;
  windows = [page("/console/settings/"), page("/widget/panel/"), page("/console/transcripts/"), page("/console/", "hidden")];
  await pushed({ title: "A visitor wrote", chat: "c1" });
  assert.deepEqual(shown.map(({ title }) => title), ["A visitor wrote"]);
});

test("a console that is looked at tells of chats itself, and a test is shown all the same", async () => {
  shown.length = 0;
  windows = [page("/console/?x#c")];
  await pushed({ title: "A visitor wrote", chat: "c1" });
  assert.deepEqual(shown, []);
  await pushed({ title: "A test", tag: "row" });
  assert.deepEqual(shown.map(({ title, tag }) => [title, tag]), [["A test", "row"]]);
  windows = [];
});

test("a push that says nothing is a notice all the same, as browsers ask", async () => {
  shown.length = 0;
  await pushed(null);
  assert.deepEqual(shown.map(({ title, body }) => [title, body]), [["Support Chat", ""]]);
});

test("a click opens the chat in a console that is there, else in a new one", async () => {
  const there = page("/console/", "hidden");
  windows = [page("/console/settings/"), there];
  await clicked("c1");
  assert.deepEqual([there.heard, there.focused, opened], [[{ open: "c1" }], 1, []]);
  windows = [page("/console/settings/")];
  await clicked("a/b");
  await clicked("");
  assert.deepEqual(opened, ["/console/#a%2Fb", "/console/"]);
});
