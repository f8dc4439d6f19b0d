import assert from "node:assert/strict";
import test from "node:test";

import { Composing, meansSend } from "../../support_chat/static/support_chat/composing.js";

const key = (more = {}) => ({ key: "Enter", isComposing: false, keyCode: 13, timeStamp: 1000, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more });

test("Enter sends with a keyboard and makes a new line on a touch screen", () => {
  assert.equal(meansSend(key(), false), true);
  assert.equal(meansSend(key(), true), false);
});

test("Shift+Enter makes a new line, Ctrl+Enter and ⌘Enter send everywhere", () => {
  assert.equal(meansSend(key({ shiftKey: true }), false), false);
  assert.equal(meansSend(key({ altKey: true }), false), false);
  for (const touch of [true, false]) {
    assert.equal(meansSend(key({ ctrlKey: true }), touch), true);
    assert.equal(meansSend(key({ metaKey: true }), touch), true);
  }
});

test("no other key sends", () => assert.equal(meansSend(key({ key: "a", ctrlKey: true }), false), false));

test("while an input method composes, every key is its own", () => {
  const composing = new Composing();
  assert.equal(composing.owns(key({ isComposing: true })), true);
  assert.equal(composing.owns(key({ keyCode: 229 })), true);
  composing.start();
  assert.equal(composing.owns(key()), true);
});

test("the Enter that ends a composition in Safari comes after its end, and is still not ours", () => {
  const composing = new Composing();
  composing.start();
  composing.end({ timeStamp: 1000 });
  assert.equal(composing.owns(key({ timeStamp: 1004 })), true);
  assert.equal(composing.owns(key({ timeStamp: 1150 })), false);
});
