import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { alarmsOf } = await import("../../agents/static/agents/alarms.js");


const queue = (fields) => ({ id: "q", name: "Orders", waiting: 0, longest_wait: null, heard: 0, online: 1, roles: ["supervisor"], ...fields });
const known = (fields) => ({ queues: [queue()], unanswered: [], nameOf: () => null, target: 60, ...fields });
const says = (all, now = 0) => alarmsOf(known(all), now).map((alarm) => alarm.says);

test("nothing is an alarm while somebody is online and nobody waits too long", () => {
  assert.deepEqual(says({}), []);
});

test("a queue without anybody online says so, worse when somebody waits in it", () => {
  assert.deepEqual(says({ queues: [queue({ online: 0 })] }), ["Nobody is online in Orders."]);
  const [alarm] = alarmsOf(known({ queues: [queue({ online: 0, waiting: 2, longest_wait: 1 })] }), 0);
  assert.deepEqual([alarm.says, alarm.bad], ["Nobody is online in Orders, and 2 visitors are waiting.", true]);
});

test("a wait becomes an alarm by growing over the target", () => {
  const queues = [queue({ waiting: 1, longest_wait: 50 })];
  assert.deepEqual(says({ queues }, 5_000), []);
  assert.deepEqual(says({ queues }, 70_000), ["In Orders somebody has waited 2 min; the target is 1 min."]);
});

test("a queue that I am nothing in is nobody's alarm here", () => {
  assert.deepEqual(says({ queues: [queue({ roles: [], online: 0 })] }), []);
});

test("an agent who is silent for long is told with their visitor", () => {
  const unanswered = [{ conversation: "c", agent: { id: "ben", name: "Ben" }, waited: 300, heard: 0 }];
  assert.deepEqual(says({ unanswered, nameOf: () => "Otter" }), ["Ben has not answered Otter for 5 min."]);
});
