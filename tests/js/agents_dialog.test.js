import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
globalThis.navigator ??= { languages: ["en"] };
const { isBeside } = await import("../../agents/static/agents/dialog.js");
const { keepFilesOut } = await import("../../agents/static/agents/dropped_beside.js");
const { onceEach } = await import("../../agents/static/agents/once_each.js");

const [dialog, field] = [new EventTarget(), new EventTarget()];

test("a press that begins and ends beside the dialog shuts it; one that began in a field does not", () => {
  assert.equal(isBeside(dialog, dialog, dialog), true);
  assert.equal(isBeside(dialog, field, dialog), false, "marking a text, let go outside");
  assert.equal(isBeside(dialog, dialog, field), false);
  assert.equal(isBeside(dialog, field, field), false);
});

/** @param {string} name @param {string[]} types */
function dragged(name, types) {
  return Object.assign(new Event(name, { cancelable: true }), { dataTransfer: { types, dropEffect: "copy" } });
}

test("a file that no chat takes does not take the console's place; a text goes where it is dropped", () => {
  const page = new EventTarget();
  keepFilesOut(page);
  for (const name of ["dragover", "drop"]) {
    const [file, text] = [dragged(name, ["Files"]), dragged(name, ["text/plain"])];
    page.dispatchEvent(file);
    page.dispatchEvent(text);
    assert.deepEqual([file.defaultPrevented, file.dataTransfer.dropEffect, text.defaultPrevented], [true, "none", false]);
  }
});

test("where a chat takes files, they are its own", () => {
  const page = new EventTarget();
  page.addEventListener("dragover", (event) => event.preventDefault());
  keepFilesOut(page);
  const file = dragged("dragover", ["Files"]);
  page.dispatchEvent(file);
  assert.equal(file.dataTransfer.dropEffect, "copy");
});

test("the same twice goes under one id, anything else under another", () => {
  const idOf = onceEach();
  const first = idOf({ name: "Late" });
  assert.equal(idOf({ name: "Late" }), first);
  assert.notEqual(idOf({ name: "Later" }), first);
});
