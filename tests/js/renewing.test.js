import assert from "node:assert/strict";
import test from "node:test";

import { renewWhenOutdated } from "../../support_chat/static/support_chat/renewing.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { signal } from "../../support_chat/static/support_chat/vendor/preact.js";

/** A page: made anew, it has the same store. */
function page({ store = { ...memoryStore(), shared: () => true }, reloads = { count: 0 } } = {}) {
  const socket = { status: signal("connecting"), ended: signal(null) };
  renewWhenOutdated(socket, store, () => (reloads.count += 1));
  return { socket, store, reloads };
}

test("a page that the server no longer speaks with loads itself anew, once", () => {
  const before = page();
  before.socket.ended.value = 4426;
  const after = page(before);
  after.socket.ended.value = 4426;
  assert.equal(after.reloads.count, 1);
});

test("once it was welcome, the next update is another one", () => {
  const before = page();
  before.socket.ended.value = 4426;
  const after = page(before);
  after.socket.status.value = "online";
  after.socket.status.value = "ended";
  after.socket.ended.value = 4426;
  assert.equal(after.reloads.count, 2);
});

test("it stays as it is for any other end, and where nothing is remembered", () => {
  const signedOut = page();
  signedOut.socket.ended.value = 4401;
  const forgetful = page({ store: memoryStore() });
  forgetful.socket.ended.value = 4426;
  assert.deepEqual([signedOut.reloads.count, forgetful.reloads.count], [0, 0]);
});
