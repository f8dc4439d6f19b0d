import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { agoInWords, firstReplyDue, inWords, onTheClock, waitedBy, worry } = await import("../../agents/static/agents/waiting.js");


test("a waiting time is told in the largest unit that still means something", () => {
  const told = [0, 59.9, 60, 3599, 3600, 3900, 36000 + 300, 86400, 200000].map(inWords);
  assert.deepEqual(told, ["0 s", "59 s", "1 min", "59 min", "1 h", "1 h 5 min", "10 h", "1 day", "2 days"]);
});

test("a clock that went backwards never makes a negative wait", () => {
  assert.equal(waitedBy({ waited: 3, heard: 9000 }, 4000), 3);
  assert.equal(inWords(-5), "0 s");
});

test("a wait goes on from what the server said", () => {
  assert.equal(waitedBy({ waited: 30, heard: 1000 }, 13000), 42);
  assert.equal(waitedBy({ waited: null, heard: 1000 }, 13000), null);
});

test("a row worries us later than at once, and not at all when nobody waits", () => {
  assert.deepEqual([null, 39, 40, 89, 90].map(worry), ["calm", "calm", "slow", "slow", "late"]);
});

test("what is past is told without seconds that run", () => {
  assert.deepEqual([3, 30, 400].map(agoInWords), ["just now", "30 s ago", "6 min ago"]);
});

test("the first reply is due since the chat was given, anew once something is looked up, and no more once it is there", () => {
  const given = { heard: 0, given: 30, looking: null, replied: false, idle: null };
  assert.equal(firstReplyDue(given, 10_000), 40);
  assert.equal(firstReplyDue({ ...given, looking: 5 }, 10_000), 15);
  assert.equal(firstReplyDue({ ...given, replied: true }, 10_000), null);
  assert.equal(firstReplyDue({ heard: 0 }, 10_000), null);
});

test("what runs before one's eyes is told as a clock does", () => {
  assert.deepEqual([0, 9.9, 80, 605].map(onTheClock), ["0:00", "0:09", "1:20", "10:05"]);
});
