import assert from "node:assert/strict";
import { register } from "node:module";
import { test } from "node:test";

register("./fakes/static_roots.js", import.meta.url);
const { drawnOf, RowHeights } = await import("../../agents/static/agents/drawn_rows.js");

const ids = Array.from({ length: 10_000 }, (_, n) => `c${n}`);
const heightOf = (parts, heights) => parts.reduce((sum, part) => sum + ("room" in part ? part.room : heights.of(part.id)), 0);
const rowsOf = (parts) => parts.filter((part) => "id" in part).map(({ id }) => id);

test("of ten thousand rows those near what is seen are drawn, and the list is as high as all of them", () => {
  const heights = new RowHeights();
  const { parts, from, to } = drawnOf(ids, heights, { top: 290_000, bottom: 290_800 }, "c0");
  assert.ok(parts.length < 50, `${parts.length} parts`);
  assert.ok(from > 4_985 && from < 5_000 && to > 5_010 && to < 5_030, `${from} to ${to}`);
  assert.equal(heightOf(parts, heights), 580_000);
});

test("the row with the focus is drawn wherever it is, in its place", () => {
  for (const [kept, first] of [["c3", true], ["c9000", false]]) {
    const rows = rowsOf(drawnOf(ids, new RowHeights(), { top: 290_000, bottom: 290_800 }, kept).parts);
    assert.equal(rows[first ? 0 : rows.length - 1], kept);
  }
});

test("a row keeps the height that it was drawn with, and others are taken to be as the last", () => {
  const heights = new RowHeights();
  heights.set("c0", 80);
  heights.set("c0", 90);
  heights.set("c1", 70);
  assert.deepEqual([heights.of("c0"), heights.of("c1"), heights.of("c2")], [90, 70, 70]);
  assert.equal(heightOf(drawnOf(ids.slice(0, 3), heights, { top: 0, bottom: 700 }, undefined).parts, heights), 230);
});

test("a short list is drawn whole, and an empty one is nothing", () => {
  const few = ids.slice(0, 5);
  assert.deepEqual(rowsOf(drawnOf(few, new RowHeights(), { top: 0, bottom: 800 }, "c0").parts), few);
  assert.deepEqual(drawnOf([], new RowHeights(), { top: 0, bottom: 800 }, undefined), { parts: [], from: 0, to: -1 });
});
