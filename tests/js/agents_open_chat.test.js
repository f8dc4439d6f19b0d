import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

import { RefusedError } from "../../support_chat/static/support_chat/errors.js";
import { entry, snapshot } from "./fakes/entries.js";
import { settled } from "./fakes/web_socket.js";

register("./fakes/static_roots.js", import.meta.url);
const { OpenChat } = await import("../../agents/static/agents/open_chat.js");

const chats = (...ids) => ids.map((id) => ({ id }));
const about = (more) => ({ about: { history: chats("d", "c"), history_next: "1.3", read: 0, ...more } });
const ids = (chat) => chat.about.value.history.map(({ id }) => id);

/** An open chat whose server has these pages of earlier ones, by where they begin. */
function chatWith(pages) {
  const asked = [];
  const request = async (command, { after }) => (asked.push([command, after]), pages[after]);
  const chat = new OpenChat("now", /** @type {any} */ ({ request }));
  chat.take(/** @type {any} */ (about()));
  return { chat, asked };
}

const PAGES = { "1.3": { history: chats("b"), next: "1.2" }, "1.2": { history: chats("a"), next: null } };

test("earlier chats are asked for page by page, until there are no more", async () => {
  const { chat, asked } = chatWith(PAGES);
  await chat.earlierChats();
  assert.deepEqual([ids(chat), chat.about.value.history_next], [["d", "c", "b"], "1.2"]);
  await chat.earlierChats();
  await chat.earlierChats();
  assert.deepEqual([ids(chat), chat.about.value.history_next], [["d", "c", "b", "a"], null]);
  assert.deepEqual(asked, [["list_earlier_chats", "1.3"], ["list_earlier_chats", "1.2"]]);
});

test("a page that is asked for twice stands there once", async () => {
  const { chat } = chatWith(PAGES);
  await Promise.all([chat.earlierChats(), chat.earlierChats()]);
  assert.deepEqual(ids(chat), ["d", "c", "b"]);
});

test("what was asked for stays when the chat is told anew, as long as it follows what is told", async () => {
  const { chat } = chatWith(PAGES);
  await chat.earlierChats();
  chat.take(/** @type {any} */ (about()));
  assert.deepEqual([ids(chat), chat.about.value.history_next], [["d", "c", "b"], "1.2"]);
  chat.take(/** @type {any} */ (about({ history: chats("e", "d"), history_next: "1.4" })));
  assert.deepEqual([ids(chat), chat.about.value.history_next], [["e", "d"], "1.4"]);
});

test("a chat of whoever is the same person no more goes with what is told anew", () => {
  const { chat } = chatWith(PAGES);
  chat.take(/** @type {any} */ (about({ history: chats("d"), history_next: null })));
  assert.deepEqual(ids(chat), ["d"]);
  chat.take(/** @type {any} */ (about({ history: [], history_next: null })));
  assert.deepEqual(ids(chat), []);
});

test("of a visitor's way the last 20 pages are kept, as the server does", () => {
  const chat = new OpenChat("c", /** @type {any} */ ({}));
  chat.about.value = /** @type {any} */ ({ visitor: { page: null } });
  for (let n = 1; n <= 30; n += 1) chat.visitor({ here: true, since: 0, page: `https://shop.example/${n}` });
  const trail = chat.about.value?.visitor.trail ?? [];
  assert.deepEqual([trail.length, trail.at(-1)?.page], [20, "https://shop.example/30"]);
});

test("a visitor's way begins with the page that they were on when the chat was opened", () => {
  const chat = new OpenChat("c", /** @type {any} */ ({}));
  chat.about.value = /** @type {any} */ ({ visitor: { page: "https://shop.example/", trail: [] } });
  for (const page of ["https://shop.example/", "https://shop.example/", "https://shop.example/doors"]) chat.visitor({ here: true, since: 0, page });
  assert.deepEqual(chat.about.value?.visitor.trail?.map((each) => each.page), ["https://shop.example/", "https://shop.example/doors"]);
});

/** An open chat, read up to its first entry, whose server answers like this from then on. */
async function standing(answer) {
  const asked = [];
  const request = async (_, fields) => (asked.push(fields.after), answer());
  const chat = new OpenChat("c1", /** @type {any} */ ({ request }));
  chat.log.adopt(/** @type {any} */ (snapshot(1, 1)));
  chat.take(/** @type {any} */ (about({ queue: { id: "general", name: "General" }, reply_to: null, mails_after: null, visitor: {} })));
  return { chat, asked };
}

const told = (more) => ({ recovered: true, entries: [], more: false, ...about({ visitor: {}, ...more }) });

for (const [what, kind, body] of [
  ["a chat that is taken from another queue", "assigned", { agent: { id: "ben" }, queue: "returns" }],
  ["a waiting chat that goes to another queue", "transferred", { queue: "returns", name: "Returns" }],
  ["a chat that waits again, in another queue", "returned_to_queue", { cause: "agent left", queue: "returns" }],
]) {
  test(`${what} is of that queue at once`, async () => {
    const { chat, asked } = await standing(() => told({ queue: { id: "returns", name: "Returns" } }));
    chat.hear(/** @type {any} */ (entry(2, { kind, body })));
    await settled();
    assert.deepEqual([chat.about.value?.queue.name, asked], ["Returns", [2]]);
  });
}

for (const kind of ["kept_place", "left_email"]) {
  test(`an address that is left is known at once (${kind})`, async () => {
    const { chat } = await standing(() => told({ reply_to: { email: "vera@mail.example", verified: false }, mails_after: 180 }));
    chat.hear(/** @type {any} */ (entry(2, { kind, body: { email: true } })));
    await settled();
    assert.deepEqual([chat.about.value?.reply_to?.email, chat.about.value?.mails_after], ["vera@mail.example", 180]);
  });
}

test("what is said, and who takes it from the same queue, asks for nothing", async () => {
  const { chat, asked } = await standing(() => told({}));
  chat.hear(/** @type {any} */ (entry(2)));
  chat.hear(/** @type {any} */ (entry(3, { kind: "assigned", body: { agent: { id: "ben" } } })));
  await settled();
  assert.deepEqual(asked, []);
});

test("a chat that went where the agent reads no more stays on the screen until they come back to it", async () => {
  const { chat } = await standing(() => {
    throw new RefusedError({ code: "not_found", retry: false });
  });
  chat.hear(/** @type {any} */ (entry(2, { kind: "assigned", body: { agent: { id: "ben" }, queue: "returns" } })));
  await settled();
  assert.equal(chat.refusal.value, null);
  await chat.refresh();
  assert.equal(/** @type {any} */ (chat.refusal.value)?.code, "not_found");
});
