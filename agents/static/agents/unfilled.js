// What nobody has filled yet in the box: marked in it, named over it, and reached by Tab.

/** @import {ComposerHandle} from "../support_chat/composer.js" */
/** @import {Unfilled} from "./variables.js" */
import { fill } from "../support_chat/sentences.js";
import { gettext } from "../support_chat/gettext.js";
import { html, useLayoutEffect, useRef } from "../support_chat/vendor/preact.js";
import { ATTRIBUTES, unfilledIn } from "./variables.js";

/** @type {Record<string, string>} */
const CALLED = {
  "visitor.name": gettext("the visitor’s name"),
  "visitor.first_name": gettext("the visitor’s first name"),
  "visitor.last_name": gettext("the visitor’s last name"),
  "visitor.email": gettext("the visitor’s e-mail address"),
};

/** Why it is not sent. @param {Unfilled} place @param {string} [sentence] with a place for what is missing */
export function unfilledWords({ name }, sentence = gettext("Not sent: %(what)s is not known here. Tab goes to it.")) {
  return fill(sentence, { what: calledIn(name) });
}

/** @param {string} name */
function calledIn(name) {
  return CALLED[name] ?? `“${name.replace(ATTRIBUTES, "")}”`;
}

/**
 * The next of them is chosen, so that typing fills it; after the last, Tab leaves the box as ever.
 * @param {KeyboardEvent} event
 * @param {ComposerHandle} box
 */
export function tabToUnfilled(event, { text, element }) {
  if (event.key !== "Tab" || event.defaultPrevented || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  const places = unfilledIn(text());
  const at = places.findIndex(({ from, to }) => from === element.selectionStart && to === element.selectionEnd);
  if (choose(element, places[at + 1])) event.preventDefault();
}

/** @param {ComposerHandle} box */
export function toUnfilled({ text, element }) {
  element.focus();
  choose(element, unfilledIn(text())[0]);
}

/** @param {HTMLTextAreaElement} element @param {Unfilled | undefined} place */
function choose(element, place) {
  if (place) element.setSelectionRange(place.from, place.to);
  return place !== undefined;
}

/** How the box writes; its marks must stand where its words do. */
const LIKE = /** @type {const} */ (["font", "letterSpacing", "lineHeight", "padding", "borderWidth", "textIndent", "tabSize"]);

/**
 * A layer over the box, of its very size, that shows nothing but the marks.
 * @param {{text: {value: string}, box: () => HTMLTextAreaElement | undefined}} props
 */
export function UnfilledMarks({ text: { value: text }, box }) {
  const layer = useRef(/** @type {HTMLElement | null} */ (null));
  const places = unfilledIn(text);
  useLayoutEffect(() => {
    const element = box();
    return element && layer.current ? lieOver(layer.current, element) : undefined;
  });
  if (!places.length) return null;
  let at = 0;
  const parts = places.map(({ from, to }) => {
    const before = text.slice(at, from);
    at = to;
    return html`${before}<mark key=${from}>${text.slice(from, to)}</mark>`;
  });
  return html`<div class="unfilled-marks" aria-hidden="true" dir="auto" ref=${layer}>${parts}${text.slice(at)}${" "}</div>`;
}

/** @param {HTMLElement} layer @param {HTMLTextAreaElement} box */
function lieOver(layer, box) {
  const lie = () => {
    const looks = getComputedStyle(box);
    for (const name of LIKE) layer.style[name] = looks[name];
    layer.style.left = `${box.offsetLeft}px`;
    layer.style.top = `${box.offsetTop}px`;
    layer.style.width = `${box.clientWidth + 2 * parseFloat(looks.borderLeftWidth)}px`;
    layer.style.height = `${box.offsetHeight}px`;
    layer.scrollTop = box.scrollTop;
  };
  lie();
  const sizes = new ResizeObserver(lie);
  sizes.observe(box);
  box.addEventListener("scroll", lie);
  return () => (sizes.disconnect(), box.removeEventListener("scroll", lie));
}
