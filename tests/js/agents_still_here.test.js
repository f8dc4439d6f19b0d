import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

import { speakingPage } from "./fakes/speech.js";

register("./fakes/static_roots.js", import.meta.url);
const { signal } = await import("../../support_chat/static/support_chat/vendor/preact.js");
const [button, body, box] = [{}, {}, {}];
globalThis.document = /** @type {any} */ (Object.assign(speakingPage(), { activeElement: button, body: Object.assign(body, { append() {} }) }));
const { stillHere } = await import("../../agents/static/agents/still_here.js");
const { Deeds } = await import("../../agents/static/agents/deeds.js");
const { RefusedError } = await import("../../support_chat/static/support_chat/errors.js");

/** Something was asked for with this in focus, in chat "a". */
function asked(at = button) {
  Object.assign(document, { activeElement: at });
  const front = signal({ id: "a" });
  return { front, isHere: stillHere(/** @type {any} */ ({ front })) };
}

test("who waits at the button that they pressed, or whose button went with what it did, is still there", () => {
  const { isHere } = asked();
  assert.equal(isHere(), true);
  Object.assign(document, { activeElement: body });
  assert.equal(isHere(), true);
});

test("who writes by now, or has opened another chat, is not taken away", () => {
  const writing = asked();
  Object.assign(document, { activeElement: box });
  assert.equal(writing.isHere(), false);
  const elsewhere = asked();
  elsewhere.front.value = { id: "b" };
  assert.equal(elsewhere.isHere(), false);
});

for (const [what, goes, opened, said] of [
  ["whoever still waits for the answer is led to the chat that is next", () => {}, ["next"], "Somebody else has waited longer. This is their chat."],
  ["whoever writes by now is only told that another one is next", () => Object.assign(document, { activeElement: box }), [], "Somebody else has waited longer."],
]) {
  test(what, async () => {
    const desk = { ...asked(), opened: [], said: [], notices: { say: (words) => desk.said.push(words) }, open: (id) => desk.opened.push(id) };
    let refuse;
    const socket = { request: () => new Promise((_, no) => (refuse = no)) };
    const going = new Deeds(/** @type {any} */ (Object.assign(desk, { socket }))).accept("later");
    goes();
    refuse(new RefusedError({ code: "not_next", message: "", conversation: "next" }));
    await going;
    assert.deepEqual([desk.opened, desk.said], [opened, [said]]);
  });
}
