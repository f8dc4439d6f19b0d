import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { asksRating, ratedIn } = await import("../../widget/static/widget/asked.js");

/** A chat with these entries, [kind, body], which may go on or not. */
function chat(said, { closed = true, goesOn = true } = {}) {
  const entries = said.map(([kind, body = {}], index) => ({ position: index + 1, kind, body }));
  return { closed: { value: closed }, log: { entries: { value: entries } }, goesOn: () => goesOn };
}

const ASKED = [["message"], ["closed", { rate: true }]];

test("a close that asks shows the strip for as long as the chat may go on", () => {
  assert.ok(asksRating(chat(ASKED)));
  assert.ok(!asksRating(chat(ASKED, { goesOn: false })));
});

test("a chat that goes on, one that asks nothing and one that ended again are not asked about", () => {
  assert.ok(!asksRating(chat(ASKED, { closed: false })));
  assert.ok(!asksRating(chat([["closed", { quiet: true }]])));
  assert.ok(!asksRating(chat([...ASKED, ["reopened"], ["closed"]])));
});

test("what was said can be said otherwise, also after the chat went on; the newest holds, and one that was removed says nothing", () => {
  const said = [...ASKED, ["rated", { score: 2 }], ["reopened"], ["closed"]];
  assert.ok(asksRating(chat(said)));
  const again = chat([...said, ["rated", { score: 5, comment: "Quick" }], ["rated", {}]]);
  assert.deepEqual(ratedIn(again.log.entries.value), { score: 5, comment: "Quick" });
});
