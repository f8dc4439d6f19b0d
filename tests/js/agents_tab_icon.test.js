import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { onTheBadge } = await import("../../agents/static/agents/tab_icon.js");

test("the badge holds a number that is read at the size of a tab's icon", () => {
  assert.deepEqual([0, 1, 9, 10, 250].map(onTheBadge), ["", "1", "9", "9+", "9+"]);
});
