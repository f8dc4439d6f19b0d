import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { Choice } = await import("../../agents/static/agents/choice.js");

const SHOWN = ["a", "b", "c", "d", "e"];
const chosen = (choice) => [...choice.ids.value].sort();

test("one that is picked is chosen, and picked again it is not", () => {
  const choice = new Choice();
  choice.pick("b", SHOWN);
  choice.pick("d", SHOWN);
  choice.pick("b", SHOWN);
  assert.deepEqual(chosen(choice), ["d"]);
});

test("with Shift everything between the last one and this is chosen, both ways", () => {
  const choice = new Choice();
  choice.pick("d", SHOWN);
  choice.pick("b", SHOWN, true);
  assert.deepEqual(chosen(choice), ["b", "c", "d"]);
  choice.pick("e", SHOWN, true);
  assert.deepEqual(chosen(choice), ["b", "c", "d", "e"], "the reach begins where it began");
});

test("reaching from one that is gone chooses this one alone", () => {
  const choice = new Choice();
  choice.pick("x", ["x"]);
  choice.clear();
  choice.pick("c", SHOWN, true);
  assert.deepEqual(chosen(choice), ["c"]);
});

test("of everything that matches one is taken out: what is shown stays chosen, and no more", () => {
  const choice = new Choice();
  choice.set(SHOWN, true);
  choice.pick("c", SHOWN);
  assert.deepEqual([choice.every.value, chosen(choice)], [false, ["a", "b", "d", "e"]]);
});
