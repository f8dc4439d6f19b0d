// What a macro would do in the chat in front, before it is done; and how far it came.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {Desk} from "./desk.js" */
/** @import {Place} from "./palette.js" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { h, html, useEffect, useMemo, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { Dialog } from "./dialog.js";
import { cannedOf, knownIn, macrosOf } from "./here.js";
import { plan, run } from "./macros.js";
import { strayFor } from "./other_chats.js";
import { Form } from "./reason_dialogs.js";
import { unfilledWords } from "./unfilled.js";
import { safeName } from "./words.js";

/** @typedef {NonNullable<ReturnType<typeof strayFor>>} Stray */

/** @param {{desk: Desk, id: string, macro: string, place: Place, onClose: () => void}} props `id` of the chat */
export function MacroDialog({ desk, id, macro: asked, place: { boot }, onClose }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const stop = useMemo(() => new AbortController(), []);
  const stray = useSignal(/** @type {Stray | null} */ (null));
  useEffect(() => goTo(list.current), []);
  useEffect(() => () => stop.abort(), []); // "Cancel" while it runs
  const macro = macrosOf(desk, boot).all.value.find((each) => each.id === asked);
  if (!macro) return h(Dialog, { title: gettext("Macro"), onClose }, html`<p class="dialog-body">${gettext("This macro is gone.")}</p>`);
  const steps = plan(macro, desk, knownIn(desk, boot, id));
  const missing = steps.find((each) => each.missing)?.missing;
  const send = async () => {
    if (missing) return false;
    // Asked about once: "Do it" again does it.
    if (!stray.peek() && (stray.value = strayOf(steps, desk, id, cannedOf(desk, boot)))) return false;
    const { done, why } = await run(steps, desk, id, stop.signal);
    if (why !== null) sayHowFar(desk, steps, done, why);
    return true;
  };
  return h(Dialog, { title: macro.name, look: "small-dialog", onClose }, html`
    <${Form} onSend=${send} onClose=${onClose} end=${gettext("Do it")}>
      <ol class="macro-steps" ref=${list}>${steps.map(({ says, words }, n) => html`<li key=${n}><b>${says}</b>
        ${words && html`<blockquote dir="auto">${words}</blockquote>`}</li>`)}</ol>
      ${stray.value && html`<p class="macro-missing" role="alert">${fill(gettext("%(fact)s is from the chat with %(name)s. “Do it” again does it all the same."), { fact: safeName(stray.value.fact.shown), name: safeName(stray.value.of) })}</p>`}
      ${missing && html`<p class="macro-missing" role="alert">${unfilledWords(missing, gettext("Nothing is done: %(what)s is not known here."))}</p>`}
    <//>`);
}

/** What in the replies belongs to another open chat. @param {import("./macros.js").Planned[]} steps @param {Desk} desk @param {string} id @param {CannedReplies} canned @returns {Stray | null} */
export function strayOf(steps, desk, id, canned) {
  const chat = desk.chats.get(id);
  const replies = steps.filter(({ step }) => step.do === "reply").map(({ words }) => words);
  return chat ? strayFor(replies.join("\n"), chat, desk, canned) : null;
}

/** Enter does it, once it was looked at. @param {HTMLElement | null} list */
function goTo(list) {
  /** @type {HTMLElement | null | undefined} */ (list?.closest("form")?.querySelector("[type=submit]"))?.focus();
}

/**
 * @param {Desk} desk
 * @param {import("./macros.js").Planned[]} steps
 * @param {number} done
 * @param {string} why
 */
function sayHowFar({ notices }, steps, done, why) {
  const { says } = steps[done];
  const before = steps.slice(0, done).map((each) => each.says).join(", ");
  const words = before
    ? fill(gettext("Done: %(before)s. Not done: %(says)s. %(why)s"), { before, says, why })
    : fill(gettext("Nothing was done. %(says)s: %(why)s"), { says, why });
  notices.say(words, { bad: true });
}
