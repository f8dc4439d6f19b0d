import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
const { OnSite } = await import("../../agents/static/agents/on_site.js");
const { BARRED, countInWords, factsOf, notInvited } = await import("../../agents/static/agents/on_site_words.js");

const tick = () => new Promise((done) => setTimeout(done));

/** A list whose server answers by `answer`. */
function listOf(answer) {
  const heard = {};
  const asked = [];
  const stopped = [];
  const socket = {
    on: (name, fn) => ((heard[name] = fn), () => stopped.push(name)),
    onWelcome: (fn) => ((heard.welcome = fn), () => stopped.push("welcome")),
    request: async (command, fields) => {
      asked.push(command);
      return answer(command, fields);
    },
  };
  return { list: new OnSite({ socket }), heard, asked, stopped };
}

const told = (...names) => ({ visitors: names.map((name) => ({ id: name, name })), total: names.length, invited: [] });
const names = (list) => list.visitors.value.map(({ name }) => name);

test("the list is asked for when it opens, once for any news that come together, and is left when it closes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const real = { now: told("Vera") };
  const { list, heard, asked, stopped } = listOf(() => real.now);
  const close = list.open();
  await Promise.resolve().then(() => {});
  assert.deepEqual(asked, ["list_visitors"]);
  real.now = told("Max", "Vera");
  heard.visitors_changed({ site: "s" });
  heard.visitors_changed({ site: "s" });
  assert.equal(asked.length, 1);
  t.mock.timers.tick(400);
  await Promise.resolve().then(() => {});
  assert.deepEqual([asked.length, names(list), list.state.value], [2, ["Max", "Vera"], "ready"]);
  heard.visitors_changed({ site: "s" });
  close();
  t.mock.timers.tick(400);
  assert.deepEqual(asked.slice(2), ["leave_visitors"]);
  assert.deepEqual(stopped, ["visitors_changed", "welcome"]);
});

test("nothing moves under the hand: who left stays in place, who comes stands below, until nothing holds it", async () => {
  const real = { now: told("Vera", "Max") };
  const { list } = listOf(() => real.now);
  await list.fetch();
  const rows = () => list.rows.value.map(({ visitor, gone }) => (gone ? `${visitor.name}, left` : visitor.name));
  list.hold("pointer", true);
  list.hold("writing", true);
  real.now = told("Ida", "Max");
  await list.fetch();
  assert.deepEqual(rows(), ["Vera, left", "Max", "Ida"]);
  assert.deepEqual(names(list), ["Ida", "Max"]);
  list.hold("pointer", false);
  list.hold("writing", true);
  assert.deepEqual(rows(), ["Vera, left", "Max", "Ida"]);
  real.now = told("Vera", "Max", "Ida");
  await list.fetch();
  assert.deepEqual(rows(), ["Vera", "Max", "Ida"]);
  real.now = told("Ida");
  await list.fetch();
  list.hold("writing", false);
  assert.deepEqual(rows(), ["Ida"]);
});

test("after an interruption it is asked for anew, and an answer that was overtaken counts for nothing", async () => {
  const answers = [];
  const { list, heard } = listOf((command) => (command === "list_visitors" ? new Promise((done) => answers.push(done)) : {}));
  list.open();
  heard.welcome({});
  await tick();
  answers[1](told("new"));
  answers[0](told("old"));
  await tick();
  assert.deepEqual(names(list), ["new"]);
});

test("who was not invited is said why; the list shows what became of it otherwise", async () => {
  const refused = Object.assign(new Error("no"), { code: "not_allowed" });
  const bad = listOf((command) => (command === "invite_visitor" ? Promise.reject(refused) : told()));
  assert.equal(await bad.list.invite("v", "Hello?"), refused);
  assert.match(notInvited(refused), /rules of the site/u);
  const good = listOf(() => told());
  assert.equal(await good.list.invite("v", "Hello?"), null);
  assert.deepEqual(good.asked, ["invite_visitor", "list_visitors"]);
});

test("of a visitor only what is known is said", () => {
  const noon = Date.UTC(2026, 0, 15, 12, 0);
  const vera = { hidden: false, locale: "ja", zone: "Asia/Tokyo", device: "phone/Firefox/Android", chats: 2 };
  const [here, language, time, device, chats] = factsOf(vera, 65, noon);
  assert.deepEqual([here, language, device, chats], ["Here for 1 min", "Japanese", "Phone, Firefox, Android", "2 chats before"]);
  assert.match(time, /Tokyo/u);
  assert.deepEqual(factsOf({ hidden: true, locale: "", zone: null, device: null, chats: 0 }, 5, noon), ["In another tab, here for 5 s", "No chat before"]);
});

test("how many there are is said, and when not all are shown", () => {
  assert.equal(countInWords(1, 1), "1 visitor has opened the chat.");
  assert.equal(countInWords(200, 812), "812 visitors have opened the chat. The newest 200 are shown.");
  assert.match(countInWords(0, 0), /^Nobody right now/u);
});

test("each reason of the server but the one of the whole site stands in words beside the visitor", async () => {
  const { readFileSync } = await import("node:fs");
  const shapes = readFileSync(new URL("../../support_chat/asyncapi/shapes.py", import.meta.url), "utf8");
  const reasons = [.../barred: Literal\[([^\]]*)\]/u.exec(shapes)[1].matchAll(/"(\w+)"/gu)].map((found) => found[1]);
  assert.deepEqual(Object.keys(BARRED).sort(), reasons.filter((reason) => reason !== "off").sort());
});
