import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

const CODE = readFileSync(new URL("../../widget/static/widget/invite.js", import.meta.url), "utf8").replace(/;\s*$/, "");
const TOLD = { site: "k", close: "Close", never: [], rules: [{ words: "Hello?", path: "/", after: 5 }] };

/** A page on which the chat may speak first; `waiting` is all that it has begun and not ended. */
function pageWith(more) {
  const waiting = new Set();
  const begin = (fn) => (waiting.add(fn), fn);
  const end = (fn) => void waiting.delete(fn);
  const page = {
    ...{ document: {}, location: { pathname: "/" }, CSSStyleSheet: class { replaceSync() {} } },
    ...{ setTimeout: begin, setInterval: begin, clearTimeout: end, clearInterval: end, ...more(begin, end) },
  };
  page.window = page;
  runInContext(`${CODE}(${JSON.stringify(TOLD)});`, createContext(page));
  return { page, waiting };
}

const navigation = (begin, end) => ({ navigation: { addEventListener: (_, fn) => begin(fn), removeEventListener: (_, fn) => end(fn) } });

for (const [where, more] of [["tells of new pages", navigation], ["tells of none", () => ({})]]) {
  test(`where a browser ${where}, nothing is looked for any more once the chat was taken off the page`, () => {
    const { page, waiting } = pageWith(more);
    assert.equal(waiting.size, 2);
    const [, moved] = waiting;
    moved();
    assert.equal(waiting.size, 2);
    runInContext("delete window.SupportChat", page);
    moved();
    assert.equal(waiting.size, 0);
  });
}
