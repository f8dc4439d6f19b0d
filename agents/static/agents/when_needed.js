// What is fetched right after the lists stand, or when it is first asked for: the open chat, the dialogs, the board.

import { brought } from "../support_chat/brought.js";
import { renew } from "../support_chat/renewing.js";
import { h, signal, useEffect } from "../support_chat/vendor/preact.js";

/** @typedef {typeof import("./later.js")} Code */
/** @typedef {import("../support_chat/brought.js").Addresses} Addresses */

/** @type {import("../support_chat/vendor/preact.js").Signal<Code | null>} */
export const code = signal(null);
/** What could not be fetched is tried anew by itself after so long (ms), and not before, whoever asks for it. */
export const TRIED_AFTER = 5000;
/** A page that is older (ms) may be of a release that is gone. */
export const AGED = 60_000;
/** @type {Promise<void> | null} */
let coming = null;
/** Set after it failed. @type {any} */
let again = null;
/** @type {Addresses} */
let addresses = { styles: [], modules: [] };

/** As soon as nothing else is to do, so that it is there without a connection too. @param {Addresses} later */
export function fetchWhenIdle(later) {
  addresses = later;
  const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ fn) => setTimeout(fn, 200));
  idle(() => void fetchCode().catch(() => {}), { timeout: 2000 });
}

/** Now. @param {boolean} [asked] for by somebody: then what failed a moment ago is tried too @returns {Promise<void>} rejected when it cannot be fetched */
export function fetchCode(asked = false) {
  if (asked && again) tryAnew();
  coming ??= bring().catch((error) => {
    // The server has another release by now; what was written is kept. A page that was just loaded is of that release.
    if (error.message === "404" && performance.now() > AGED) renew();
    again = setTimeout(() => {
      tryAnew();
      fetchCode().catch(() => {});
    }, TRIED_AFTER);
    throw error;
  });
  return coming;
}

function tryAnew() {
  clearTimeout(again);
  again = coming = null;
}

async function bring() {
  await brought(addresses);
  code.value = await import("./later.js");
}

/**
 * One of its parts by name; nothing while it is on its way. `failed`, where somebody asked for it, is called, once a
 * place, when it cannot be fetched.
 * @param {{part: keyof Code, props: any, failed?: () => void}} wanted
 */
export function Later({ part, props, failed }) {
  const isHere = code.value !== null;
  useEffect(() => void (isHere || fetchCode(failed !== undefined).catch(() => failed?.())), [isHere, part]);
  return code.value && h(/** @type {any} */ (code.value[part]), props);
}
