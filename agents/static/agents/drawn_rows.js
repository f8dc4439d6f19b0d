// Which of many rows are drawn: those near what is seen, and room in place of the others.

/** So far (px) beyond what is seen rows are drawn already. */
const BEYOND = 600;

/** How high rows are (px): as they were when they were drawn last, else as the one that was drawn last. */
export class RowHeights {
  constructor() {
    /** @type {Map<string, number>} */
    this.known = new Map();
    this.usual = 58;
  }

  /** @param {string} id @param {number} height */
  set(id, height) {
    this.known.set(id, height);
    this.usual = height;
  }

  /** @param {string} id */
  of(id) {
    return this.known.get(id) ?? this.usual;
  }
}

/**
 * @param {string[]} ids in their order
 * @param {RowHeights} heights
 * @param {{top: number, bottom: number}} seen of the list, in px from its top
 * @param {string | undefined} kept drawn wherever it is: the one with the focus
 * @returns {{parts: ({id: string, at: number} | {room: number})[], from: number, to: number}} a row, or the height of
 *   those that are not drawn; and from which row to which they are near
 */
export function drawnOf(ids, heights, { top, bottom }, kept) {
  /** @type {any[]} */
  const parts = [];
  let [y, room, from, to] = [0, 0, ids.length, -1];
  for (const [at, id] of ids.entries()) {
    const height = heights.of(id);
    const isNear = y < bottom + BEYOND && y + height > top - BEYOND;
    y += height;
    if (isNear) [from, to] = [Math.min(from, at), at];
    if (isNear || id === kept) {
      if (room) parts.push({ room });
      parts.push({ id, at });
      room = 0;
    } else room += height;
  }
  if (room) parts.push({ room });
  return { parts, from, to };
}
