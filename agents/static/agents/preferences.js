// What an agent has set for this browser: how the console looks and whether single letters are keys.

import { effect, signal } from "../support_chat/vendor/preact.js";
import { localStore } from "../support_chat/storage.js";

const KEY = "support-chat:console:preferences";

/**
 * @typedef {{letters: boolean, visitorPane: boolean, look: "system" | "light" | "dark"}} Preferences
 * `letters`: single-letter keys work.
 */

/** @type {Preferences} */
const USUAL = { letters: true, visitorPane: true, look: "system" };

/** @type {import("../support_chat/vendor/preact.js").Signal<Preferences>} */
export const preferences = signal(kept());

/** @param {Partial<Preferences>} change */
export function prefer(change) {
  preferences.value = { ...preferences.peek(), ...change };
  localStore.set(KEY, JSON.stringify(preferences.peek()));
}

/** @returns {Preferences} */
function kept() {
  try {
    return { ...USUAL, ...JSON.parse(localStore.get(KEY) ?? "{}") };
  } catch {
    return USUAL;
  }
}

/** Show the page in the look that was chosen, now and after every change. */
export function wearTheLook() {
  effect(() => {
    document.documentElement.dataset.look = preferences.value.look;
  });
}
