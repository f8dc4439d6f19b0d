import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { VisitorToken } = await import("../../widget/static/widget/visitor_token.js");

/** Two tabs' common storage and locks. */
function browser() {
  const values = new Map();
  const store = {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    watch: () => () => {},
    shared: () => true,
  };
  let queue = Promise.resolve();
  const locks = { request: (_name, _options, work) => (queue = queue.then(work)) };
  return { values, tab: () => new VisitorToken(store, "KEY", locks) };
}

test("two tabs that open at once become one visitor", async () => {
  const { tab } = browser();
  const [first, second] = [tab(), tab()];
  assert.equal(await first.forHello(), null);
  const waiting = second.forHello();
  first.welcomed("secret");
  assert.equal(await waiting, "secret");
});

test("who has a token says hello with it at once", async () => {
  const { values, tab } = browser();
  values.set("support-chat:token:KEY", "secret");
  assert.equal(await tab().forHello(), "secret");
});

test("a refused token is forgotten, but not the newer one of another tab", async () => {
  const { values, tab } = browser();
  const ours = tab();
  values.set("support-chat:token:KEY", "old");
  await ours.forHello();
  values.set("support-chat:token:KEY", "newer");
  ours.forget();
  assert.equal(await ours.forHello(), "newer");
  ours.forget();
  assert.equal(values.size, 0);
});

test("a second hello without an answer to the first does not wait for itself", async () => {
  const { tab } = browser();
  const ours = tab();
  await ours.forHello();
  assert.equal(await ours.forHello(), null);
});
