import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { othersIn } = await import("../../agents/static/agents/merge_dialog.js");
const { mayMerge, undoable } = await import("../../agents/static/agents/same_person.js");

const found = (who) => ({ kind: "person", who, visitor: "Vera", conversation: `chat of ${who}` });

test("to choose are those who are found, but not this visitor nor who is said to be them, nor whom an older server does not name", () => {
  const about = { visitor: { id: "v" }, same: [{ id: "w" }] };
  assert.deepEqual(othersIn([found("v"), found("w"), found("x"), found(undefined)], about).map(({ who }) => who), ["x"]);
});

test("a merge can be undone as long as the server said that it could", () => {
  const same = [{ id: "w", name: "Wim", undo_in: 60 }, { id: "x", name: "Xenia", undo_in: null }];
  const chat = (seconds) => ({ about: signal({ same }), aboutHeard: Date.now() - seconds * 1000 });
  assert.deepEqual([undoable(chat(30)), undoable(chat(90))].map((all) => all.map(({ id }) => id)), [["w"], []]);
});

test("whoever only reads chats merges nobody, and nobody does where there is no search", () => {
  const desk = (id, features) => ({ inbox: { me: signal({ id }) }, socket: { welcome: { features } } });
  const chat = { about: signal({ same: [] }) };
  assert.deepEqual([desk("ana", ["search"]), desk("", ["search"]), desk("ana", [])].map((each) => mayMerge(each, chat)), [true, false, false]);
});
