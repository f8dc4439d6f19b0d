import assert from "node:assert/strict";
import test, { mock } from "node:test";

import { prepareSpeech, speak } from "../../support_chat/static/support_chat/speak.js";

/** As much of a document as a live region needs. */
function fakePage() {
  const page = { createElement: () => element(page) };
  page.body = element(page);
  page.body.isConnected = true;
  return page;
}

function element(page) {
  const made = { ownerDocument: page, children: [], style: {}, attributes: {}, isConnected: false };
  made.setAttribute = (name, value) => (made.attributes[name] = value);
  made.append = (child) => {
    child.isConnected = true;
    child.remove = () => made.children.splice(made.children.indexOf(child), 1);
    made.children.push(child);
  };
  return made;
}

test("there is one polite region, and what it said is gone after a second", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const page = fakePage();
  prepareSpeech(page);
  prepareSpeech(page);
  assert.equal(page.body.children.length, 1);
  const [region] = page.body.children;
  assert.deepEqual([region.attributes.role, region.attributes["aria-live"]], ["log", "polite"]);
  speak("Ana: Good morning");
  speak("Ana: How can I help?");
  assert.deepEqual(region.children.map((line) => line.textContent), ["Ana: Good morning", "Ana: How can I help?"]);
  mock.timers.tick(1000);
  assert.deepEqual(region.children, []);
  mock.timers.reset();
});
