import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { bySort, byWaiting, settle } = await import("../../agents/static/agents/ordering.js");


const row = (conversation, fields) => ({ conversation, heard: 0, waited: null, last: null, sort: 0, ...fields });
const ids = (rows) => rows.map((each) => each.conversation);

test("my chats stand by how long each visitor has waited for us", () => {
  const rows = [row("short", { waited: 5 }), row("long", { waited: 90 }), row("middle", { waited: 40, heard: -10_000 })];
  assert.deepEqual(ids(byWaiting(rows, 0)), ["long", "middle", "short"]);
});

test("a chat that waits for nothing stands below those that wait, the latest word first", () => {
  const rows = [row("old", { last: { ago: 500 } }), row("new", { last: { ago: 2 } }), row("waits", { waited: 0 })];
  assert.deepEqual(ids(byWaiting(rows, 0)), ["waits", "new", "old"]);
});

test("equals never change places by themselves", () => {
  const rows = [row("b", { waited: 5 }), row("a", { waited: 5 })];
  assert.deepEqual(ids(byWaiting(rows, 0)), ids(byWaiting([...rows].reverse(), 0)));
});

test("the queue stands in the server's order", () => {
  assert.deepEqual(ids(bySort([row("x", { sort: 9 }), row("y", { sort: -2 }), row("z", { sort: 4 })])), ["y", "z", "x"]);
});

test("while held, nothing moves, what has gone keeps its place and what is new stands last", () => {
  assert.deepEqual(settle(["a", "b", "c"], ["new", "c", "a"], true), ["a", "b", "c", "new"]);
});

test("once let go, the list is as it should be", () => {
  assert.deepEqual(settle(["a", "b", "c", "new"], ["new", "c", "a"], false), ["new", "c", "a"]);
});
