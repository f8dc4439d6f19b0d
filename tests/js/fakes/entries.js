/** A message at this position; `more` overrides. */
export function entry(position, more = {}) {
  return {
    position,
    mark: `m${position}`,
    kind: "message",
    author: { role: "agent", id: "a1", name: "Ana" },
    at: `2026-11-22T10:00:${String(position % 60).padStart(2, "0")}.000Z`,
    body: { text: `text ${position}` },
    ...more,
  };
}

export function entries(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
}

export function snapshot(from, to, more = {}) {
  return {
    id: "c1",
    state: "active",
    agent: null,
    position: to,
    mark: `m${to}`,
    entries: entries(from, to),
    earlier: from > 1,
    ...more,
  };
}
