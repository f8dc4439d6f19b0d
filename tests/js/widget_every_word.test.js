import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { staffWords } = await import("../../agents/static/agents/staff_words.js");
const { MessageLog } = await import("../../support_chat/static/support_chat/message_log.js");
const { wordsOf } = await import("../../widget/static/widget/entry_words.js");

test("a visitor reads no word of the log that the panel does not say in their language", () => {
  const own = wordsOf(new MessageLog());
  const others = Object.keys(staffWords).filter((name) => !(name in own));
  assert.deepEqual(others, ["knows", "note"]); // of what no visitor is ever sent
});
