import assert from "node:assert/strict";
import test from "node:test";

const { brought } = await import("../../support_chat/static/support_chat/brought.js");

/** A page's head, whose style sheets load at once. */
function headOf() {
  const worn = [];
  const createElement = () => ({ remove() { worn.splice(worn.indexOf(this), 1); } });
  const append = (link) => (worn.push(link), setImmediate(() => link.onload()));
  globalThis.document = /** @type {any} */ ({ createElement, head: { append } });
  return worn;
}

test("who tries again after a module could not be fetched wears no style sheet twice", async (t) => {
  const worn = headOf();
  let isUp = false;
  t.mock.method(globalThis, "fetch", async (href) => ({ ok: isUp || href !== "b.js", status: 503, blob: async () => null }));
  const addresses = { styles: ["a.css"], modules: ["a.js", "b.js"] };
  await assert.rejects(brought(addresses), /503/u);
  await new Promise((done) => setImmediate(done));
  isUp = true;
  await brought(addresses);
  assert.deepEqual(worn.map(({ href }) => href), ["a.css"]);
});
