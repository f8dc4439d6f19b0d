import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { entry } from "./fakes/entries.js";

register("./fakes/static_roots.js", import.meta.url);
const { EnterGuard, TOO_SOON } = await import("../../agents/static/agents/enter_guard.js");
const { Holding } = await import("../../agents/static/agents/holding.js");

const [NO_COLLEAGUE, NO_STRAY] = [() => null, () => null];
const STRAY = () => ({ fact: { kind: "email", key: "a@b.example", shown: "a@b.example" }, of: "Ben" });

function setUp() {
  const clock = { now: 10_000 };
  const holding = new Holding(new EnterGuard(() => clock.now));
  const keeps = (more = {}) => holding.keeps({ body: "Hello", byEnter: true, crossed: NO_COLLEAGUE, stray: NO_STRAY, ...more });
  return { clock, holding, keeps };
}

test("a reply that nothing speaks against is sent at once", () => {
  const { holding, keeps } = setUp();
  assert.equal(keeps(), false);
  assert.equal(holding.held.value, null);
});

test("a text that holds what is another chat’s is asked about once, by Enter and by the button", () => {
  for (const byEnter of [true, false]) {
    const { holding, keeps } = setUp();
    assert.equal(keeps({ stray: STRAY, byEnter }), true);
    assert.deepEqual([holding.held.value.kind, holding.held.value.of], ["stray", "Ben"]);
    assert.equal(keeps({ stray: STRAY, byEnter }), false);
    assert.equal(holding.held.value, null);
  }
});

test("a text that was changed since, or gone back to, is asked about once more", () => {
  const { holding, keeps } = setUp();
  keeps({ stray: STRAY });
  assert.equal(keeps({ stray: STRAY, body: "Hello!" }), true);
  holding.letGo();
  assert.equal(holding.held.value, null);
  assert.equal(keeps({ stray: STRAY, body: "Hello!" }), true);
});

test("the same text in another chat is asked about there", () => {
  const { clock, holding, keeps } = setUp();
  keeps({ stray: STRAY });
  holding.turned();
  clock.now += TOO_SOON;
  assert.equal(keeps({ stray: STRAY }), true);
});

test("each reason asks for itself, the hand before the colleague before the other chat", () => {
  const { clock, holding, keeps } = setUp();
  const replies = [entry(3)];
  const crossed = () => replies.pop() ?? null;
  holding.turned();
  const reasons = [1, 2, 3, 4].map(() => (keeps({ crossed, stray: STRAY }), (clock.now += TOO_SOON), holding.held.value?.kind ?? "sent"));
  assert.deepEqual(reasons, ["early", "crossed", "stray", "sent"]);
});

test("a press of the button is never too early", () => {
  const { holding, keeps } = setUp();
  holding.turned();
  assert.equal(keeps({ byEnter: false }), false);
});

test("what is not filled in never goes, however often it is sent", () => {
  const { holding, keeps } = setUp();
  const body = "Hello {{visitor.first_name}}, your {{thing}} is here.";
  for (const byEnter of [true, false, true]) {
    assert.equal(keeps({ body, byEnter }), true);
    assert.deepEqual([holding.held.value.kind, holding.held.value.place.name], ["unfilled", "visitor.first_name"]);
  }
  assert.equal(keeps({ body: "Hello Anna, your {{thing}} is here." }), false);
});
