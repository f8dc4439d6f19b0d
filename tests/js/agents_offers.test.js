import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { isSoonOver, leftInWords, secondsLeft, shareLeft } = await import("../../agents/static/agents/offers.js");


const offered = (expires_in, of = 30) => ({ heard: 1000, offered: { to: { id: "ana", name: "Ana" }, expires_in, of } });

test("the time to accept goes on from what the server said, and never below nothing", () => {
  assert.equal(secondsLeft(offered(20), 6000), 15);
  assert.equal(secondsLeft(offered(20), 90_000), 0);
  assert.equal(secondsLeft({ heard: 0, offered: null }, 0), 0);
});

test("what is left is told in whole seconds, and the last one is told as one", () => {
  assert.deepEqual([29.2, 1.9, 1, 0].map(leftInWords), ["30 seconds left", "2 seconds left", "1 second left", "Time is over"]);
});

test("the bar is a share of what the offer began with", () => {
  assert.equal(shareLeft(offered(30), 16_000), 0.5);
  assert.equal(shareLeft(offered(40), 1000), 1);
});

test("ten seconds before its end an offer looks urgent", () => {
  assert.deepEqual([11, 10, 0].map(isSoonOver), [false, true, true]);
});
