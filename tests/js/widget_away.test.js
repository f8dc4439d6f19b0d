import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";
import { availabilityOf, nobodyHere } from "../../widget/static/widget/availability.js";

globalThis.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none

register("./fakes/static_roots.js", import.meta.url);
const { unavailableWords } = await import("../../widget/static/widget/away.js");

const HOUR = 3600; // seconds
const NOW = new Date(2026, 10, 27, 15, 30).getTime(); // a Friday, wherever this runs
const said = (told) => unavailableWords(availabilityOf({ available: false, ...told }, NOW), NOW, "en-GB");

for (const [hours, when] of [
  [1.5, "today at 17:00"],
  [18, "tomorrow at 9:30"],
  [66, "on Monday at 9:30"],
  [24 * 20, "on Thursday 17 December at 15:30"],
])
  test(`${hours} hours before it opens the visitor reads "${when}"`, () => {
    assert.equal(said({ why: "closed", opens_in: hours * HOUR }).replace("day, ", "day "), `We are closed right now. We open again ${when}.`);
  });

test("seconds that were on their way for a moment still make the full minute", () => {
  assert.match(said({ why: "closed", opens_in: 1.5 * HOUR - 0.8 }), /today at 17:00\.$/);
});

test("a pause says what our team wrote, and until when", () => {
  const told = { why: "paused", until: HOUR, text: "We are moving house." };
  assert.equal(said(told), "\u2068We are moving house.\u2069 New chats are possible again today at 16:30.");
});

test("where nothing is known of the end, nothing is said of it", () => {
  assert.equal(said({ why: "away" }), "Nobody is here right now.");
  assert.match(said({ why: "busy" }), /^So many people are waiting/);
  assert.equal(said({ why: "never_heard_of" }), "Nobody is here right now.");
});

test("an older server says no more than whether anybody is here, and takes no form", () => {
  const [here, away] = [true, false].map((available) => availabilityOf({ available }));
  assert.deepEqual([here.why, here.form, nobodyHere(here)], ["open", false, false]);
  assert.deepEqual([away.why, away.form, nobodyHere(away)], ["away", false, true]);
});

test("whose chat waits already is served while no new ones are taken", () => {
  const nobody = (why) => nobodyHere(availabilityOf({ available: false, why }));
  assert.deepEqual(["closed", "away", "paused", "busy"].map(nobody), [true, true, false, false]);
});
