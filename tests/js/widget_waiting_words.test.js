import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

globalThis.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none

register("./fakes/static_roots.js", import.meta.url);
const { waitingWords } = await import("../../widget/static/widget/strings_waiting.js");

test("the place is told in words", () => {
  const told = [1, 2, 3].map((place) => waitingWords.place(place));
  assert.deepEqual(told, ["You are next", "1 person is ahead of you", "2 people are ahead of you"]);
});

test("a place that others make less certain is told as one", () => {
  const told = [1, 2, 3].map((place) => waitingWords.place(place, true));
  assert.deepEqual(told, ["You are among the next", "About 1 person is ahead of you", "About 2 people are ahead of you"]);
});

for (const [low, high, said] of [
  [120, 300, "about 2 to 5 minutes"],
  [150, 290, "about 2 to 5 minutes"],
  [180, 180, "about 3 minutes"],
  [0, 45, "less than a minute"],
  [20, 150, "up to 3 minutes"],
  [600, 3600, "about 10 to 60 minutes"],
  [60, null, "more than 1 minute"],
  [900, null, "more than 15 minutes"],
  [1800, null, "more than half an hour"],
  [2400, 3000, "more than half an hour"],
])
  test(`a wait of ${low} to ${high} seconds takes ${said}`, () => {
    assert.equal(waitingWords.wait({ low, high }), `It takes ${said}.`);
  });

test("where nobody can say how long it takes, we say that", () => {
  for (const wait of [null, { low: 0, high: null }]) assert.equal(waitingWords.wait(wait), "We cannot say how long it takes.");
});

test("every reason for a place that grew has its words", () => {
  assert.deepEqual(Object.keys(waitingWords.why), ["returned", "priority", "moved", "came_before", "handed_over"]);
});
