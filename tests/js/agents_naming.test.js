import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { Naming } = await import("../../agents/static/agents/naming.js");

const PEOPLE = [
  { id: "b", name: "Ben Costa", says: "online" },
  { id: "c", name: "Beth Adams", says: "away" },
  { id: "k", name: "Kim Oh", says: "offline" },
];

/** @param {string} text @param {number} [caret] */
function looked(text, caret = text.length) {
  const naming = new Naming();
  naming.look(text, caret, () => PEOPLE);
  return naming;
}

/** @param {string} text */
const found = (text) => (looked(text).open.value ? looked(text).found.value.map(({ id }) => id) : null);

test("an at at the start or after a space finds colleagues by the begin of a word of their name", () => {
  assert.deepEqual(found("@"), ["b", "c", "k"]);
  assert.deepEqual(found("Ask @be"), ["b", "c"]);
  assert.deepEqual(found("Ask @co"), ["b"]);
  assert.deepEqual(found("@ben c"), ["b"]);
});

test("an address, another line, or a name that nobody has finds nobody", () => {
  for (const text of ["ben@shop", "@ben\nx", "@zoe", "ben"]) assert.equal(found(text), null, text);
});

test("the name stands where the at stood, and the rest of the text stays", () => {
  const naming = looked("Ask @be please", 7);
  /** @type {any[]} */
  const inserted = [];
  naming.insert(PEOPLE[0], /** @type {any} */ ({ insert: (/** @type {any[]} */ ...args) => inserted.push(args), focus() {} }));
  assert.deepEqual(inserted, [["@Ben Costa ", 4, 7]]);
  assert.equal(naming.open.value, false);
});

/** @param {string} key */
const press = (key) => {
  const event = { key, prevented: false, preventDefault: () => void (event.prevented = true) };
  return event;
};

test("arrows choose, Enter picks, Escape closes; other keys are the box's", () => {
  const naming = looked("@be");
  /** @type {string[]} */
  const picked = [];
  const key = (/** @type {string} */ name) => {
    const event = press(name);
    naming.key(/** @type {any} */ (event), ({ id }) => picked.push(id));
    return event.prevented;
  };
  assert.equal(key("a"), false);
  assert.equal(key("ArrowDown"), true);
  assert.equal(key("Enter"), true);
  assert.deepEqual(picked, ["c"]);
  assert.equal(key("Escape"), true);
  assert.equal(key("Enter"), false);
});
