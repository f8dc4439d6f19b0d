import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= /** @type {any} */ ({ languages: ["en"] });
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { goneFrom, otherValue } = await import("../../agents/static/agents/filter_words.js");

const desk = /** @type {any} */ ({
  inbox: { queues: signal([{ id: "q1", name: "Returns" }]), teammates: signal([{ id: "ben", name: "Ben" }]), me: signal({ id: "ana", name: "Ana" }) },
});
const asking = (field, value) => ({ groups: [{ conditions: [{ field: "state", value: "closed" }, { field, value }] }] });

test("a filter that asks for a queue or an agent who is gone says which, and no other does", () => {
  assert.equal(goneFrom(desk, asking("queue", "q9")), "a queue that is gone");
  assert.equal(goneFrom(desk, asking("agent", "lea")), "an agent who is gone");
  for (const [field, value] of [["queue", "q1"], ["agent", "ben"], ["agent", "ana"], ["agent", "me"], ["agent", "nobody"], ["tag", "anything"], ["language", "eo"]])
    assert.equal(goneFrom(desk, asking(field, value)), null, value);
});

test("who holds no chats themselves is no agent who is gone by “me”", () => {
  const manager = /** @type {any} */ ({ inbox: { ...desk.inbox, me: signal({ id: "", name: "Mia" }) } });
  assert.equal(goneFrom(manager, asking("agent", "me")), null);
});

test("no id stands where a value is not among those to choose", () => {
  const words = [["queue", "q9"], ["agent", "lea"], ["agent", "ana"], ["tag", "late"], ["language", "eo"], ["tag", ""]].map(([field, value]) => otherValue(desk, { field, value }));
  assert.deepEqual(words, ["a queue that is gone", "an agent who is gone", "Ana", "late", "Esperanto", "None yet"]);
});
