import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { HostLink } = await import("../../widget/static/widget/host_link.js");

const LOOK = "--c:#b3261e;--i:#ffffff";
const SHOP = "https://shop.example";

/** A frame and the page above it. */
function framed() {
  const told = [];
  const parent = { postMessage: (data, target) => told.push({ data, target }) };
  const page = Object.assign(new EventTarget(), { parent });
  const link = new HostLink(SHOP, LOOK, page);
  link.listen();
  const hear = (data, { origin = SHOP, source = parent } = {}) =>
    page.dispatchEvent(Object.assign(new Event("message"), { data, origin, source }));
  return { link, told, hear };
}

test("the panel says that it is ready and how the launcher looks, to the one origin that may frame it", () => {
  const { told } = framed();
  assert.deepEqual(told, [{ data: { supportChat: 1, say: "ready", look: LOOK }, target: SHOP }]);
});

test("the loader opens and minimises the panel, and says on which page, and whence its visitor came", () => {
  const { link, hear } = framed();
  hear({ supportChat: 1, say: "opened", page: `${SHOP}/lamps` });
  assert.deepEqual([link.opened.value, link.page], [true, `${SHOP}/lamps`]);
  hear({ supportChat: 1, say: "opened", page: `${SHOP}/lamps`, from: "https://search.example/" });
  assert.equal(link.from, "https://search.example/");
  hear({ supportChat: 1, say: "minimised" });
  assert.equal(link.from, "", "a loader of another release does not say");
  assert.equal(link.opened.value, false);
});

for (const [whose, envelope] of [
  ["another origin", { origin: "https://evil.example" }],
  ["another window of the same origin", { source: {} }],
]) {
  test(`a message of ${whose} is not heard`, () => {
    const { link, hear } = framed();
    hear({ supportChat: 1, say: "opened", page: "x" }, envelope);
    assert.deepEqual([link.opened.value, link.page], [false, ""]);
  });
}

for (const data of [null, "opened", {}, { supportChat: 2, say: "opened" }, { supportChat: 1, say: "destroy" }, { say: "opened" }]) {
  test(`a message outside the vocabulary changes nothing: ${JSON.stringify(data)}`, () => {
    const { link, hear } = framed();
    hear(data);
    assert.deepEqual([link.opened.value, link.warmed.value], [false, false]);
  });
}
