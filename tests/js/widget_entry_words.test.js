import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

globalThis.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none

register("./fakes/static_roots.js", import.meta.url);
const { lineOf, nameOf } = await import("../../widget/static/widget/entry_words.js");
const { refusals, refusalWords, talkWords: words } = await import("../../widget/static/widget/strings_talk.js");
const { awayWords } = await import("../../widget/static/widget/strings_away.js");
const { waitingWords } = await import("../../widget/static/widget/strings_waiting.js");

const ana = { role: "agent", id: "p1", name: "Ana" };
const ben = { role: "agent", id: "p2", name: "Ben" };
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

test("a connection that dropped is told when it drops, and when it is back", () => {
  const entries = log(["assigned", system, faceOf(ana)], ["left", ana], ["joined", ana], ["left", ana], ["left", visitor], ["joined", ana]);
  const [dropped, back] = ["Ana's connection dropped. One moment, please.", "Ana is back"];
  assert.deepEqual(lines(entries), ["Ana has joined", dropped, back, dropped, null, back]);
});

test("who helps beside somebody comes and goes, and moves nobody's place", () => {
  const aside = { guest: true };
  const entries = log(["assigned", system, faceOf(ana)], ["joined", ben, aside], ["left", ben, aside], ["left", ana], ["joined", ana]);
  assert.deepEqual(lines(entries).slice(1), ["Ben has joined", "Ben has left", "Ana's connection dropped. One moment, please.", "Ana is back"]);
});

test("a visitor does not read of their own coming and going", () => {
  assert.deepEqual(lines(log(["left", visitor], ["joined", visitor])), [null, null]);
});

test("who comes after somebody else has taken over, who comes again is back, and after the end all begins anew", () => {
  const entries = log(["assigned", system, faceOf(ana)], ["assigned", system, faceOf(ben)], ["assigned", system, faceOf(ben)], ["closed", ben], ["reopened", visitor], ["assigned", system, faceOf(ana)]);
  const told = lines(entries);
  assert.deepEqual([told[0], told[1], told[2], told[5]], ["Ana has joined", "Ben has taken over", "Ben is back", "Ana has joined"]);
});

test("who waits again reads that they are first only where the place says so, and only of the newest time", () => {
  const entries = log(["assigned", system, faceOf(ana)], ["left", ana], ["returned_to_queue", system], ["assigned", system, faceOf(ben)], ["returned_to_queue", system]);
  const [first, kept] = ["You are first in line.", "You keep your place."].map((where) => `${where} Somebody else of our team will go on.`);
  const told = (place) => [2, 4].map((index) => lineOf(entries[index], entries, { place: () => place }));
  assert.deepEqual(told(1), [kept, `Ben cannot go on with this chat. ${first}`]);
  for (const place of [2, undefined]) assert.deepEqual(told(place), [kept, `Ben cannot go on with this chat. ${kept}`]);
});

test("nobody is named whom the log does not name", () => {
  assert.match(lines(log(["returned_to_queue", system]))[0], /^Our team cannot go on with this chat\./);
});

test("a chat that was closed because it was quiet says so, and how to go on", () => {
  const entries = log(["closed", system, { quiet: true }], ["reopened", visitor], ["closed", system, { quiet: true }]);
  const said = "We closed this chat because it was quiet.";
  assert.deepEqual(lines(entries), [said, "The chat goes on", `${said} Write to go on.`]);
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

test("an unknown refusal is told in plain words too", () => {
  assert.equal(refusalWords("never_heard_of"), refusalWords(undefined));
});

test("no word that a visitor reads names how we are organised", () => {
  const tables = [words, refusals, awayWords, awayWords.why, waitingWords, waitingWords.why];
  const texts = tables.flatMap((table) => Object.values(table)).map(String);
  assert.deepEqual(texts.filter((text) => /\b(agent|queue|conversation)s?\b/i.test(text) && text !== words.log), []);
});
