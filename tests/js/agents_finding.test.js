import assert from "node:assert/strict";
import test from "node:test";

import { findReplies, slashAt } from "../../agents/static/agents/finding.js";

const REPLIES = [
  { id: 1, shortcut: "hello", title: "Greeting", text: "Hello, how can I help?", queue: null },
  { id: 2, shortcut: "refund", title: "Refund rules", text: "You get your money back within 14 days.", queue: null },
  { id: 3, shortcut: "late", title: "Late parcel", text: "I am sorry that your refund and parcel are late.", queue: null },
  { id: 4, shortcut: "grüße", title: "Gruß", text: "Guten Tag!", queue: null },
];
const found = (typed) => findReplies(REPLIES, typed).map((reply) => reply.shortcut);

test("nothing typed shows them all", () => assert.equal(found("").length, 4));

test("a shortcut counts more than a title, a title more than the text", () => {
  assert.deepEqual(found("refund"), ["refund", "late"]);
});

test("every word typed must be somewhere", () => {
  assert.deepEqual(found("money 14"), ["refund"]);
  assert.deepEqual(found("money parcel"), []);
});

test("letters left out are forgiven, other letters are not", () => {
  assert.deepEqual(found("rfnd"), ["refund", "late"]);
  assert.deepEqual(found("xyz"), []);
});


test("capitals and accents make no difference", () => assert.deepEqual(found("GRUßE"), ["grüße"]));

test("a slash opens the list at the start and after a space, not within a word, a date or an address", () => {
  assert.deepEqual(slashAt("/ref", 4), { from: 0, typed: "ref" });
  assert.deepEqual(slashAt("Hi /", 4), { from: 3, typed: "" });
  assert.deepEqual(slashAt("Hi\n/money back", 14), { from: 3, typed: "money back" });
  for (const text of ["and/or", "12/11", "https://x", "a / b", "no slash"]) assert.equal(slashAt(text, text.length), null, text);
});

test("only what stands before the caret counts", () => {
  assert.deepEqual(slashAt("/ref and more", 4), { from: 0, typed: "ref" });
});

test("in a chat of one queue the replies of another stand last, and are still found", () => {
  const replies = ["returns", "orders", null].map((queue, id) => ({ id, shortcut: `late${id}`, title: "Late", text: "", queue }));
  const ids = (typed) => findReplies(replies, typed, "orders").map((reply) => reply.id);
  assert.deepEqual([ids(""), ids("late"), ids("late0")], [[1, 2, 0], [1, 2, 0], [0]]);
});

test("the chat’s own language comes first, another one counts less than none", () => {
  const said = (id, locale, text = "Hello there") => ({ id, shortcut: id, title: id, text, queue: null, locale });
  const replies = [said("any", ""), said("fr", "fr"), said("de", "de"), said("at", "de-at")];
  const ids = (typed, locale) => findReplies(replies, typed, null, locale).map(({ id }) => id);
  assert.deepEqual(ids("", "de-DE"), ["de", "at", "any", "fr"]);
  assert.deepEqual(ids("there", "de-DE"), ["de", "at", "any", "fr"]);
  assert.deepEqual(ids("there", null), ["any", "fr", "de", "at"]);
});
