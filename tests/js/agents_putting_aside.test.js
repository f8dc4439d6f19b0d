import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en-GB"] };
const { asideInWords, momentInWords } = await import("../../agents/static/agents/putting_aside.js");

const NOON = new Date(2026, 10, 30, 12).getTime();
const HOUR = 3_600_000;

test("a moment is said as shortly as it is clear", () => {
  assert.match(momentInWords(NOON + 2 * HOUR, NOON), /^(14:00|2:00\sPM)$/u);
  assert.match(momentInWords(NOON + 21 * HOUR, NOON), /^Tue (09:00|9:00\sAM)$/u);
  assert.match(momentInWords(NOON + 24 * 24 * HOUR, NOON), /Dec|24/u);
  assert.match(momentInWords(NOON - 24 * HOUR, NOON), /^Sun/u);
  assert.match(momentInWords(NOON - 24 * 24 * HOUR, NOON), /Nov/u, "a weekday says nothing of what is weeks ago");
});

test("a chat says until when it is put aside, and that it is back", () => {
  const heard = Date.now();
  const nine = new Date(2026, 11, 24, 9).getTime();
  assert.match(asideInWords({ heard: nine - 60_040, snoozed: 60, woken: null }), /9:00/u, "an age that was rounded is not 8:59");
  assert.match(asideInWords({ heard, snoozed: 60, woken: null }), /^Snoozed until \S+/u);
  assert.match(asideInWords({ heard, snoozed: null, woken: 0 }), /^Snoozed until .+, now back$/u);
  assert.match(asideInWords({ heard, snoozed: 0 }), /when its agent is back/u);
});

test("of any other chat it says nothing, nor of one that an older server told", () => {
  assert.equal(asideInWords({ heard: 0 }), "");
  assert.equal(asideInWords(null), "");
});
