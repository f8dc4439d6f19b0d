import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";
import { sharedStorage } from "./fakes/stores.js";
import { settled } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
const { Wishes } = await import("../../widget/static/widget/wishes.js");

test("what was wished for outlives a reload and is known in the other tabs", async () => {
  const { tab } = sharedStorage();
  const [store, other] = [tab(), new Wishes(tab(), "wish")];
  new Wishes(store, "wish").add("c1", { ring: true });
  new Wishes(store, "wish").add("c1", { email: true });
  await settled();
  for (const wishes of [new Wishes(store, "wish"), other]) assert.deepEqual(wishes.of("c1"), { chat: "c1", ring: true, email: true });
});

test("another chat begins without wishes", () => {
  const wishes = new Wishes(sharedStorage().tab(), "wish");
  wishes.add("c1", { ring: true });
  assert.deepEqual(wishes.of("c2"), {});
  wishes.add("c2", { email: true });
  assert.deepEqual([wishes.of("c1"), wishes.of("c2")], [{}, { chat: "c2", email: true }]);
});

test("what cannot be read is no wish", () => {
  const store = sharedStorage().tab();
  store.set("wish", "{");
  assert.deepEqual(new Wishes(store, "wish").of("c1"), {});
});
