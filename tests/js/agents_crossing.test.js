import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { entry } from "./fakes/entries.js";

register("./fakes/static_roots.js", import.meta.url);
const { Crossing } = await import("../../agents/static/agents/crossing.js");

const [ana, ben, vera] = [{ role: "agent", id: "a1" }, { role: "agent", id: "a2" }, { role: "visitor", id: "v1" }];
const crossing = () => new Crossing("ana", memoryStore());
const log = (...authors) => authors.map((author, index) => entry(index + 1, { author }));

test("a reply that was begun before a colleague's came asks once, with the newest of theirs", () => {
  const writing = crossing();
  writing.typed("c", "Hel", 1);
  writing.typed("c", "Hello", 4);
  const entries = log(vera, ben, ben, vera);
  assert.deepEqual([writing.ask("c", entries, "a1")?.position, writing.ask("c", entries, "a1")], [3, null]);
});

test("a colleague who answers once more is asked about once more", () => {
  const writing = crossing();
  writing.typed("c", "Hello", 1);
  writing.ask("c", log(vera, ben), "a1");
  assert.equal(writing.ask("c", log(vera, ben, ben), "a1")?.position, 3);
});

for (const [what, change] of [
  ["a bot wrote", { author: { role: "bot", id: "" } }],
  ["a supervisor handed the chat over", { kind: "transferred", author: ben, body: { queue: "q" } }],
  ["somebody else got the chat", { kind: "assigned", author: { role: "system" }, body: { agent: { id: "a2" } } }],
]) {
  test(`it asks when ${what} meanwhile`, () => {
    const writing = crossing();
    writing.typed("c", "Hello", 1);
    assert.equal(writing.ask("c", [...log(vera), entry(2, change)], "a1")?.position, 2);
  });
}

for (const [what, authors, more] of [
  ["we got the chat ourselves", [vera, ben], { kind: "assigned", body: { agent: { id: "a1" } } }],
  ["we handed the chat over ourselves", [vera, ana], { kind: "transferred", body: {} }],
  ["the visitor wrote", [vera, vera], {}],
  ["we wrote ourselves, in another window", [vera, ana], {}],
  ["a colleague left a note", [vera, ben], { kind: "note" }],
  ["a colleague's reply stood there already", [ben, vera], {}],
]) {
  test(`nothing is asked when ${what} meanwhile`, () => {
    const writing = crossing();
    writing.typed("c", "Hello", 1);
    const entries = log(...authors).map((each) => (each.position === 2 ? { ...each, ...more } : each));
    assert.equal(writing.ask("c", entries, "a1"), null);
  });
}

test("a reply that was sent or taken back is forgotten, and the next one is another", () => {
  const writing = crossing();
  writing.typed("c", "Hello", 1);
  writing.typed("c", "", 2);
  writing.typed("c", "Again", 2);
  assert.equal(writing.ask("c", log(vera, ben), "a1"), null);
});

test("it is known over a reload, chat by chat", () => {
  const store = memoryStore();
  new Crossing("ana", store).typed("c", "Hello", 1);
  const reloaded = new Crossing("ana", store);
  reloaded.typed("c", "Hello!", 2);
  assert.equal(reloaded.ask("c", log(vera, ben), "a1")?.position, 2);
  assert.equal(reloaded.ask("d", log(vera, ben), "a1"), null);
});
