// Macros: several steps under one name. Each is done by the ordinary command; the first that is refused ends it.

/** @import {Desk} from "./desk.js" */
/** @import {Known, Unfilled} from "./variables.js" */
/** @import {Macro, Step} from "./wire.js" */
import { signal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { KINDS } from "./macro_steps.js";
import { sentFirst } from "./sent_first.js";
import { filled, unfilledIn } from "./variables.js";
import { codeInPlainWords } from "./words.js";

/** A step as it would be done; `words` of it; `missing` is nothing that can be sent. @typedef {{step: Step, says: string, words: string, missing: Unfilled | null}} Planned */
/** @typedef {{done: number, why: string | null}} Ran how many steps are done, and why no more */

export class Macros {
  /** @param {string} address */
  constructor(address) {
    this.address = address;
    /** @type {import("../support_chat/vendor/preact.js").Signal<Macro[]>} */
    this.all = signal([]);
  }

  /** Without a connection what is known stays. */
  async load() {
    try {
      const answer = await fetch(this.address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.ok) this.all.value = await answer.json();
    } catch {
      // asked anew when the palette opens
    }
  }

  /** Those of a site that this console knows every step of. @param {string | undefined} site its name */
  of(site) {
    return this.all.value.filter((macro) => macro.site === site && macro.steps.every((step) => step.do in KINDS));
  }
}

/** What would be done, with what is known of the chat. @param {Macro} macro @param {Desk} desk @param {Known} known @returns {Planned[]} */
export function plan(macro, desk, known) {
  return macro.steps.map((step) => {
    const words = filled(step.text ?? "", known);
    const [missing = null] = unfilledIn(words);
    return { step: step.text === undefined ? step : { ...step, text: words }, says: KINDS[step.do].says(step, desk), words, missing };
  });
}

/**
 * One after the other, after what was written before.
 * @param {Planned[]} steps
 * @param {Desk} desk
 * @param {string} chat
 * @param {AbortSignal} stop nothing more is done; a message that has not arrived is given up
 * @returns {Promise<Ran>}
 */
export async function run(steps, desk, chat, stop) {
  if (!(await sentFirst(desk, chat))) return { done: 0, why: codeInPlainWords({ code: "unsent", message: "" }) };
  for (const [done, { step }] of steps.entries()) {
    const why = stop.aborted ? "" : await KINDS[step.do].run(step, desk, chat, stop);
    if (why !== null) return { done, why: stop.aborted ? gettext("You stopped it.") : why };
  }
  return { done: steps.length, why: null };
}
