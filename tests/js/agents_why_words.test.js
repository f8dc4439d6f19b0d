import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { whyGiven, whyWaiting } = await import("../../agents/static/agents/why_words.js");


const routing = readFileSync(new URL("../../support_chat/desk/routing.py", import.meta.url), "utf8");
const reasons = [...routing.matchAll(/^[A-Z_]+ = "(\w+)"$/gm)].map((found) => found[1]);

test("who chose, who could have had it and who could not stand in whole sentences", () => {
  const why = { rule: "least_loaded", eligible: ["Ben"], not: { no_room: ["Carl", "Dora"], not_online: ["Eve"] }, more: { not_online: 3 } };
  assert.deepEqual(whyGiven(why, "Ana"), [
    "Ana had the most room.",
    "Could have got it, too: Ben.",
    "No room: Carl and Dora.",
    "Not online: Eve and 3 more.",
  ]);
});

test("a supervisor's reason is told in their words", () => {
  assert.deepEqual(whyGiven({ rule: "supervisor", by: "Sue", reason: "knows it" }, "Ana"), ["Sue gave it to Ana: “knows it”."]);
});

test("why a chat waits is told by what keeps it", () => {
  assert.deepEqual(whyWaiting({ rule: "turn", before: 2, eligible: ["Ana"], not: {} }), ["2 chats come before it.", "May take it: Ana."]);
  assert.deepEqual(whyWaiting({ rule: "offered", eligible: ["Ana"], not: {} }), ["It is offered to Ana right now."]);
});

test("every reason of the routing has words of its own", () => {
  assert.ok(reasons.length >= 8);
  const unknown = whyWaiting({ rule: "nobody", not: { "never heard of": ["Ana"] } })[1];
  for (const reason of reasons) assert.notEqual(whyWaiting({ rule: "nobody", not: { [reason]: ["Ana"] } })[1], unknown, reason);
});
