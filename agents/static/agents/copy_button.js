// Copies what stands beside it.

import { speak } from "../support_chat/speak.js";
import { h, html, useSignal } from "../support_chat/vendor/preact.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { Icon } from "./icons.js";

const COPY = "M7 7V3h10v10h-4M3 7h10v10H3z";
/** So long (ms) it shows that it was done. */
const SHOWN = 2000;

/** What copies this value; nothing where a page may not: browsers let one over TLS alone. @param {string} value @param {string} name of what it is */
export function copyOf(value, name) {
  return globalThis.navigator.clipboard ? h(CopyButton, { key: `copy ${value}`, value, name }) : null;
}

/** @param {{value: string, name: string}} props */
function CopyButton({ value, name }) {
  const done = useSignal(false);
  const copy = async () => {
    const copied = await navigator.clipboard.writeText(value).then(() => true, () => false);
    speak(fill(copied ? gettext("%(what)s copied") : gettext("%(what)s could not be copied"), { what: name }));
    done.value = copied;
    setTimeout(() => (done.value = false), SHOWN);
  };
  const says = fill(gettext("Copy: %(what)s"), { what: name });
  return html`<button type="button" class="button quiet square copy" aria-label=${says} title=${says} onClick=${copy}>
    <${Icon} name=${done.value ? "check" : COPY} /></button>`;
}
