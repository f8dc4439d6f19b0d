import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { linkBack } = await import("../../widget/static/widget/link_back.js");

/** A page at this address, which notes where it was sent. */
function page(hash) {
  const seen = [];
  return { seen, location: { hash, pathname: "/chat/KEY/", search: "" }, history: { replaceState: (...to) => seen.push(to[2]) } };
}

test("a link is taken off the address before anything else happens", () => {
  const here = page("#go-on=abc");
  const { secret, client_id } = linkBack(here).claim;
  assert.equal(secret, "abc");
  assert.match(client_id, /^[0-9a-f-]{36}$/u);
  assert.deepEqual(here.seen, ["/chat/KEY/"]);
});

test("any other address stays as it is", () => {
  for (const hash of ["", "#doors"]) {
    const here = page(hash);
    assert.equal(linkBack(here), null);
    assert.deepEqual(here.seen, []);
  }
});
