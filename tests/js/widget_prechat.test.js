import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { answersOf } = await import("../../widget/static/widget/prechat.js");

test("only what was given is sent, without the blanks around it", () => {
  assert.deepEqual(answersOf(" Robin ", " r@example.com", "q1"), { form: { name: "Robin", email: "r@example.com" }, queue: "q1" });
  assert.deepEqual(answersOf("Robin", "", ""), { form: { name: "Robin" } });
  assert.deepEqual(answersOf("  ", "", "q1"), { queue: "q1" });
  assert.deepEqual(answersOf("", " ", ""), {});
});
