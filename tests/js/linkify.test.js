import assert from "node:assert/strict";
import test from "node:test";

import { linkify } from "../../support_chat/static/support_chat/linkify.js";

const links = (text) => linkify(text).filter((piece) => piece.href).map((piece) => piece.href);

for (const [text, found] of [
  ["no link at all", []],
  ["see https://shop.example/order/7.", ["https://shop.example/order/7"]],
  ["(https://shop.example/a_(b))", ["https://shop.example/a_(b)"]],
  ["[https://shop.example/a(b)c)]!).", ["https://shop.example/a(b)c"]],
  ["http://a.example,https://b.example", ["http://a.example,https://b.example"]],
  ["HTTPS://SHOP.EXAMPLE/X?y=1&z=2#q!", ["HTTPS://SHOP.EXAMPLE/X?y=1&z=2#q"]],
  ["“https://shop.example/münchen/鞋”", ["https://shop.example/münchen/鞋”"]],
  ["javascript:alert(1) data:text/html,x ftp://a.example mailto:a@b.example", []],
  ["https:// and http://", []],
  ["<https://a.example>\nhttps://b.example", ["https://a.example", "https://b.example"]],
  ["xhttps://a.example", []],
]) {
  test(`links of ${JSON.stringify(text)}`, () => assert.deepEqual(links(text), found));
}

test("an address ends where an invisible character would turn its direction", () => {
  assert.deepEqual(links("https://a.example/\u202Egpj.exe"), ["https://a.example/"]);
});

test("not a character of the text is lost or added", () => {
  const text = "  a https://a.example/b). <b>c</b>\n\nhttps://x.example!? ünd ";
  assert.equal(linkify(text).map((piece) => piece.text).join(""), text);
});

test("the longest and meanest texts take no longer than others", () => {
  const mean = ["https://a.example/" + ")".repeat(8_000), "https://a.example/(".repeat(421), "http://a ".repeat(888), "[".repeat(4_000) + "](".repeat(2_000), "*_".repeat(4_000)];
  for (const text of mean) {
    const took = Array.from({ length: 5 }, () => {
      const began = performance.now();
      assert.equal(linkify(text).map((piece) => piece.text).join(""), text);
      return performance.now() - began;
    });
    assert.ok(Math.min(...took) < 50, `${text.slice(0, 30)}: ${took}`);
  }
});

test("of a tower of accents as many are left as any language has", () => {
  assert.deepEqual(linkify(`a${"\u0301".repeat(8_000)}b`), [{ text: `a${"\u0301".repeat(9)}b` }]);
  assert.deepEqual(linkify("e\u0302\u0323 \u05d1\u05bc\u05b8"), [{ text: "e\u0302\u0323 \u05d1\u05bc\u05b8" }]);
});
