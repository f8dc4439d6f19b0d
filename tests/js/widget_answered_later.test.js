import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { answeredLater, byMail, needsAddress } = await import("../../widget/static/widget/answered_later.js");

const signal = (value) => ({ value });
const EMAIL = { form: { email: "vera@mail.example" } };

/** Somebody who writes while no chat can be taken. */
function leaving({ why = "paused", mail = false, features = ["answered_here"], chat = null } = {}) {
  return {
    availability: signal({ available: false, why, mail }),
    leavesWord: signal(true),
    current: signal(chat),
    socket: { welcome: { features } },
  };
}

test("where mail works an address is needed while no chats are taken, and wanted otherwise", () => {
  assert.deepEqual([needsAddress(leaving({ mail: true })), needsAddress(leaving({ mail: true, why: "away" }))], [true, false]);
  assert.deepEqual(answeredLater(leaving({ mail: true }), EMAIL), EMAIL);
  assert.deepEqual(answeredLater(leaving({ mail: true, why: "away" }), {}), { form: { here: true } });
});

test("before mail works no address is asked for, and the answer is here", () => {
  const visitor = leaving();
  assert.deepEqual([byMail(visitor), needsAddress(visitor)], [false, false]);
  assert.deepEqual(answeredLater(visitor, {}), { form: { here: true } });
  assert.deepEqual(answeredLater(visitor, { form: { name: "Vera" }, queue: "q" }), { form: { name: "Vera", here: true }, queue: "q" });
});

test("an older server is told what it knows", () => {
  const visitor = leaving({ features: [] });
  assert.deepEqual([byMail(visitor), needsAddress(visitor)], [true, true]);
  assert.deepEqual(answeredLater(visitor, EMAIL), EMAIL);
});

test("what goes on with a chat of before is no message for later", () => {
  assert.deepEqual(answeredLater(leaving({ chat: { goesOn: () => true } }), {}), {});
  assert.deepEqual(answeredLater(leaving({ chat: { goesOn: () => false } }), {}), { form: { here: true } });
});
