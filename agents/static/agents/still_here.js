// Whether the agent is where they were when they asked for something: an answer may come late, and takes nobody away.

/** @import {Desk} from "./desk.js" */

/**
 * Call it within the click or the key; what it gives says later whether the same chat is open, and the focus is where it
 * was or went with what was pressed.
 * @param {Pick<Desk, "front">} desk
 * @returns {() => boolean}
 */
export function stillHere(desk) {
  const [front, at] = [desk.front.peek(), document.activeElement];
  return () => {
    const now = document.activeElement;
    return desk.front.peek() === front && (now === at || now === null || now === document.body);
  };
}
