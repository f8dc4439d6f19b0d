import assert from "node:assert/strict";
import { register } from "node:module";
import { afterEach, beforeEach, mock, test } from "node:test";

import { memoryStore } from "../../support_chat/static/support_chat/storage.js";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none
const { Filing } = await import("../../widget/static/widget/filing.js");
await import("../../support_chat/static/support_chat/files_later.js"); // so that it comes at once

const LIMITS = { size: 10 * 1024 * 1024, count: 3, types: [".png"], style: "" };
const PICTURE = { name: "door.png", size: 2_000 };
const FACTS = { id: "f1", name: "door.png", kind: "image", type: "image/png", size: 2_000 };

let uploads = [];

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  uploads = [];
  globalThis.document = { head: { append() {} }, createElement: () => ({}) };
  globalThis.XMLHttpRequest = class {
    upload = {};
    open() {}
    setRequestHeader() {}
    send() {
      uploads.push(this);
    }
    abort() {
      this.aborted = true;
      this.onabort();
    }
  };
});
afterEach(() => {
  delete globalThis.XMLHttpRequest;
  mock.timers.reset();
  mock.restoreAll();
});

function filingOf(store = memoryStore()) {
  return new Filing({ store, token: { get: () => "t" }, talking: { fetch: async () => {} }, draftKey: "draft" }, LIMITS);
}

const names = ({ tray }) => tray?.items.value.map(({ name }) => name) ?? [];

test("nothing waits once all is let go: uploads end, files that are there are given up, and none comes late", async () => {
  const store = memoryStore();
  const filing = filingOf(store);
  const given = mock.method(globalThis, "fetch", async () => ({ ok: true }));
  await filing.putBack([FACTS]);
  await filing.add([PICTURE]);
  const late = filing.add([PICTURE]);
  filing.empty();
  await late;
  assert.deepEqual([names(filing), uploads.map(({ aborted }) => aborted), store.keys("")], [[], [true], []]);
  assert.deepEqual(given.mock.calls.map(({ arguments: [address] }) => address).filter((address) => address.includes("forget")), ["/widget/files/f1/forget/"]);
});
