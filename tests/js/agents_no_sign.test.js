import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { memoryStore } from "../../support_chat/static/support_chat/storage.js";

register("./fakes/static_roots.js", import.meta.url);
const { NoSign, QUIET_FOR } = await import("../../agents/static/agents/no_sign.js");

function windowsOf(count, store = memoryStore()) {
  const clock = { now: 0, free: true };
  const made = Array.from({ length: count }, () => {
    const quiet = { times: 0 };
    const watch = new NoSign({ user: "ana", store, now: () => clock.now, mayRest: () => clock.free, onQuiet: () => (quiet.times += 1) });
    return { watch, quiet };
  });
  return { clock, made };
}

test("ten minutes without a sign are told once, and then another ten", () => {
  const { clock, made: [{ watch, quiet }] } = windowsOf(1);
  clock.now = QUIET_FOR - 1;
  watch.look();
  assert.equal(quiet.times, 0);
  clock.now = QUIET_FOR;
  watch.look();
  watch.look();
  assert.equal(quiet.times, 1);
});

test("a sign in any window of the browser counts for all of them", () => {
  const { clock, made: [here, there] } = windowsOf(2);
  clock.now = QUIET_FOR - 60_000;
  there.watch.seen();
  clock.now = QUIET_FOR;
  here.watch.look();
  assert.equal(here.quiet.times, 0);
});

test("while a chat is open nobody rests, and the ten minutes begin after it", () => {
  const { clock, made: [{ watch, quiet }] } = windowsOf(1);
  clock.free = false;
  clock.now = 2 * QUIET_FOR;
  watch.look();
  clock.free = true;
  clock.now += QUIET_FOR - 1;
  watch.look();
  assert.equal(quiet.times, 0);
});

test("a sign of a clock that was set back is no sign of the future", () => {
  const store = memoryStore();
  store.set("support-chat:console:sign:ana", String(10 * QUIET_FOR));
  const { clock, made: [{ watch, quiet }] } = windowsOf(1, store);
  clock.now = QUIET_FOR;
  watch.look();
  assert.equal(quiet.times, 1);
});
