import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.matchMedia ??= () => ({ matches: false, addEventListener() {} });
globalThis.document ??= Object.assign(new EventTarget(), { documentElement: { dataset: {} }, querySelector: () => null });
globalThis.navigator ??= { languages: ["en"] };
globalThis.location ??= { href: "https://chat.example/console/" };
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const { begin } = await import("../../agents/static/agents/keymap.js");
const { findWishes, wishesOf } = await import("../../agents/static/agents/palette.js");

const row = (id, name, text) => ({ conversation: id, visitor: { name }, last: { text } });

/** A desk with chats of these people, nothing open. */
function deskOf({ status = "online", watches = false } = {}) {
  const none = signal([]);
  const inbox = {
    me: signal({ id: "a1", status }),
    mine: signal([row("c1", "Brave Otter", "Where is my parcel?")]),
    idle: none,
    offers: none,
    waiting: signal([row("c2", "Café Fox", "Blue doors?")]),
    closed: none,
  };
  return { inbox, watches, view: signal(null), front: signal(null), boardShown: signal(false), asking: signal(null) };
}

const wishes = (desk, open = () => {}) =>
  wishesOf(desk, { focus: signal(null), boot: { transcripts: "/console/transcripts/", settings: null }, open });
const names = (list) => list.map(({ name }) => name);

test("a chat is found by its visitor, without accents, and by what was said last", () => {
  const all = wishes(deskOf());
  assert.deepEqual(names(findWishes(all, "cafe")), ["Café Fox"]);
  assert.deepEqual(names(findWishes(all, "parcel")), ["Brave Otter"]);
});

test("going to a chat opens it", () => {
  const opened = [];
  findWishes(wishes(deskOf(), (id) => opened.push(id)), "otter")[0].run();
  assert.deepEqual(opened, ["c1"]);
});

test("only what can be done here is offered: no board without one, no settings without the right, no status that one has", () => {
  const all = names(wishes(deskOf()));
  assert.ok(all.includes("Transcripts") && all.includes("Away"));
  assert.deepEqual(["The board, or back", "Settings", "Online", "Close this chat"].filter((name) => all.includes(name)), []);
  assert.ok(names(wishes(deskOf({ watches: true }))).includes("The board, or back"));
});

test("a name counts more than what is said of it, and at most twelve are shown", () => {
  assert.equal(findWishes(wishes(deskOf()), "dark")[0].name, "Dark");
  assert.ok(findWishes(wishes(deskOf()), "").length <= 12);
  assert.deepEqual(findWishes(wishes(deskOf()), "zebra crossing"), []);
});

test("beside what has a key stands the agent's own", () => {
  const keyOfHelp = () => findWishes(wishes(deskOf()), "keys and looks")[0].key;
  assert.equal(keyOfHelp(), "?");
  begin({ help: "h" });
  assert.equal(keyOfHelp(), "H");
  begin({});
});
