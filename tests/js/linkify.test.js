import assert from "node:assert/strict";
import test from "node:test";

import { linkify } from "../../support_chat/static/support_chat/linkify.js";

const links = (text) => linkify(text).filter((piece) => piece.href).map((piece) => piece.href);

for (const [text, found] of [
  ["no link at all", []],
  ["see https://shop.example/order/7.", ["https://shop.example/order/7"]],
  ["(https://shop.example/a_(b))", ["https://shop.example/a_(b)"]],
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
