import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { filled, unfilledIn } = await import("../../agents/static/agents/variables.js");
const { knownOf } = await import("../../agents/static/agents/variable_values.js");

const { known, texts } = JSON.parse(readFileSync(new URL("../agents/variables.json", import.meta.url), "utf8"));

test("what is known is put in, else its default, and what has neither stays and is found", () => {
  for (const { text, filled: then, unfilled = [] } of texts) {
    const told = filled(text, (name) => known[name] ?? null);
    assert.equal(told, then);
    assert.deepEqual(unfilledIn(told).map(({ name, from, to }) => [name, from, to]), unfilled);
  }
});

const CHAT = { id: "chat1", agent: "Ana" };
const VISITOR = { name: "Amber Heron", site: "Shop", verified: false, email: null, attributes: {}, claimed: {} };
const values = (visitor, more = {}) => knownOf({ visitor: { ...VISITOR, ...visitor }, ...more }, CHAT);

test("a name that we made up is nobody’s name", () => {
  const value = values({});
  assert.deepEqual(["visitor.name", "visitor.first_name", "visitor.email"].map(value), [null, null, null]);
  assert.deepEqual(["agent.name", "site.name", "conversation.id"].map(value), ["Ana", "Shop", "chat1"]);
});

test("a signed name comes before one that was typed, and titles are no first names", () => {
  const first = (visitor) => ["visitor.first_name", "visitor.last_name"].map(values(visitor));
  assert.deepEqual(first({ name: "Dr. Anna Maria Berg", verified: true, claimed: { name: "Bo" } }), ["Anna", "Berg"]);
  assert.deepEqual(first({ claimed: { name: "Berg, Anna" } }), ["Anna", "Berg"]);
  assert.deepEqual(first({ claimed: { name: "Anna" } }), ["Anna", null]);
});

test("an address and attributes are the website’s word, else the visitor’s own", () => {
  const value = values({ attributes: { plan: "Gold", orders: 3, vip: true }, claimed: { plan: "None", phone: "1" } }, { reply_to: { email: "a@b.example" } });
  assert.deepEqual(["plan", "orders", "phone", "vip", "shoes"].map((name) => value(`visitor.attributes.${name}`)), ["Gold", "3", "1", null, null]);
  assert.equal(value("visitor.email"), "a@b.example");
});

test("of a chat that is not opened yet nothing is known but where it is", () => {
  const value = knownOf(null, CHAT);
  assert.deepEqual(["visitor.name", "site.name", "visitor.attributes.plan", "agent.name"].map(value), [null, null, null, "Ana"]);
});
