import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
const { tabToUnfilled, toUnfilled, unfilledWords } = await import("../../agents/static/agents/unfilled.js");

/** A box that holds this, with the caret at its end. */
function boxWith(text) {
  const element = {
    selectionStart: text.length,
    selectionEnd: text.length,
    focused: false,
    focus: () => (element.focused = true),
    setSelectionRange: (from, to) => ([element.selectionStart, element.selectionEnd] = [from, to]),
  };
  return { text: () => text, element };
}

/** What stands chosen after a Tab, and whether the box kept it. */
function tab(box, more = {}) {
  const event = { key: "Tab", defaultPrevented: false, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, kept: false, ...more };
  tabToUnfilled({ ...event, preventDefault: () => (event.kept = true) }, box);
  const { selectionStart, selectionEnd } = box.element;
  return [box.text().slice(selectionStart, selectionEnd), event.kept];
}

test("Tab goes from one place to the next, and out after the last", () => {
  const box = boxWith("Hi {{visitor.name}}, {{x}} of {{visitor.email}}!");
  assert.deepEqual(tab(box), ["{{visitor.name}}", true]);
  assert.deepEqual(tab(box), ["{{visitor.email}}", true]);
  assert.deepEqual(tab(box), ["{{visitor.email}}", false]);
});

test("Tab with another key, taken by somebody else, or with nothing to fill is nobody’s", () => {
  const box = boxWith("Hi {{visitor.name}}");
  for (const more of [{ shiftKey: true }, { ctrlKey: true }, { defaultPrevented: true }, { key: "a" }]) assert.deepEqual(tab(box, more), ["", false]);
  assert.deepEqual(tab(boxWith("Hi {{name}}")), ["", false]);
});

test("the button leads to the first, and the words say what it is", () => {
  const box = boxWith("Hi {{visitor.name}}, {{visitor.email}}");
  toUnfilled(box);
  assert.deepEqual([box.element.selectionStart, box.element.focused], [3, true]);
  assert.match(unfilledWords({ name: "visitor.first_name" }), /^Not sent: the visitor’s first name is not known here/);
  assert.match(unfilledWords({ name: "visitor.attributes.plan" }), /“plan”/);
});
