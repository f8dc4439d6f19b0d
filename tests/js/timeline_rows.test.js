import assert from "node:assert/strict";
import test from "node:test";

import { rowsOf } from "../../support_chat/static/support_chat/timeline_rows.js";
import { entry } from "./fakes/entries.js";
import { logWords } from "./fakes/log_words.js";

const visitor = { role: "visitor" };
const ana = { role: "agent", id: "a1", name: "Ana" };
const ben = { role: "agent", id: "a2", name: "Ben" };
let position = 0;
const said = (author, more = {}) => entry((position += 1), { author, at: "2026-11-22T10:00:00.000Z", ...more });
const waiting = (body, more = {}) => ({ client_id: body, command: "post_message", body, state: "sending", at: Date.parse("2026-11-22T10:01:00Z"), order: 1, ...more });

function rows(entries, more = {}) {
  return rowsOf({ entries, pending: [], me: visitor, audience: "visitor", read: 0, words: logWords, ...more });
}
const bubbles = (...args) => rows(...args).filter((row) => row.type === "bubble");

test("each calendar day is said once, before its first entry", () => {
  const told = rows([said(visitor), said(ana), said(ana, { at: "2026-11-24T10:00:00.000Z" })]);
  assert.deepEqual(told.map((row) => row.type), ["day", "bubble", "bubble", "day", "bubble"]);
});

test("messages of one author within five minutes are one run", () => {
  const told = bubbles([
    said(ana),
    said(ana, { at: "2026-11-22T10:04:59.000Z" }),
    said(ana, { at: "2026-11-22T10:10:00.000Z" }),
    said(ben, { at: "2026-11-22T10:10:01.000Z" }),
  ]);
  assert.deepEqual(told.map(({ first, last }) => [first, last]), [[true, false], [false, true], [true, true], [true, true]]);
});

test("a line between two messages ends the run", () => {
  const told = rows([said(ana), said(ana, { kind: "left", body: {} }), said(ana)]);
  assert.deepEqual(told.slice(1).map((row) => row.last ?? row.text), [true, "left", true]);
});

test("a chat that was taken anew says so where that happened", () => {
  const [first, second] = [said(visitor), said(ana)];
  const told = rows([first, second], { replacedAt: first.position });
  assert.deepEqual(told.slice(1).map((row) => row.text), [first.body.text, logWords.replaced, second.body.text]);
});

test("what is under way stands last, in our own run", () => {
  const told = bubbles([said(visitor)], { pending: [waiting("next")] });
  assert.deepEqual(told.map(({ text, first, state }) => [text, first, state]), [[told[0].text, true, "sent"], ["next", false, "sending"]]);
});

test("sent and read are said once, below our newest message; each unsent one says so", () => {
  const entries = [said(visitor), said(visitor), said(ana), said(visitor)];
  const read = entries[1].position;
  assert.deepEqual(bubbles(entries, { read }).map((row) => row.state), [null, null, null, "sent"]);
  assert.deepEqual(bubbles(entries, { read: read + 9 }).map((row) => row.state), [null, null, null, "read"]);
  const pending = [waiting("a", { state: "failed" }), waiting("b")];
  assert.deepEqual(bubbles([], { pending }).map((row) => row.state), ["failed", "sending"]);
});

test("a message keeps its key when it is sent, so that it keeps its place on screen", () => {
  const [before] = bubbles([], { pending: [waiting("u1")] });
  const [after] = bubbles([said(visitor, { client_id: "u1" })]);
  assert.equal(before.key, after.key);
});

test("to the staff every colleague is on our side, and notes have no reader to tell of", () => {
  const told = bubbles([said(visitor), said(ben), said(ana), said(ana, { kind: "note" })], { me: ana, audience: "staff" });
  assert.deepEqual(told.map(({ side, own, state }) => [side, own, state]), [
    ["far", false, null],
    ["near", false, null],
    ["near", true, "sent"],
    ["near", true, null],
  ]);
});

test("an unknown kind is one neutral line, whatever the face's words know", () => {
  const words = { ...logWords, line: () => null };
  const told = rows([said(ana, { kind: "hologram", body: { x: 1 } })], { words });
  assert.deepEqual(told.map((row) => row.text), [undefined, logWords.unknown]);
});

test("a face may say nothing about a kind", () => {
  const words = { ...logWords, line: () => null };
  assert.deepEqual(rows([said(ana, { kind: "opened", body: {} })], { words }), []);
});

test("a message whose text does not come (blanked) is a line, not a crash", () => {
  assert.equal(rows([said(ana, { body: {} })])[1].type, "line");
});

test("a message says that a number in it was hidden", () => {
  const [plain, masked] = bubbles([said(visitor), said(visitor, { body: { text: "•••• 4242", hidden: ["card"] } })]);
  assert.deepEqual([plain.hidden, masked.hidden], [false, true]);
});

test("a message that was changed says so and what it says by now; one that was taken back is a line", () => {
  const [first, second] = [said(ana), said(ana)];
  const revisions = [["edited", { of: first.position, text: "once" }], ["edited", { of: first.position, text: "twice" }], ["retracted", { of: second.position }], ["edited", {}]];
  const told = rows([first, second, ...revisions.map(([kind, body]) => said(ana, { kind, body }))]).slice(1);
  assert.deepEqual(told.map(({ type, text, edited }) => [type, text, edited]), [["bubble", "twice", true], ["line", logWords.removed(), undefined]]);
});
