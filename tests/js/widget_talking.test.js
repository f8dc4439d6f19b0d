import assert from "node:assert/strict";
import { register } from "node:module";
import { afterEach, beforeEach, test } from "node:test";

import { memoryStore } from "../../support_chat/static/support_chat/storage.js";

register("./fakes/static_roots.js", import.meta.url);
const { Talking } = await import("../../widget/static/widget/talking.js");

const ADDRESSES = { styles: [], modules: ["/talk.js", "/chat.js"] };
let reloads = 0;

beforeEach(() => {
  const { get, set, remove } = memoryStore();
  reloads = 0;
  globalThis.sessionStorage = { getItem: get, setItem: set, removeItem: remove };
  globalThis.location = { reload: () => (reloads += 1) };
});
afterEach(() => delete globalThis.sessionStorage);

/** A server that answers every request so. */
function server(answer) {
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(address);
    if (answer instanceof Error) throw answer;
    return { ok: answer === 200, status: answer, blob: async () => null };
  };
  return asked;
}

test("the code of a chat is fetched once, with all that it takes", async () => {
  const asked = server(200);
  const talking = new Talking(ADDRESSES);
  const [code] = await Promise.all([talking.fetch(), talking.fetch()]);
  assert.deepEqual(asked, ADDRESSES.modules);
  assert.equal(talking.part.value, code);
});

test("what cannot be fetched now is fetched when it is asked for again", async () => {
  server(new TypeError("no network"));
  const talking = new Talking(ADDRESSES);
  await assert.rejects(talking.fetch(), { reason: "not_online" });
  server(200);
  assert.equal(await talking.fetch(), talking.part.value);
  assert.equal(reloads, 0);
});

test("code that is gone belongs to the release before: the page loads itself anew, once", async () => {
  server(404);
  const talking = new Talking(ADDRESSES);
  for (const _ of [1, 2]) await assert.rejects(talking.fetch(), { reason: "not_online" });
  assert.equal(reloads, 1);
});
