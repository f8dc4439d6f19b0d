import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { MessageLog } = await import("../../support_chat/static/support_chat/message_log.js");
const { windowOf } = await import("../../agents/static/agents/log_window.js");

const run = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => ({ position: from + n, mark: `m${from + n}`, kind: "message" }));

/** A log of which this run is loaded, and its window. */
function windowOn(from, to, earlier = from > 1) {
  const log = new MessageLog("c");
  log.adopt({ id: "c", position: to, mark: `m${to}`, entries: run(from, to), earlier });
  return { log, shown: windowOf(log), ends: () => [shownOf(log).at(0), shownOf(log).at(-1)] };
}

const shownOf = (log) => windowOf(log).entries.value.map(({ position }) => position);

test("a short log is drawn whole, and a log has one window", () => {
  const { log, shown, ends } = windowOn(1, 399, false);
  assert.deepEqual(ends(), [1, 399]);
  assert.equal(shown.earlier.value, false);
  assert.equal(windowOf(log), shown);
});

test("of a long one the end is drawn, whose begin moves with a hundred messages and not with one", () => {
  const { log, shown, ends } = windowOn(1, 5000, false);
  assert.deepEqual(ends(), [4701, 5000]);
  assert.equal(shown.earlier.value, true);
  log.extend(run(5001, 5099));
  assert.deepEqual(ends(), [4701, 5099]);
  log.extend(run(5100, 5100));
  assert.deepEqual(ends(), [4801, 5100]);
});

test("while the end is not in view nothing that comes moves what is read", () => {
  const { log, shown, ends } = windowOn(1, 5000, false);
  shown.atEnd();
  log.extend(run(5001, 5500));
  assert.deepEqual(ends(), [4701, 5500]);
  shown.atEnd();
  assert.deepEqual(ends(), [5201, 5500]);
});

test("looking back draws more, then fetches, and ends at the first", async () => {
  const { log, shown, ends } = windowOn(101, 1000);
  const fetched = [];
  const fetch = async () => void (fetched.push(log.first), log.prepend({ entries: run(1, 100), earlier: false }));
  await shown.lookBack(fetch);
  assert.deepEqual([ends(), fetched], [[401, 1000], []]);
  await shown.lookBack(fetch);
  assert.deepEqual([ends(), fetched], [[101, 1000], []]);
  await shown.lookBack(fetch);
  assert.deepEqual([ends(), fetched, shown.earlier.value], [[1, 1000], [101], false]);
  shown.atEnd();
  assert.deepEqual(ends(), [701, 1000]);
});

test("a place that is looked for is drawn with what follows it", () => {
  const { shown, ends } = windowOn(1, 5000, false);
  shown.reachTo(2000);
  assert.deepEqual(ends(), [2000, 5000]);
  shown.reachTo(3000);
  assert.deepEqual(ends(), [2000, 5000]);
});
