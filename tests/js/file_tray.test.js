import assert from "node:assert/strict";
import test, { afterEach, beforeEach, mock } from "node:test";

import { Tray } from "../../support_chat/static/support_chat/file_tray.js";
import { sizeInWords, typeInWords, whyNot } from "../../support_chat/static/support_chat/file_words.js";
import { Files } from "../../support_chat/static/support_chat/files.js";
import { memoryStore } from "../../support_chat/static/support_chat/storage.js";
import { online, withFakeTime } from "./fakes/outboxes.js";
import { settled } from "./fakes/web_socket.js";

globalThis.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none

withFakeTime();

/** Uploads that went out, in order; each is ended by the test. */
class Upload {
  static all = [];
  upload = {};
  headers = {};
  open(method, address) {
    [this.method, this.address] = [method, address];
  }
  setRequestHeader(name, value) {
    this.headers[name] = value;
  }
  send(file) {
    this.file = file;
    Upload.all.push(this);
  }
  abort() {
    this.onabort();
  }
  async answer(status, body) {
    [this.status, this.responseText] = [status, JSON.stringify(body)];
    this.onload();
    await settled();
  }
}

beforeEach(() => {
  Upload.all = [];
  globalThis.XMLHttpRequest = Upload;
  globalThis.document = { head: { append() {} }, createElement: () => ({}) };
  mock.method(globalThis, "fetch", async () => ({ ok: true }));
});
afterEach(() => {
  delete globalThis.XMLHttpRequest;
  mock.restoreAll();
});

const limits = { size: 10 * 1024 * 1024, count: 3, types: [".png", ".pdf"], style: "" };
const picture = (name = "a.png", size = 2_000) => ({ name, size });
const facts = (id = "f1", name = "a.png") => ({ id, name, kind: "image", type: "image/png", size: 1_900 });
const states = (tray) => tray.items.value.map(({ name, facts: known, error }) => `${name} ${error ?? (known ? "there" : "going")}`);

function tray(store = memoryStore()) {
  const files = new Files({ path: "/files/", headers: () => ({ Authorization: "Bearer t" }), limits, store });
  return new Tray({ files, key: "draft:files", fields: { conversation: "c1" } });
}

test("a file goes as soon as it is chosen, says how far it is, and is there", async () => {
  const one = tray();
  one.add([picture("Grüße.png")]);
  const [sent] = Upload.all;
  assert.match(sent.address, /^\/files\/\?client_id=[0-9a-f-]{36}&conversation=c1$/u);
  assert.deepEqual([sent.headers.Authorization, sent.headers["X-File-Name"]], ["Bearer t", "Gr%C3%BC%C3%9Fe.png"]);
  sent.upload.onprogress({ loaded: 500, total: 2_000 });
  assert.equal(one.items.value[0].share, 0.25);
  assert.equal(one.take(() => {}), null);
  await sent.answer(201, facts());
  assert.deepEqual(one.take(() => {}), [facts()]);
  assert.deepEqual(one.items.value, []);
});

test("what cannot be sent is said before a byte has gone, and holds up nothing else", () => {
  const one = tray();
  one.add([picture("a.exe"), picture("b.png", limits.size + 1), picture("c.png", 0)]);
  one.add([picture("d.png")]);
  assert.deepEqual(states(one), ["a.exe file_type", "b.png file_too_large", "c.png empty", "d.png too_many"]);
  assert.equal(Upload.all.length, 0);
  assert.equal(whyNot("file_too_large", limits), "Too large: at most 10 MB");
});

test("a refusal that may pass is tried again by itself, under the same id", async () => {
  const one = tray();
  one.add([picture()]);
  await Upload.all[0].answer(503, { error: { code: "not_checked", retry: true, after: 5 } });
  mock.timers.tick(5_000);
  await settled();
  assert.equal(Upload.all[1].address, Upload.all[0].address);
  await Upload.all[1].answer(201, facts());
  assert.deepEqual(states(one), ["a.png there"]);
});

test("a refusal for good is shown, and the person may try again or go on without it", async () => {
  const one = tray();
  one.add([picture()]);
  await Upload.all[0].answer(422, { error: { code: "file_unsafe", retry: false } });
  assert.deepEqual(states(one), ["a.png file_unsafe"]);
  const [{ key }] = one.items.value;
  one.retry(key);
  assert.equal(Upload.all.length, 2);
  one.remove(key);
  await settled();
  assert.deepEqual([states(one), one.take(() => {})], [[], []]);
});

test("what is removed after it was there is given back to the server", async () => {
  const one = tray();
  one.add([picture()]);
  await Upload.all[0].answer(201, facts());
  one.remove(one.items.value[0].key);
  assert.equal(fetch.mock.calls[0].arguments[0], "/files/f1/forget/");
});

/** Asks the message to go, now or later; what went with it. */
function asking(one) {
  const gone = [];
  const go = () => {
    const files = one.take(go);
    if (files) gone.push(files.map(({ id }) => id));
  };
  go();
  return gone;
}

test("a message that was asked to go waits for its files, and goes once", async () => {
  const one = tray();
  one.add([picture("a.png"), picture("b.png")]);
  const gone = asking(one);
  await Upload.all[0].answer(201, facts("f1"));
  assert.deepEqual([gone, one.goes.value !== null], [[], true]);
  await Upload.all[1].answer(201, facts("f2"));
  assert.deepEqual([gone, one.goes.value, states(one)], [[["f1", "f2"]], null, []]);
});

test("a message that is not the same any more does not go by itself", async () => {
  const one = tray();
  one.add([picture()]);
  const gone = asking(one);
  one.stay();
  await Upload.all[0].answer(201, facts());
  assert.deepEqual([gone, states(one)], [[], ["a.png there"]]);
});

test("when one of its files is cancelled the message still goes with the others", async () => {
  for (const cancelledLast of [false, true]) {
    Upload.all = [];
    const one = tray();
    one.add([picture("a.png"), picture("b.png")]);
    const gone = asking(one);
    const cancel = () => (one.remove(one.items.value.find(({ name }) => name === "b.png").key), settled());
    if (!cancelledLast) await cancel();
    await Upload.all[0].answer(201, facts("f1"));
    if (cancelledLast) await cancel();
    assert.deepEqual(gone, [["f1"]]);
  }
});

test("without any of its files, or with one that was refused, a message waits for the person", async () => {
  const one = tray();
  one.add([picture()]);
  const gone = asking(one);
  one.remove(one.items.value[0].key);
  await settled();
  one.add([picture("b.png"), picture("c.png")]);
  asking(one);
  await Upload.all[1].answer(422, { error: { code: "file_unsafe", retry: false } });
  await Upload.all[2].answer(201, facts("f2"));
  assert.deepEqual([gone, one.goes.value, states(one)], [[], null, ["b.png file_unsafe", "c.png there"]]);
});

test("what is cancelled between two tries is not sent again", async () => {
  const one = tray();
  one.add([picture()]);
  await Upload.all[0].answer(503, { error: { code: "not_checked", retry: true } });
  one.remove(one.items.value[0].key);
  await settled();
  mock.timers.tick(60_000);
  await settled();
  assert.equal(Upload.all.length, 1);
});

test("after a reload what was there waits on, and of what was not it is said that it must be chosen again", async () => {
  const store = memoryStore();
  const before = tray(store);
  before.add([picture("a.png"), picture("b.png")]);
  await Upload.all[0].answer(201, facts());
  const after = tray(store);
  assert.deepEqual(states(after), ["a.png there", "b.png lost"]);
  assert.equal(after.take(() => {}), null);
  assert.equal(after.goes.value, null);
  assert.equal(whyNot("lost", limits), "Not sent yet: please choose this file again");
  after.remove(after.items.value[1].key);
  assert.deepEqual(after.take(() => {}), [facts()]);
});

test("the outbox sends a message with its files, and one of files alone without a body", async () => {
  const { outbox, link } = await online();
  outbox.post("c1", "Look", { files: [facts("f1"), facts("f2")] });
  await settled();
  assert.deepEqual([link().asked("post_message").with.body, link().asked("post_message").with.attachments], ["Look", ["f1", "f2"]]);
  await link().ok("post_message", { position: 1 });
  outbox.post("c1", "", { files: [facts("f3")] });
  await settled();
  const { body, attachments } = link().asked("post_message").with;
  assert.deepEqual([body, attachments], [undefined, ["f3"]]);
});

test("sizes and types are said as people say them", () => {
  assert.deepEqual([1, 84_213, 1_250_000].map(sizeInWords), ["1 kB", "84 kB", "1.3 MB"]);
  assert.deepEqual(["a.png", "b.tar.gz", "c"].map(typeInWords), ["PNG", "GZ", ""]);
});
