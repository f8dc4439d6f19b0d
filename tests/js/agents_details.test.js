import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { detailsOf } = await import("../../agents/static/agents/details.js");

test("what is signed comes first, and what is claimed never takes its place", () => {
  const known = detailsOf({ name: "Bea", attributes: { plan: "free", seats: 3 }, claimed: { plan: "vip", beta: true, old: false } });
  assert.deepEqual(known, [
    { name: "plan", value: "free", verified: true },
    { name: "seats", value: "3", verified: true },
    { name: "plan", value: "vip", verified: false },
    { name: "beta", value: "Yes", verified: false },
    { name: "old", value: "No", verified: false },
  ]);
});

test("names that mean something to the language are only names", () => {
  const known = detailsOf({ name: "Eve", claimed: JSON.parse('{"__proto__": "x", "constructor": "y"}') });
  assert.deepEqual(known.map(({ name, value }) => [name, value]), [["__proto__", "x"], ["constructor", "y"]]);
});

test("an older server tells none", () => {
  assert.deepEqual(detailsOf({ name: "Robin" }), []);
});
