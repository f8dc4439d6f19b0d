import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const page = { language: "en", languages: ["en"] };
Object.defineProperty(globalThis, "navigator", { value: page, configurable: true });
const { copyOf } = await import("../../agents/static/agents/copy_button.js");

test("there is a button where the browser lets the page copy, and none elsewhere", () => {
  assert.equal(copyOf("vera@mail.example", "E-mail"), null);
  Object.assign(page, { clipboard: {} });
  assert.deepEqual(copyOf("vera@mail.example", "E-mail")?.props, { value: "vera@mail.example", name: "E-mail" });
});
