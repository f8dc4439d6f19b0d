import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { CannedReplies } = await import("../../agents/static/agents/canned_replies.js");

/** As much of a page as a live region needs. */
const part = { style: {}, isConnected: true, setAttribute: () => {}, append: () => {}, remove: () => {} };
globalThis.document = Object.assign(part, { createElement: () => part, body: part, ownerDocument: part });

const ALL = [
  { id: "late", shortcut: "late", title: "Late", text: "Sorry, it is late.", queue: null },
  { id: "again", shortcut: "again", title: "Late again", text: "Late again, sorry.", queue: null },
  { id: "refund", shortcut: "refund", title: "Refund", text: "Your money comes back.", queue: null },
];
const CHAT = { id: "chat", queue: null, position: 7 };

/** Replies of a console whose server answers `find_replies` with these ids, each as soon as it is told to. */
function canned(features = ["find_replies"], fill = undefined) {
  const asked = [];
  const request = (command, fields) => new Promise((answer, refuse) => asked.push({ command, fields, answer, refuse }));
  const replies = new CannedReplies("/none/", { request, welcome: { features } }, fill);
  replies.all.value = ALL;
  return { replies, asked };
}

/** A box that holds this, with the caret at its end. */
function boxWith(text) {
  const box = {
    value: text,
    element: { selectionStart: text.length },
    text: () => box.value,
    focus: () => {},
    insert: (words, from = box.value.length, to = from) => (box.value = box.value.slice(0, from) + words + box.value.slice(to)),
  };
  return box;
}

const press = (key, more = {}) => {
  const event = { key, code: key, altKey: false, ctrlKey: false, shiftKey: false, metaKey: false, prevented: false, ...more };
  return Object.assign(event, { preventDefault: () => (event.prevented = true) });
};
const found = (replies) => replies.found.value.map((reply) => reply.id);
const SENT = Promise.resolve(/** @type {const} */ ("sent"));
const settled = () => new Promise((done) => setTimeout(done));

test("this browser finds by words at once, and the server's order follows", async () => {
  const { replies, asked } = canned();
  replies.look("/late", 5, CHAT);
  assert.deepEqual(found(replies), ["late", "again"]);
  assert.deepEqual(asked[0].fields, { conversation: "chat", typed: "late" });
  asked[0].answer({ found: ["refund", "again"], sure: false, likely: [] });
  await settled();
  assert.deepEqual(found(replies), ["refund", "again", "late"]);
});

test("what no reply holds by its words is listed only where the server is sure of one, else Enter sends it", async () => {
  const { replies, asked } = canned();
  const box = boxWith("and /or something");
  const look = async (text, sure) => {
    replies.look(text, text.length, CHAT);
    asked.at(-1).answer({ found: ["refund", "late"], sure, likely: [] });
    await settled();
    return [found(replies), replies.open.value];
  };
  assert.deepEqual(await look(box.value, false), [[], false]);
  const enter = press("Enter");
  replies.key(enter, box, CHAT);
  assert.deepEqual([enter.prevented, box.value], [false, "and /or something"]);
  assert.deepEqual(await look("/pay them", true), [["refund", "late"], true]);
});

test("an answer to what was typed before changes nothing", async () => {
  const { replies, asked } = canned();
  replies.look("/l", 2, CHAT);
  replies.look("/late", 5, CHAT);
  asked[0].answer({ found: ["refund"], sure: true, likely: [] });
  await settled();
  assert.deepEqual(found(replies), ["late", "again"]);
});

test("nothing moves under an agent who has begun to choose", async () => {
  const { replies, asked } = canned();
  replies.look("/late", 5, CHAT);
  replies.key(press("ArrowDown"), boxWith("/late"), CHAT);
  asked[0].answer({ found: ["refund"], sure: true, likely: [] });
  await settled();
  assert.deepEqual(found(replies), ["late", "again"]);
});

test("a server that has learnt nothing yet, or does not answer, leaves the search to this browser", async () => {
  const { replies, asked } = canned();
  replies.look("/late", 5, CHAT);
  asked[0].answer({ found: null, sure: false, likely: [] });
  replies.look("/refund", 7, CHAT);
  asked[1].refuse(new Error("lost"));
  await settled();
  assert.deepEqual(found(replies), ["refund"]);
});

test("what was picked is told once it was sent, with what was typed and known", async () => {
  const { replies, asked } = canned();
  replies.look("/late", 5, CHAT);
  const box = boxWith("/late");
  replies.key(press("Enter"), box, CHAT);
  assert.equal(box.value, "Sorry, it is late.");
  assert.deepEqual(asked.map(({ command }) => command), ["find_replies"]);
  /** @type {any} */
  let arrive;
  replies.picks.sent("chat", box.value, new Promise((done) => (arrive = done)));
  replies.picks.sent("chat", box.value, SENT);
  await settled();
  assert.equal(asked.length, 1, "it may still be taken back");
  arrive("sent");
  await settled();
  const pick = { conversation: "chat", reply: "late", typed: "late", position: 7 };
  assert.deepEqual(asked.slice(1).map(({ command, fields }) => [command, fields]), [["pick_reply", pick]]);
});

test("what was taken out of the box again, or back once it was sent, was not meant", async () => {
  const { replies, asked } = canned();
  replies.take(ALL[0], boxWith(""), CHAT);
  replies.look("", 0, CHAT);
  await replies.picks.sent("chat", "Something else", SENT);
  for (const how of /** @type {const} */ (["gone", "failed"])) {
    replies.take(ALL[0], boxWith(""), CHAT);
    await replies.picks.sent("chat", ALL[0].text, Promise.resolve(how));
  }
  assert.deepEqual(asked, []);
});

test("Alt with a number puts a likely reply into the empty box, and nowhere else", () => {
  const { replies } = canned();
  replies.likely.suggested.value = { chat: "chat", position: 7, ids: ["refund", "late"] };
  const box = boxWith("");
  const key = press("™", { altKey: true, code: "Digit2" });
  replies.key(key, box, CHAT);
  assert.deepEqual([box.value, key.prevented], ["Sorry, it is late.", true]);
  replies.look(box.value, box.value.length, CHAT);
  assert.deepEqual(replies.likelyIn("chat"), []);
  replies.key(press("1", { altKey: true, code: "Digit1" }), box, CHAT);
  assert.equal(box.value, "Sorry, it is late.");
});

test("Ctrl Space begins a search where a slash would", () => {
  const { replies } = canned();
  const space = () => press(" ", { ctrlKey: true, code: "Space" });
  for (const [text, then] of [["", "/"], ["Hi ", "Hi /"], ["Hi", "Hi /"], ["Hi /re", "Hi /re"]]) {
    const box = boxWith(text);
    replies.key(space(), box, CHAT);
    assert.equal(box.value, then);
  }
});

test("a reply goes into the box with what is known of the chat, and it is told whether it was sent so", async () => {
  const fill = (text, chat) => text.replace("it", `it, ${chat},`);
  for (const [sent, edited] of [["Hello! Sorry, it, chat, is late.", false], ["Sorry, it is late.", true]]) {
    const { replies, asked } = canned(["find_replies", "pick_edited"], fill);
    const box = boxWith("");
    replies.take(ALL[0], box, CHAT);
    assert.equal(box.value, "Sorry, it, chat, is late.");
    await replies.picks.sent("chat", sent, SENT);
    assert.deepEqual(asked.at(-1).fields, { conversation: "chat", reply: "late", typed: "", position: 7, edited });
  }
});

test("files that go with a reply are fetched for the box of its chat, all of them or none", async () => {
  const { fetch: before } = globalThis;
  globalThis.fetch = async (url) => ({ ok: url !== "/gone", status: 404, blob: async () => new Blob([url]) });
  try {
    const { replies } = canned();
    const brought = [];
    replies.onFiles = (...said) => brought.push(said);
    const file = (url) => ({ name: `${url.slice(1)}.txt`, type: "text/plain", url });
    replies.take({ ...ALL[0], files: [file("/a"), file("/b")] }, boxWith(""), CHAT);
    replies.take({ ...ALL[0], files: [file("/a"), file("/gone")] }, boxWith(""), CHAT);
    const [[chat, said, fetched], [, , missing]] = brought;
    assert.deepEqual([chat, said.map(({ name }) => name)], ["chat", ["a.txt", "b.txt"]]);
    assert.deepEqual((await fetched).map(({ name }) => name), ["a.txt", "b.txt"]);
    await assert.rejects(missing, /404/u);
  } finally {
    globalThis.fetch = before;
  }
});

test("filling in what was not known is no other text", async () => {
  const { replies, asked } = canned(["find_replies", "pick_edited"]);
  const reply = { ...ALL[0], text: "Hi {{visitor.name}}, it is late. Yours, {{agent.name}}" };
  for (const [sent, edited] of [["Hi Vera, it is late. Yours, Ana", false], ["Hi Vera, it is early. Yours, Ana", true]]) {
    replies.take(reply, boxWith(""), CHAT);
    await replies.picks.sent("chat", sent, SENT);
    assert.equal(asked.at(-1).fields.edited, edited);
  }
});

test("what was loaded a while ago is loaded anew when the list opens, once", async () => {
  const asked = [];
  const [before, { now }] = [globalThis.fetch, Date];
  globalThis.fetch = async (address) => (asked.push(address), { ok: true, json: async () => ALL });
  try {
    const { replies } = canned();
    await replies.load();
    replies.look("/l", 2, CHAT);
    assert.equal(asked.length, 1);
    replies.shut();
    Date.now = () => now() + 61_000;
    replies.look("/l", 2, CHAT);
    replies.look("/la", 3, CHAT);
    assert.equal(asked.length, 2);
  } finally {
    [globalThis.fetch, Date.now] = [before, now];
  }
});

test("what could not be loaded is tried anew now and then, not with every key", async (t) => {
  const asked = t.mock.method(globalThis, "fetch", async () => ({ ok: false, status: 503 }));
  t.mock.timers.enable({ apis: ["Date"] });
  const { replies } = canned();
  await replies.load();
  for (const typed of ["/", "/l", "/la", "/lat"]) replies.look(typed, typed.length, CHAT);
  assert.equal(asked.mock.callCount(), 1);
  t.mock.timers.tick(3000);
  for (const typed of ["/late", "/late "]) replies.look(typed, typed.length, CHAT);
  assert.equal(asked.mock.callCount(), 2);
});

test("how many are found is said when it changes, not with every key", (t) => {
  const said = t.mock.method(part, "append");
  const { replies } = canned();
  for (const typed of ["/l", "/la", "/lat"]) replies.look(typed, typed.length, CHAT);
  const once = said.mock.callCount();
  replies.look("/late again", 11, CHAT);
  assert.ok(once > 0 && said.mock.callCount() === 2 * once, `${once} and ${said.mock.callCount()}`);
});
