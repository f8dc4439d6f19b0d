import assert from "node:assert/strict";
import test, { afterEach } from "node:test";

import { openStore } from "../../support_chat/static/support_chat/storage.js";

afterEach(() => {
  delete globalThis.localStorage;
});

function browserWith(area) {
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get: area });
}

/** As browsers have it: own keys are the stored ones. */
function storage(more = {}) {
  return Object.assign(
    Object.create({
      getItem(key) {
        return Object.hasOwn(this, key) ? this[key] : null;
      },
      setItem(key, value) {
        this[key] = value;
      },
      removeItem(key) {
        delete this[key];
      },
      ...more,
    }),
  );
}

const blocked = () => {
  throw new DOMException("The operation is insecure.", "SecurityError");
};

for (const [how, area] of [["blocked", blocked], ["missing", () => undefined], ["null", () => null]]) {
  test(`storage that is ${how} is replaced by memory`, () => {
    browserWith(area);
    const store = openStore("localStorage");
    store.set("a:1", "x");
    assert.deepEqual([store.get("a:1"), store.get("b"), store.keys("a:"), store.shared()], ["x", null, ["a:1"], false]);
    store.remove("a:1");
    assert.equal(store.get("a:1"), null);
    store.watch("a:", () => {})();
  });
}

test("full storage keeps the newest value in memory, and the older ones readable", () => {
  const area = storage();
  browserWith(() => area);
  const store = openStore("localStorage");
  store.set("a", "old");
  area.__proto__.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  store.set("a", "new");
  store.set("b", "2");
  assert.deepEqual([store.get("a"), store.get("b"), store.keys("").sort(), store.shared()], ["new", "2", ["a", "b"], false]);
});

test("what works is kept in the browser, by prefix", () => {
  const area = storage();
  browserWith(() => area);
  const store = openStore("localStorage");
  store.set("a:1", "x");
  store.set("b:1", "y");
  assert.deepEqual([store.keys("a:"), area["a:1"], store.shared()], [["a:1"], "x", true]);
});

test("opening a store touches nothing", () => {
  let touched = 0;
  browserWith(() => {
    touched += 1;
    return storage();
  });
  openStore("localStorage");
  assert.equal(touched, 0);
});
