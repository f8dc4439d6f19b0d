import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
globalThis.document = /** @type {any} */ ({ activeElement: null, body: {} });
const { Deeds } = await import("../../agents/static/agents/deeds.js");
const { beginNote, saveNote } = await import("../../agents/static/agents/noting.js");
const { RefusedError } = await import("../../support_chat/static/support_chat/errors.js");

/** A note that stands beside a chat, opened and written on; `answers` are what the server says, one after the other. */
function writing(text, answers = [], features = ["note_read"]) {
  const asked = [];
  const said = [];
  const chat = { id: "c", about: signal(/** @type {any} */ ({ visitor: { note: "Likes blue." } })), personNote: signal(/** @type {any} */ (null)) };
  const socket = { welcome: { features }, request: async (_, fields) => {
    asked.push(fields);
    const error = answers.shift()?.();
    if (error) throw error;
  } };
  const desk = /** @type {any} */ ({ socket, front: signal(chat), notices: { say: (words) => said.push(words) } });
  desk.deeds = new Deeds(desk);
  chat.personNote.value = { ...beginNote("Likes blue."), text };
  return { asked, said, chat, save: () => saveNote(desk, /** @type {any} */ (chat)) };
}
const changed = (note) => () => new RefusedError({ code: "note_changed", message: "", retry: false, note });

test("what is saved says what was read before", async () => {
  const { asked, chat, save } = writing("Likes blue. Has a dog. ");
  assert.equal(await save(), true);
  assert.deepEqual(asked, [{ conversation: "c", text: "Likes blue. Has a dog.", read: "Likes blue." }]);
  assert.equal(chat.about.value.visitor.note, "Likes blue. Has a dog.");
});

test("where a colleague was quicker both texts stand there, and saved again mine goes over theirs", async () => {
  const { asked, said, chat, save } = writing("Has a dog.", [changed("Likes red.")]);
  assert.equal(await save(), false);
  assert.deepEqual(chat.personNote.value, { text: "Has a dog.", read: "Likes blue.", theirs: "Likes red." });
  assert.deepEqual([chat.about.value.visitor.note, said], ["Likes red.", ["Somebody else has changed this note meanwhile."]]);
  assert.equal(await save(), true);
  assert.equal(asked[1].read, "Likes red.");
});

test("what a third one made of it in between is not overwritten either", async () => {
  const { chat, save } = writing("Has a dog.", [changed("Likes red."), changed("")]);
  await save();
  assert.equal(await save(), false);
  assert.equal(chat.personNote.value.theirs, "");
});

test("what is written on while it is saved is made of what was saved", async () => {
  const { chat, asked, save } = writing("Has a dog.", [() => void (chat.personNote.value = { ...chat.personNote.value, text: "Has a dog. And a cat." })]);
  assert.equal(await save(), false);
  await save();
  assert.equal(asked[1].read, "Has a dog.");
});

test("a save that failed for another reason shows nobody's text, and an older server is not told what was read", async () => {
  const { asked, chat, save } = writing("", [() => new RefusedError({ code: "not_found", message: "", retry: false })], []);
  assert.equal(await save(), false);
  assert.deepEqual([asked, chat.personNote.value.theirs, chat.about.value.visitor.note], [[{ conversation: "c" }], null, "Likes blue."]);
});
