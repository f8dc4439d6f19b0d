import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { tellVisit } = await import("../../widget/static/widget/visiting.js");

/** A visitor on a page; `asked` is what was told of it. */
function visiting({ chat = { id: "c1", closed: signal(false) }, features = ["visit"], page = "https://shop.example/doors", from = "" } = {}) {
  const page_ = Object.assign(new EventTarget(), { hidden: false });
  globalThis.document = page_;
  const asked = [];
  const answers = { fail: false };
  const request = async (command, fields) => {
    asked.push([command, fields]);
    if (answers.fail) throw new Error("lost");
  };
  const visitor = {
    current: signal(chat),
    host: { page, from, opened: signal(true) },
    socket: { status: signal("online"), welcome: { features }, request },
  };
  tellVisit(visitor);
  const turn = (hidden) => {
    page_.hidden = hidden;
    page_.dispatchEvent(new Event("visibilitychange"));
  };
  return { ...visitor, asked, answers, turn };
}

test("the page, the zone and the tab are told, and again only when they change", () => {
  const { asked, turn, host } = visiting();
  const { zone } = asked[0][1];
  assert.equal(zone, Intl.DateTimeFormat().resolvedOptions().timeZone);
  assert.deepEqual(asked, [["visit", { page: "https://shop.example/doors", zone, hidden: false }]]);
  turn(false);
  assert.equal(asked.length, 1);
  turn(true);
  assert.equal(asked[1][1].hidden, true);
  host.page = "https://shop.example/cart";
  turn(false);
  assert.deepEqual([asked[2][1].page, asked[2][1].hidden], ["https://shop.example/cart", false]);
});

test("whoever opened the panel tells where they are also without a chat; to a server that does not ask nothing is told", () => {
  assert.equal(visiting({ chat: null }).asked.length, 1);
  assert.deepEqual(visiting({ features: ["files"] }).asked, []);
});

test("a chat that begins tells it anew, for the way is kept from then on; no page is told where none is known", () => {
  const { asked, current } = visiting({ chat: null, page: "" });
  current.value = { id: "c1", closed: signal(false) };
  assert.equal(asked.length, 2);
  assert.ok(!("page" in asked[1][1]));
});

test("whence they came to the website is told to a server that takes it, and where it is known", () => {
  const from = "https://search.example/find";
  assert.equal(visiting({ from, features: ["visit", "referrer"] }).asked[0][1].referrer, from);
  assert.ok(!("referrer" in visiting({ from }).asked[0][1]));
  assert.ok(!("referrer" in visiting({ features: ["visit", "referrer"] }).asked[0][1]));
});

test("after an interruption only what has changed meanwhile is told", () => {
  const { asked, socket, turn } = visiting();
  socket.status.value = "offline";
  socket.status.value = "online";
  assert.equal(asked.length, 1);
  socket.status.value = "offline";
  turn(true);
  assert.equal(asked.length, 1);
  socket.status.value = "online";
  assert.equal(asked.at(-1)[1].hidden, true);
});

test("what was not heard is told at the next sign", async () => {
  const { asked, answers, turn } = visiting();
  answers.fail = true;
  turn(true);
  await new Promise(setImmediate);
  answers.fail = false;
  turn(true);
  assert.equal(asked.length, 3);
});
