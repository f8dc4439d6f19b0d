import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { CatchUp } from "../../support_chat/static/support_chat/catch_up.js";
import { LostError, RefusedError } from "../../support_chat/static/support_chat/errors.js";
import { MessageLog } from "../../support_chat/static/support_chat/message_log.js";
import { entries, entry, snapshot } from "./fakes/entries.js";
import { settled } from "./fakes/web_socket.js";

const positions = (log) => log.entries.value.map(({ position }) => position);

function logOf(from, to) {
  const log = new MessageLog("c1");
  log.adopt(snapshot(from, to));
  return log;
}

test("entries are shown in order of position, each once", () => {
  const log = logOf(1, 2);
  assert.equal(log.apply(entry(3)), "applied");
  assert.equal(log.apply(entry(3)), "known");
  assert.equal(log.apply(entry(1)), "known");
  assert.deepEqual(positions(log), [1, 2, 3]);
  assert.deepEqual([log.position, log.mark], [3, "m3"]);
});

test("a jump is a gap, and what came early is shown as soon as the gap is filled", () => {
  const log = logOf(1, 2);
  assert.equal(log.apply(entry(5)), "gap");
  assert.equal(log.apply(entry(4)), "gap");
  assert.deepEqual(positions(log), [1, 2]);
  assert.equal(log.apply(entry(3)), "applied");
  assert.deepEqual(positions(log), [1, 2, 3, 4, 5]);
  assert.equal(log.mark, "m5");
});

test("in whatever order and however often entries arrive, the log is the same", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const log = logOf(1, 1);
    const coming = [...entries(2, 9), ...entries(4, 7)];
    let state = seed;
    coming.sort(() => ((state = (state * 48271) % 2147483647) % 3) - 1);
    for (const one of coming) log.apply(one);
    assert.deepEqual(positions(log), [1, 2, 3, 4, 5, 6, 7, 8, 9], `seed ${seed}`);
  }
});

test("an unknown kind of entry still counts", () => {
  const log = logOf(1, 2);
  assert.equal(log.apply(entry(3, { kind: "hologram", body: { x: 1 } })), "applied");
  assert.equal(log.position, 3);
});

test("a known position with another mark is another log", () => {
  const log = logOf(1, 3);
  assert.equal(log.apply(entry(2, { mark: "other" })), "gap");
  assert.deepEqual(positions(log), [1, 2, 3]);
});

test("a resume adds what is missing and says whether there is more", () => {
  const log = logOf(1, 2);
  assert.equal(log.take({ recovered: true, entries: entries(2, 4), more: true }), true);
  assert.equal(log.take({ recovered: true, entries: entries(5, 6), more: false }), false);
  assert.deepEqual(positions(log), [1, 2, 3, 4, 5, 6]);
});

test("what cannot be recovered is dropped whole", () => {
  const log = logOf(1, 9);
  log.apply(entry(12));
  assert.equal(log.take({ recovered: false, snapshot: snapshot(3, 5, { mark: "new" }) }), false);
  assert.deepEqual(positions(log), [3, 4, 5]);
  assert.deepEqual([log.position, log.mark, log.earlier.value], [5, "new", true]);
});

test("another history says where it was taken; one that merely goes on, or began later, does not", () => {
  const at = (more, from, to) => {
    const log = logOf(1, 9);
    log.adopt(snapshot(from, to, more));
    return log.replacedAt.value;
  };
  assert.equal(logOf(1, 9).replacedAt.value, null);
  assert.equal(at({}, 1, 5), 5);
  assert.equal(at({ entries: [entry(9, { mark: "other" }), entry(10)] }, 9, 10), 10);
  assert.equal(at({}, 5, 12), null);
  assert.equal(at({}, 200, 299), null);
  assert.equal(at({ id: "c2" }, 1, 2), null);
});

test("older pages come in front, and never a page that does not fit", () => {
  const log = logOf(10, 12);
  log.prepend({ entries: entries(3, 5), earlier: true });
  assert.deepEqual(positions(log), [10, 11, 12]);
  log.prepend({ entries: entries(7, 9), earlier: true });
  assert.deepEqual([log.first, log.earlier.value], [7, true]);
  log.prepend({ entries: entries(1, 8), earlier: false });
  assert.deepEqual([log.first, log.earlier.value, positions(log).length], [1, false, 12]);
});

test("it knows what we sent under which id", () => {
  const log = logOf(1, 1);
  log.apply(entry(2, { client_id: "u1" }));
  assert.deepEqual([log.has("u1"), log.has("u2")], [true, false]);
});

test("a gap is asked about once, however many entries show it", async () => {
  const log = logOf(1, 2);
  const asked = [];
  const answers = [];
  const catchUp = new CatchUp(log, (after, mark) => {
    asked.push([after, mark]);
    return new Promise((resolve) => answers.push(resolve));
  });
  for (const one of entries(5, 8)) catchUp.hear(one);
  assert.deepEqual(asked, [[2, "m2"]]);
  answers[0]({ recovered: true, entries: entries(3, 6), more: false });
  await settled();
  assert.deepEqual(positions(log), [1, 2, 3, 4, 5, 6, 7, 8]);
});

test("it asks on while there is more, and stops when nothing comes of it", async () => {
  const log = logOf(1, 2);
  const asked = [];
  const catchUp = new CatchUp(log, async (after) => {
    asked.push(after);
    return { recovered: true, entries: after < 6 ? entries(after + 1, after + 2) : [], more: true };
  });
  await catchUp.run();
  assert.deepEqual(asked, [2, 4, 6]);
  assert.equal(log.position, 6);
});

test("a lost question is left to the next welcome", async () => {
  const log = logOf(1, 2);
  let lost = true;
  const catchUp = new CatchUp(log, async () => {
    if (lost) throw new Error("gone");
    return { recovered: true, entries: entries(3, 3), more: false };
  });
  await catchUp.run();
  lost = false;
  await catchUp.run();
  assert.equal(log.position, 3);
});

/** A log that misses one entry, asked for again after `error`; `tick` lets seconds pass. */
async function askedAfter(t, error) {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  t.mock.method(Math, "random", () => 1);
  t.after(() => mock.timers.reset());
  const log = logOf(1, 2);
  let asked = 0;
  const catchUp = new CatchUp(log, async () => {
    asked += 1;
    if (asked === 1) throw error;
    return { recovered: true, entries: entries(3, 3), more: false };
  });
  void catchUp.run();
  await settled();
  const tick = async (seconds) => (mock.timers.tick(seconds * 1000), await settled());
  return { log, catchUp, tick, asked: () => asked };
}

const BUSY = new RefusedError({ code: "busy", retry: true, after: 2 });

for (const [why, error, seconds] of [["was refused for now", BUSY, 2], ["got no answer", new LostError("timeout"), 0.5]]) {
  test(`a question that ${why} is asked again on the same link`, async (t) => {
    const { log, tick, asked } = await askedAfter(t, error);
    await tick(seconds - 0.1);
    assert.deepEqual([log.position, asked()], [2, 1]);
    await tick(0.1);
    assert.deepEqual([log.position, asked()], [3, 2]);
  });
}

test("whoever asks meanwhile does not wait for the pause", async (t) => {
  const { log, catchUp } = await askedAfter(t, BUSY);
  await catchUp.run();
  assert.equal(log.position, 3);
});

for (const error of [new LostError("closed"), new RefusedError({ code: "not_found", retry: false })]) {
  test(`after ${error.message} nothing is asked again by itself`, async (t) => {
    const { tick, asked } = await askedAfter(t, error);
    await tick(3600);
    assert.equal(asked(), 1);
  });
}
