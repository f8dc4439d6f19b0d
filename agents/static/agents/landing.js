// The note that the agent wants to see comes into view, and is marked for a moment.

/** @import {Desk} from "./desk.js" */
/** @import {Entry} from "../support_chat/types.d.ts" */
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { html, useEffect, useRef } from "../support_chat/vendor/preact.js";
import { companyOf } from "./company.js";
import { safeName } from "./words.js";

/** How long it is marked (ms): long enough to be found by the eye. */
const MARKED = 2500;

/** @param {Entry} entry */
function whispered({ body }) {
  return body.to ? fill(gettext("Whispered to %(name)s: only they and supervisors read it"), { name: safeName(body.to.name) }) : gettext("Whispered by a supervisor");
}

/** @param {{desk: Desk, id: string, entry: Entry}} props of a note or whisper */
export function Landing({ desk, id, entry }) {
  const company = companyOf(desk);
  const at = useRef(/** @type {HTMLElement | null} */ (null));
  const target = company.target.value;
  const isIt = target?.conversation === id && target.position === entry.position;
  useEffect(() => {
    const bubble = isIt ? at.current?.closest("li") : null;
    if (!bubble) return;
    company.target.value = null;
    requestAnimationFrame(() => bubble.scrollIntoView({ block: "center" }));
    bubble.classList.add("landed");
    setTimeout(() => bubble.classList.remove("landed"), MARKED);
  }, [isIt]);
  const names = /** @type {string[]} */ (entry.body.mentions ?? []).map((agent) => company.nameOf(agent));
  return html`<span ref=${at} class="named">${entry.kind === "whisper" ? whispered(entry) : names.map((name) => `@${name}`).join(", ")}</span>`;
}
