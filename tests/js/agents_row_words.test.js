import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { newsOf } = await import("../../agents/static/agents/row_news.js");
const { handingOver, marksOf, skillName } = await import("../../agents/static/agents/row_words.js");


const ANA = { id: "ana", name: "Ana" };
const BEN = { id: "ben", name: "Ben" };
const row = (fields) => ({ state: "active", agent: ANA, visitor: { name: "Otter" }, offered: null, wanted: null, ...fields });
const to = (agent) => ({ to: agent, expires_in: 30 });

test("who hands a chat over reads to whom, until somebody has taken it", () => {
  assert.equal(handingOver(row({ offered: to(BEN) }), []), "Handing over to Ben…");
  assert.equal(handingOver(row({ wanted: "q" }), [{ id: "q", name: "Returns" }]), "Handing over to Returns…");
  assert.equal(handingOver(row({}), []), "");
});

test("a waiting chat says to whom it is offered, how urgent it is and why it stands where it stands", () => {
  const waiting = { state: "queued", agent: null, priority: "urgent", ahead: "moved", offered: to(BEN) };
  assert.deepEqual(marksOf(row(waiting)), ["Offered to Ben", "Urgent priority", "Moved to the front"]);
  assert.deepEqual(marksOf(row({ state: "queued", agent: null, priority: "normal" })), []);
});

test("a waiting chat says which skills it needs, in words", () => {
  const waiting = row({ state: "queued", agent: null, skills: ["lang:de", "topic:late-parcels"] });
  assert.deepEqual(marksOf(waiting), ["Needs German, late parcels"]);
  assert.deepEqual(["lang:pt", "lang:x", "odd"].map(skillName), ["Portuguese", "x", "odd"]);
});

test("a chat that is handed over says who has it until it is taken", () => {
  assert.deepEqual(marksOf(row({ wanted: "q", ahead: "handed_over" })), ["Handed over", "With Ana until taken"]);
});

test("an offer is told once, with its time", () => {
  const offered = row({ state: "queued", agent: null, offered: to(ANA) });
  assert.match(newsOf(undefined, offered, "ana").spoken, /offered to you: Otter. 30 seconds/);
  assert.equal(newsOf(offered, offered, "ana"), null);
});

test("a chat is new when it was not mine before, whoever had it", () => {
  assert.equal(newsOf(row({ agent: BEN }), row({}), "ana").sound, "given");
  assert.equal(newsOf(row({}), row({}), "ana"), null);
  assert.equal(newsOf(undefined, row({ agent: BEN }), "ana"), null);
});

test("a chat that nobody took comes back with a word", () => {
  const news = newsOf(row({ offered: to(BEN) }), row({}), "ana");
  assert.equal(news.notice, "Ben did not take the chat with Otter. It stays with you.");
});

test("a reminder is told once", () => {
  assert.match(newsOf(row({}), row({ reminded: true }), "ana").notice, /Otter is waiting for your answer/);
  assert.equal(newsOf(row({ reminded: true }), row({ reminded: true }), "ana"), null);
});
