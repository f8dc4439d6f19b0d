// Lines of the log that can say why: who got the chat, and what spoke against others. Told when it is asked for.

/** @import {Entry} from "../support_chat/types.d.ts" */
import { h, html, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { language } from "../support_chat/sentences.js";
import { clockTime } from "../support_chat/when.js";
import { staffWords } from "./staff_words.js";
import { WhyWords } from "./why_words_shown.js";

/** @param {Entry} entry @returns {any} undefined where there is nothing to say */
export function lineWithWhy(entry) {
  return entry.body?.why ? h(WhyLine, { entry }) : undefined;
}

/** @param {{entry: Entry}} props */
function WhyLine({ entry }) {
  const open = useSignal(false);
  return html`<details class="why-line" onToggle=${(/** @type {any} */ event) => (open.value = event.currentTarget.open)}>
    <summary><span dir="auto">${staffWords.line?.(entry)}</span> <time datetime=${entry.at}>${clockTime(entry.at, language())}</time>
      <span class="why-word">${gettext("Why?")}</span></summary>
    ${open.value && h(WhyWords, { why: entry.body.why, name: entry.body.agent?.name })}
  </details>`;
}
