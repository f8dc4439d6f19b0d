// "@" in the box finds colleagues who may read the chat; the name goes into a note, never to the visitor.

/** @import {ComposerHandle} from "../support_chat/composer.js" */
/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { gettext } from "../support_chat/gettext.js";
import { html, signal } from "../support_chat/vendor/preact.js";
import { besideIn } from "./participants.js";
import { statusName } from "./status_words.js";
import { safeName } from "./words.js";

/** Nobody reads a longer list than this while writing. */
const SHOWN = 7;
/** An "@" at the start or after a space, and what was typed behind it. */
const AT = /(?:^|\s)@([^@\n]{0,60})$/u;

/** @typedef {{id: string, name: string, says: string}} Colleague */

export class Naming {
  constructor() {
    this.open = signal(false);
    /** @type {import("../support_chat/vendor/preact.js").Signal<Colleague[]>} */
    this.found = signal([]);
    this.chosen = signal(0);
    this.from = 0;
    this.to = 0;
  }

  /** @param {string} text @param {number} caret @param {() => Colleague[]} colleagues */
  look(text, caret, colleagues) {
    const typed = AT.exec(text.slice(0, caret))?.[1];
    if (typed === undefined) return this.shut();
    const found = fitting(colleagues(), typed);
    this.from = caret - typed.length - 1;
    this.to = caret;
    this.found.value = found;
    this.chosen.value = 0;
    this.open.value = found.length > 0;
  }

  shut() {
    this.open.value = false;
  }

  /**
   * The keys of the open list.
   * @param {KeyboardEvent} event
   * @param {(colleague: Colleague) => void} onPick
   */
  key(event, onPick) {
    const found = this.found.peek();
    if (!this.open.peek() || event.isComposing || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: found.length - 1 }[event.key];
    if (step !== undefined) this.chosen.value = (this.chosen.peek() + step) % found.length;
    else if (event.key === "Enter" || event.key === "Tab") onPick(found[this.chosen.peek()]);
    else if (event.key === "Escape") this.shut();
    else return;
    event.preventDefault();
  }

  /** Instead of the "@" and what followed. @param {Colleague} colleague @param {ComposerHandle} box */
  insert({ name }, box) {
    this.shut();
    box.insert(`@${name} `, this.from, this.to);
    this.shut();
    box.focus();
  }
}

/** By the begin of the name or of a word of it. @param {Colleague[]} colleagues @param {string} typed */
function fitting(colleagues, typed) {
  const wanted = typed.toLowerCase();
  const fits = (/** @type {string} */ name) => name.startsWith(wanted) || name.split(/\s+/u).some((word) => word.startsWith(wanted));
  return colleagues.filter(({ name }) => fits(name.toLowerCase())).slice(0, SHOWN);
}

/** Who may read this chat, as far as the console knows, those who are here first. @param {Desk} desk @param {OpenChat} chat @returns {Colleague[]} */
export function colleaguesIn(desk, chat) {
  const about = chat.about.peek();
  const queue = about?.queue.id ?? desk.inbox.find(chat.id)?.queue;
  const answer = desk.inbox.queues.peek().find(({ id }) => id === queue)?.agents ?? [];
  const readers = new Set([...answer, ...Object.keys(besideIn(chat)), about?.agent?.id]);
  return desk.inbox.teammates.peek()
    .filter(({ id }) => readers.has(id))
    .map(({ id, name, status }) => ({ id, name: safeName(name), says: status }))
    .sort((a, b) => Number(a.says === "offline") - Number(b.says === "offline"));
}

export const COLLEAGUES = "colleagues-found";

/** @param {{naming: Naming, onPick: (colleague: Colleague) => void}} props */
export function NamingList({ naming, onPick }) {
  if (!naming.open.value) return null;
  return html`<div class="canned">
    <ul id=${COLLEAGUES} role="listbox" aria-label=${gettext("Colleagues")}>
      ${naming.found.value.map((each, n) => html`<li key=${each.id} id=${`${COLLEAGUES}-${n}`} role="option" aria-selected=${n === naming.chosen.value}
        class="canned-option" onMouseMove=${() => (naming.chosen.value = n)}
        onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => onPick(each)}>
        <span class="canned-head"><i class="dot" data-status=${each.says}></i><b><bdi>${each.name}</bdi></b>
          <span class="tag">${statusName(each.says)}</span></span></li>`)}
    </ul>
    <p class="canned-hint">${gettext("Goes into a note: only your team reads it.")}</p>
  </div>`;
}
