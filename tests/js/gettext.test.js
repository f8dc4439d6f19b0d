import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

globalThis.navigator ??= { language: "en", languages: ["en"] }; // Node 20 has none

register("./fakes/static_roots.js", import.meta.url);
const SHARED = "../../support_chat/static/support_chat";

/** As Python tells the rule of a language: a digit for each number from 0 to 199. */
const ruled = (form) => Array.from({ length: 200 }, (_, n) => form(n)).join("");
const arabic = (n) => {
  if (n < 3) return n;
  if (n % 100 >= 3 && n % 100 <= 10) return 3;
  return n % 100 >= 11 ? 4 : 5;
};

globalThis.supportChatWords = {
  texts: {
    Send: "أرسل",
    "%(name)s is back": "عاد %(name)s",
    "%(n)s day": ["none", "one", "two", "few %(n)s", "many %(n)s", "other %(n)s"],
  },
  plurals: ruled(arabic),
};
const { gettext } = await import(`${SHARED}/gettext.js`);
const { fill, language, ngettext } = await import(`${SHARED}/sentences.js`);

test("a text that the catalogue has is read in its language, and another in English", () => {
  assert.deepEqual([gettext("Send"), gettext("Receive")], ["أرسل", "Receive"]);
});

test("what stands in a sentence stands where its language puts it, as often as it asks for it", () => {
  assert.equal(fill(gettext("%(name)s is back"), { name: "Ana" }), "عاد Ana");
  assert.equal(fill("%(a)s, %(b)s, %(a)s: 100 %", { a: "x", b: "%(a)s" }), "x, %(a)s, x: 100 %");
});

for (const [n, said] of [
  [0, "none"],
  [1, "one"],
  [2, "two"],
  [3, "few 3"],
  [10, "few 10"],
  [11, "many 11"],
  [99, "many 99"],
  [100, "other 100"],
  [103, "few 103"],
  [199, "many 199"],
  [200, "other 200"],
  [211, "many 211"],
  [1_302, "other 1,302"],
])
  test(`of six forms the number ${n} takes its own`, () => {
    assert.equal(ngettext("%(n)s day", "%(n)s days", n).replace(/(\d)[.\s’](\d)/, "$1,$2"), said);
  });

test("where no words came everybody reads English, with its two forms", async () => {
  delete globalThis.supportChatWords;
  const bare = await import(`${SHARED}/gettext.js?without`);
  assert.equal(bare.gettext("Send"), "Send");
  assert.deepEqual([0, 1, 2].map((n) => ngettext("%(n)s file", "%(n)s files", n)), ["0 files", "1 file", "2 files"]);
});

test("dates are those of the page's language, in the browser's own kind of it", () => {
  const speak = (lang, languages) => {
    globalThis.document = { documentElement: { lang } };
    Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
    return language();
  };
  assert.equal(speak("de", ["en-GB", "de-AT", "de"]), "de-AT");
  assert.equal(speak("zh-hans", ["en-GB"]), "zh-hans");
  delete globalThis.document;
  assert.equal(language(), undefined);
});
