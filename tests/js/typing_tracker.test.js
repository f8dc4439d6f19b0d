import assert from "node:assert/strict";
import test, { afterEach, beforeEach, mock } from "node:test";

import { TypingSender } from "../../support_chat/static/support_chat/typing_sender.js";
import { TypingWatch } from "../../support_chat/static/support_chat/typing_tracker.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
afterEach(() => mock.timers.reset());

function sender() {
  const told = [];
  return { told, typing: new TypingSender((typing, text) => told.push(typing ? text : "stop")) };
}

test("typing is told at most every three seconds", () => {
  const { told, typing } = sender();
  for (let n = 1; n <= 7; n += 1) {
    typing.typed("x".repeat(n));
    mock.timers.tick(1000);
  }
  assert.deepEqual(told, ["x", "xxxx", "xxxxxxx"]);
});

test("five seconds of silence are the end, told once", () => {
  const { told, typing } = sender();
  typing.typed("a");
  mock.timers.tick(4999);
  assert.deepEqual(told, ["a"]);
  mock.timers.tick(60_000);
  assert.deepEqual(told, ["a", "stop"]);
});

test("sending and emptying the box are the end at once", () => {
  const { told, typing } = sender();
  typing.typed("a");
  typing.stop();
  typing.stop();
  typing.typed("b");
  typing.typed("");
  assert.deepEqual(told, ["a", "stop", "b", "stop"]);
});

test("who said to be typing is believed for six seconds", () => {
  const watch = new TypingWatch();
  const ana = { role: "agent", id: "1", name: "Ana" };
  watch.heard({ author: ana, typing: true });
  mock.timers.tick(4000);
  watch.heard({ author: ana, typing: true, preview: "Good mor", mode: "reply" });
  mock.timers.tick(4000);
  assert.deepEqual(watch.who.value, [{ author: ana, preview: "Good mor", mode: "reply" }]);
  mock.timers.tick(2000);
  assert.deepEqual(watch.who.value, []);
});

test("a message ends its author's typing, nobody else's", () => {
  const watch = new TypingWatch();
  const [ana, ben] = [{ role: "agent", id: "1" }, { role: "agent", id: "2" }];
  for (const author of [ana, ben]) watch.heard({ author, typing: true });
  watch.said(ana);
  assert.deepEqual(watch.who.value.map(({ author }) => author.id), ["2"]);
  watch.heard({ author: ben, typing: false });
  assert.deepEqual(watch.who.value, []);
});
