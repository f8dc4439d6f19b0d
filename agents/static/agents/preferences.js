// What an agent has set for this browser: how the console looks, and which keys send. Their keys, their language and
// for how long they can take back what they send go with them (own_settings.js).

import { effect, signal } from "../support_chat/vendor/preact.js";
import { localStore } from "../support_chat/storage.js";

const KEY = "support-chat:console:preferences";

/**
 * @typedef {{letters: boolean, visitorPane: boolean, sounds: boolean, notices?: boolean, look: "system" | "light" | "dark",
 *   density: "comfortable" | "compact", send: "enter" | "ctrl", view?: string, undo?: number}} Preferences
 * `letters`: keys of one character work. `send`: by Enter, or by Ctrl Enter, and Enter makes a line. `view`: what stands in place of the lists. `undo`: from when it was kept here, until taking_up.js gave it to the server.
 */

/** @type {Preferences} */
const USUAL = { letters: true, visitorPane: true, sounds: true, look: "system", density: "comfortable", send: "enter" };

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

/** Show the page as it was chosen, now and after every change. */
export function wearTheLook() {
  effect(() => {
    const { look, density } = preferences.value;
    Object.assign(document.documentElement.dataset, { look, density });
  });
}
