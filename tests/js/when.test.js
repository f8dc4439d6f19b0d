import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { clockTime, dayKey, dayName, growing, howLong, ticking } from "../../support_chat/static/support_chat/when.js";

const at = (day, hour = 12) => new Date(2026, 10, day, hour).getTime();

test("days have names near today, and a date further off", () => {
  const now = at(22, 1);
  assert.equal(dayName(at(22, 23), "en-GB", now), "Today");
  assert.equal(dayName(at(21, 23), "en-GB", now), "Yesterday");
  assert.match(dayName(at(20), "en-GB", now), /^Friday,? 20 November$/);
  assert.match(dayName(new Date(2024, 1, 3).getTime(), "en-GB", now), /^Saturday,? 3 February 2024$/);
  assert.equal(dayName(at(22), "de", now), "Heute");
});

test("a day is the reader's own calendar day", () => assert.equal(dayKey(new Date(2026, 0, 5, 23, 59).getTime()), "2026-01-05"));

test("clock times follow the reader's language", () => {
  assert.equal(clockTime(at(22, 14), "en-GB"), "14:00");
  assert.match(clockTime(at(22, 14), "en-US"), /2:00\sPM/);
});

test("a broken time shows nothing and breaks nothing", () => assert.equal(clockTime("yesterday-ish"), ""));

test("how long is short and rounded down", () => {
  const shown = [0, 59.9, 60, 3599, 3600, 86399, 86400 * 3].map((seconds) => howLong(seconds, "en"));
  assert.deepEqual(shown, ["0 sec", "59 sec", "1 min", "59 min", "1 hr", "23 hr", "3 days"]);
});

test("an age goes on growing", () => {
  const now = mock.method(performance, "now", () => 1000);
  const age = growing(40);
  now.mock.mockImplementation(() => 6000);
  assert.equal(age(), 45);
  now.mock.restore();
});

test("a ticking signal ticks only while somebody reads it", () => {
  mock.timers.enable({ apis: ["setInterval"] });
  const tick = ticking(10);
  mock.timers.tick(30_000);
  assert.equal(tick.value, 0);
  const stop = tick.subscribe(() => {});
  mock.timers.tick(20_000);
  assert.equal(tick.value, 2);
  stop();
  mock.timers.tick(50_000);
  assert.equal(tick.value, 2);
  mock.timers.reset();
});
