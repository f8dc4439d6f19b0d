import assert from "node:assert/strict";
import test, { afterEach, beforeEach, mock } from "node:test";

import { Files } from "../../support_chat/static/support_chat/files.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { pass, withFakeTime } from "./fakes/outboxes.js";
import { settled } from "./fakes/web_socket.js";

withFakeTime();

const asked = [];
const uploads = [];
let isOnline = true;

beforeEach(() => {
  asked.length = uploads.length = 0;
  isOnline = true;
  globalThis.document = { head: { append() {} }, createElement: () => ({}) };
  globalThis.XMLHttpRequest = class {
    upload = {};
    open() {}
    setRequestHeader() {}
    send() {
      uploads.push(this);
    }
    async there(id) {
      [this.status, this.responseText] = [201, JSON.stringify({ id, name: `${id}.png` })];
      this.onload();
      await settled();
    }
  };
  mock.method(globalThis, "fetch", async (address) => {
    asked.push(address);
    if (!isOnline) throw new TypeError("Failed to fetch");
    return { ok: true, blob: async () => {} };
  });
});
afterEach(() => {
  delete globalThis.XMLHttpRequest;
  mock.restoreAll();
});

const LIMITS = { size: 1_000_000, count: 3, types: [".png"], style: "", modules: ["/static/files_later.js"] };
const picture = (name = "a.png") => ({ name, size: 2_000 });
const filesOf = (store = memoryStore()) => new Files({ path: "/files/", headers: () => ({}), limits: LIMITS, store });

/** Asks the message of a draft to go, now or later; the files that went with it. */
function asking(files, draft = "draft") {
  const gone = [];
  const go = () => {
    const taken = files.take(draft, {}, go);
    if (taken) gone.push(taken.map(({ id }) => id));
  };
  go();
  return gone;
}

/** A promise that the test keeps or breaks. */
function promised() {
  const all = {};
  all.promise = new Promise((keep, fail) => Object.assign(all, { keep, fail }));
  return all;
}

// First: the code is fetched once a page.
test("what was chosen without a connection is shown, and kept until the code for files comes; its message waits", async () => {
  const store = memoryStore();
  store.set("before a reload:files", JSON.stringify([{ key: "k", name: "b.png", size: 1, facts: { id: "f0" } }]));
  const files = filesOf(store);
  isOnline = false;
  const kept = asking(files, "before a reload");
  void files.add("draft", {}, [picture()]);
  const gone = asking(files);
  for (let second = 0; second < 20; second += 1) await pass(1);
  assert.deepEqual([files.coming.value.at(-1), gone, kept, asked.length > 2], [{ draft: "draft", names: ["a.png"] }, [], [], true]);
  isOnline = true;
  await pass(30);
  await files.fetchCode();
  await settled();
  assert.deepEqual(kept, [["f0"]]);
  assert.deepEqual([files.coming.value, uploads.length, gone, new Set(asked)], [[], 1, [], new Set(LIMITS.modules)]);
  await uploads[0].there("f1");
  assert.deepEqual(gone, [["f1"]]);
});

test("a message without files goes at once", () => {
  assert.deepEqual(asking(filesOf()), [[]]);
});

test("a message waits for the files of a canned reply, however quick Enter is", async () => {
  const files = filesOf();
  const fetched = promised();
  void files.bring("draft", {}, [{ name: "map.png" }], fetched.promise);
  await settled();
  const gone = asking(files);
  const elsewhere = asking(files, "another draft");
  fetched.keep([picture("map.png")]);
  await settled();
  assert.deepEqual([gone, elsewhere, uploads.length], [[], [[]], 1]);
  await uploads[0].there("f1");
  assert.deepEqual(gone, [["f1"]]);
});

test("a message waits for all that is on its way to it", async () => {
  const files = filesOf();
  const [one, two] = [promised(), promised()];
  void files.bring("draft", {}, [{ name: "a.png" }], one.promise);
  void files.bring("draft", {}, [{ name: "b.png" }], two.promise);
  const gone = asking(files);
  one.keep([picture("a.png")]);
  await settled();
  await uploads[0].there("f1");
  assert.deepEqual(gone, []);
  two.keep([picture("b.png")]);
  await settled();
  await uploads[1].there("f2");
  assert.deepEqual(gone, [["f1", "f2"]]);
});

test("a message goes neither without what could not be fetched for it, nor once its words have changed", async () => {
  const files = filesOf();
  const missing = promised();
  const said = files.bring("draft", {}, [{ name: "map.png" }], missing.promise).catch(({ message }) => message);
  const gone = asking(files);
  missing.fail(new Error("404"));
  assert.equal(await said, "404");
  const fetched = promised();
  void files.bring("draft", {}, [{ name: "map.png" }], fetched.promise);
  const changed = asking(files);
  files.stay("draft");
  fetched.keep([picture("map.png")]);
  await settled();
  await uploads[0].there("f1");
  assert.deepEqual([gone, changed, asking(files)], [[], [], [["f1"]]]);
});

test("what a message had with it is there again before it can be sent anew", async () => {
  const files = filesOf();
  void files.putBack("draft", {}, [{ id: "f1", name: "a.png", size: 1 }]);
  const gone = asking(files);
  await settled();
  assert.deepEqual(gone, [["f1"]]);
});
