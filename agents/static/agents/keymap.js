// Which key does what for this agent: the usual ones, and their own, which the server keeps.

/** @import {Action} from "./actions.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { ACTIONS } from "./actions.js";
import { keep } from "./own_settings.js";

/** By action, where it is not the usual one; "": no key. @type {import("../support_chat/vendor/preact.js").Signal<Record<string, string>>} */
const own = signal({});
/** As the server has them. @type {Record<string, string>} */
let kept = {};

/** What the server told. @param {Record<string, string>} keys */
export function begin(keys) {
  kept = own.value = keys;
}

/** The usual one is not an action's that came with a release when the agent had it for another one already. @param {Action} action */
export function keyOf({ id, key }) {
  return own.value[id] ?? (Object.values(own.value).includes(key) ? "" : key);
}

/** @param {string} key as an event says it @returns {Action | undefined} */
export function actionAt(key) {
  return ACTIONS.find((action) => keyOf(action) !== "" && keyOf(action) === key.toLowerCase());
}

/** Who has this key already. @param {Action} action @param {string} key */
export function conflictOf(action, key) {
  const other = actionAt(key);
  return other === action ? undefined : other;
}

/** One character that a key makes alone, or with Shift. @param {string} key */
export function isCharacter(key) {
  return [...key].length === 1 && key.trim() !== "";
}

/** "": none. @param {Action} action @param {string} key @returns {Promise<boolean>} whether it is kept; else it is as before */
export function setKey({ id, key: usual }, key) {
  const { [id]: _, ...others } = own.peek();
  return change(key.toLowerCase() === usual ? others : { ...others, [id]: key.toLowerCase() });
}

export function isUsual() {
  return Object.keys(own.value).length === 0;
}

export function reset() {
  return change({});
}

/** Shown at once; each change carries those before it. @param {Record<string, string>} keys */
async function change(keys) {
  own.value = keys;
  const isKept = await keep({ keys });
  if (isKept) kept = keys;
  else if (own.peek() === keys) own.value = kept;
  return isKept;
}
