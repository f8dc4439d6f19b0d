import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOf, nameOf } from "../../widget/static/widget/entry_words.js";
import { refusals, refusalWords, words } from "../../widget/static/widget/strings.js";

const ana = { role: "agent", id: "p1", name: "Ana" };
const visitor = { role: "visitor", id: "v1", name: "Blue Heron" };
const system = { role: "system", name: "" };
const faceOf = (author) => ({ agent: { id: author.id, name: author.name } });

/** A log of these [kind, author, body], positions from 1. */
function log(...said) {
  return said.map(([kind, author, body = {}], index) => ({ position: index + 1, mark: "m", kind, author, body, at: "" }));
}

/** What stands in the log, line by line. */
const lines = (entries) => entries.map((entry) => lineOf(entry, entries));

test("who takes the chat has joined, said once", () => {
  const entries = log(["opened", visitor], ["assigned", system, faceOf(ana)], ["joined", ana]);
  assert.deepEqual(lines(entries), [null, "Ana has joined", null]);
});

test("a lost connection is told with the name of who is gone", () => {
  const entries = log(["assigned", system, faceOf(ana)], ["returned_to_queue", system]);
  assert.match(lines(entries)[1], /^The connection to Ana dropped\. You keep your place/);
});

test("a lost connection is told without a name when the log does not hold it", () => {
  assert.match(lines(log(["returned_to_queue", system]))[0], /^The connection to our team dropped\./);
});

test("the last close invites to go on; an earlier one does not", () => {
  const entries = log(["closed", visitor], ["reopened", visitor], ["closed", ana]);
  assert.deepEqual(lines(entries), ["You ended the chat.", "The chat goes on", "Ana closed the chat. Continue by writing."]);
});

test("a close by nobody is told without a name", () => {
  assert.equal(lines(log(["closed", system]))[0], "The chat was closed. Continue by writing.");
});

test("an unknown kind is one neutral line", () => {
  assert.equal(lines(log(["hologram", system]))[0], words.unknownEntry);
});

test("an author without a name is our team, and the visitor is you", () => {
  assert.equal(nameOf({ role: "agent" }), "Our team");
  assert.equal(nameOf(visitor), "You");
});

test("the place is told in words", () => {
  assert.deepEqual([1, 2, 3].map(words.place), ["You are next", "1 person is ahead of you", "2 people are ahead of you"]);
});

test("an unknown refusal is told in plain words too", () => {
  assert.equal(refusalWords("never_heard_of"), refusalWords(undefined));
});

test("no word that a visitor reads names how we are organised", () => {
  const texts = [...Object.values(words), ...Object.values(refusals)].map(String);
  assert.deepEqual(texts.filter((text) => /\b(agent|queue|conversation)s?\b/i.test(text) && text !== words.log), []);
});
