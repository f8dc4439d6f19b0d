import assert from "node:assert/strict";
import test from "node:test";

import { EnterGuard, TOO_SOON } from "../../agents/static/agents/enter_guard.js";

function guardAt() {
  const clock = { now: 1000 };
  const guard = new EnterGuard(() => clock.now);
  return { clock, guard };
}

test("Enter sends when the chat has stood there for a while", () => {
  const { clock, guard } = guardAt();
  guard.changed();
  clock.now += TOO_SOON;
  assert.equal(guard.allows(), true);
});

test("Enter right after a change asks once, and only once", () => {
  const { clock, guard } = guardAt();
  guard.changed();
  clock.now += TOO_SOON - 1;
  assert.deepEqual([guard.allows(), guard.allows()], [false, true]);
});

test("another change asks again", () => {
  const { guard } = guardAt();
  guard.changed();
  guard.allows();
  guard.changed();
  assert.equal(guard.allows(), false);
});
