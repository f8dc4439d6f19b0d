import assert from "node:assert/strict";
import { register } from "node:module";
import { afterEach, beforeEach, mock, test } from "node:test";

globalThis.navigator ??= { languages: ["en-GB"] };
register("./fakes/static_roots.js", import.meta.url);
const { RefusedError } = await import("../../support_chat/static/support_chat/errors.js");
const { drawn, piecesOf, Search } = await import("../../agents/static/agents/search.js");
const { countInWords, failedInWords, nothingInWords } = await import("../../agents/static/agents/search_words.js");

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

const settled = async () => {
  for (let n = 0; n < 10; n += 1) await Promise.resolve();
};
const finding = (text) => ({ kind: "message", text, marks: [] });

/** A search whose server answers in turn, when it is told to. */
function stage() {
  const asked = [];
  const request = (command, fields) => new Promise((answer, refuse) => asked.push({ command, fields, answer, refuse }));
  return { search: new Search({ request }), asked };
}

/** Typed, and asked for after the pause. */
function typed({ search }, text) {
  search.type(text);
  mock.timers.tick(200);
}

test("it asks once a pause, not a key", async () => {
  const there = stage();
  for (const text of ["r", "re", "ref"]) there.search.type(text);
  mock.timers.tick(200);
  assert.deepEqual(there.asked.map(({ command, fields }) => [command, fields]), [["search", { query: "ref" }]]);
});

test("only the answer to the newest words is shown", async () => {
  const there = stage();
  typed(there, "one");
  typed(there, "two");
  there.asked[1].answer({ people: [], found: [finding("two")], after: null });
  there.asked[0].answer({ people: [], found: [finding("one")], after: null });
  await settled();
  assert.deepEqual(there.search.all.value.map(({ text }) => text), ["two"]);
  assert.equal(there.search.busy.value, false);
});

test("pages follow each other, and none is asked for twice at once or for other words", async () => {
  const there = stage();
  typed(there, "one");
  there.asked[0].answer({ people: [finding("who")], found: [finding("a")], after: "next" });
  await settled();
  there.search.older();
  there.search.older();
  assert.deepEqual(there.asked.slice(1).map(({ fields }) => fields), [{ query: "one", after: "next" }]);
  there.asked[1].answer({ people: [], found: [finding("b")], after: null });
  await settled();
  assert.deepEqual(there.search.all.value.map(({ text }) => text), ["who", "a", "b"]);
  await there.search.older();
  there.search.type("two");
  await there.search.older();
  assert.equal(there.asked.length, 2);
});

test("what was refused is told in words, and the findings of a page before stay", async () => {
  const there = stage();
  typed(there, "one");
  there.asked[0].answer({ people: [], found: [finding("a")], after: "next" });
  await settled();
  there.search.older();
  there.asked[1].refuse(new RefusedError({ code: "takes_too_long", message: "" }));
  await settled();
  assert.equal(there.search.all.value.length, 1);
  assert.match(failedInWords(there.search.failed.value, "one"), /takes too long/);
  typed(there, "a foo:b");
  there.asked[2].refuse(new RefusedError({ code: "bad_query", message: "", why: "unknown_operator", at: 2, length: 3 }));
  await settled();
  assert.equal(there.search.all.value.length, 0);
  assert.match(failedInWords(there.search.failed.value, "a foo:b"), /“foo:”/);
});

test("leaving it forgets what was found and what is still on its way", async () => {
  const there = stage();
  typed(there, "one");
  there.search.clear();
  there.asked[0].answer({ people: [], found: [finding("a")], after: null });
  await settled();
  assert.deepEqual([there.search.all.value, there.search.typed.value, there.search.busy.value], [[], "", false]);
  typed(there, "  ");
  assert.equal(there.asked.length, 1);
});

test("the choice stays within what was found", async () => {
  const there = stage();
  typed(there, "one");
  there.asked[0].answer({ people: [], found: [finding("a"), finding("b")], after: null });
  await settled();
  there.search.step(5);
  assert.equal(there.search.chosen.text, "b");
  there.search.step(-9);
  assert.equal(there.search.chosen.text, "a");
});

test("a text comes apart at its marks and holds all of itself", () => {
  const pieces = piecesOf("🎉 refund and refund", [[3, 6], [14, 6]]);
  assert.deepEqual(pieces.filter(({ marked }) => marked).map(({ text }) => text), ["refund", "refund"]);
  assert.equal(pieces.map(({ text }) => text).join(""), "🎉 refund and refund");
  assert.deepEqual(piecesOf("", []), []);
});

test("of a long list only what is in view and a little around it is drawn", () => {
  const { first, last } = drawn({ top: 86 * 500, height: 860, row: 86, count: 1000 });
  assert.ok(first < 500 && last > 510 && last - first < 40);
  assert.deepEqual(drawn({ top: 0, height: 860, row: 86, count: 3 }), { first: 0, last: 3 });
});

test("each way to misread a search has its own words, with the part that is meant", () => {
  const says = (why, typed, at, length) => failedInWords(new RefusedError({ code: "bad_query", message: "", why, at, length }), typed);
  const all = ["nothing", "too_many_words", "unclosed_quote", "unknown_operator", "no_value", "bad_value", "bad_day", "another"];
  assert.equal(new Set(all.map((why) => says(why, "x", 0, 1))).size, all.length);
  assert.match(says("bad_day", "a after:soon", 2, 10), /“after:soon”/);
  assert.match(nothingInWords(true), /not looked through/);
  assert.equal(countInWords(1, false), "1 found");
});
