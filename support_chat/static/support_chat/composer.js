/** @import {Store} from "./storage.js" */
import { Composing, meansSend } from "./composing.js";
import { localStore } from "./storage.js";
import { TypingSender } from "./typing_sender.js";
import { html, useEffect, useId, useLayoutEffect, useMemo, useRef, useSignal } from "./vendor/preact.js";

/**
 * @typedef {object} ComposerHandle what the face may do with the box; put into `handle.current`
 * @property {() => string} text
 * @property {(text: string) => void} set also keeps the draft; puts the caret at the end
 * @property {(text: string, from?: number, to?: number) => void} insert at the caret, or instead of from–to
 * @property {() => void} send as if the button were pressed
 * @property {() => void} focus
 * @property {HTMLTextAreaElement} element
 *
 * @typedef {object} ComposerProps
 * @property {string} label "Message", "Reply", "Note": the box's name
 * @property {string} sendLabel "Send", "Send reply", "Add note"
 * @property {string} draftKey another key shows another draft; the box is never emptied by anything else
 * @property {(body: string) => boolean | void} onSend return false to keep the text (asked once more, unfilled places …)
 * @property {(typing: boolean, text: string) => void} [onTyping] already throttled: start every 3 s, stop after 5 s or on send
 * @property {boolean} [disabled] holds sending, never writing
 * @property {string} [placeholder]
 * @property {string} [describedBy] id of the element that says whom this addresses
 * @property {number} [maxLength] code points, 8000
 * @property {boolean} [attached] something else goes with it: then it may be sent without words
 * @property {any} [before] inside the form, before the box (attach button, canned replies list)
 * @property {any} [after] inside the form, after the send button
 * @property {any} [sendContent] what the button shows instead of its words (an icon); its name stays sendLabel
 * @property {(event: KeyboardEvent, handle: ComposerHandle) => void} [onKeyDown] first, except for keys of an input
 *   method; preventDefault() takes the key
 * @property {(text: string, handle: ComposerHandle) => void} [onText] after every change of the text
 * @property {{current: ComposerHandle | null}} [handle]
 * @property {Store} [store] where drafts live; localStore by default
 * @property {(over: number, limit: number) => string} [tooLong] words of a text that is; the number alone without
 */

const LIMIT = 8000;

/** Where a person writes. Its looks are in chat.css. @param {ComposerProps} props */
export function Composer(props) {
  const { label, sendLabel, sendContent, describedBy, maxLength = LIMIT } = props;
  const id = useId();
  const text = useSignal("");
  const { box, composing, handle } = useBox(props, text);
  const over = tooManyIn(text.value, props);

  return html`<form class="composer" novalidate onSubmit=${(/** @type {Event} */ event) => (event.preventDefault(), handle.send())}>
    ${props.before}
    <label class="sc-hidden" for=${id}>${label}</label>
    <textarea id=${id} class="composer-box" ref=${box} rows="1" dir="auto" placeholder=${props.placeholder}
      enterkeyhint=${isTouch() ? "enter" : "send"} aria-describedby=${[describedBy, `${id}-over`].filter(Boolean).join(" ")}
      aria-invalid=${over > 0 ? "true" : undefined}
      onInput=${handle.changed}
      onCompositionStart=${() => composing.start()}
      onCompositionEnd=${(/** @type {CompositionEvent} */ event) => composing.end(event)}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => pressed(event, props, composing, handle)}></textarea>
    <button type="submit" class="composer-send" aria-label=${sendContent ? sendLabel : undefined} title=${sendContent ? sendLabel : undefined}
      aria-disabled=${isReady(text.value, props) ? "false" : "true"} onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()}>${sendContent ?? sendLabel}</button>
    ${props.after}
    <p class="composer-over" id=${`${id}-over`} role="status">${over > 0 && (props.tooLong?.(over, maxLength) ?? -over)}</p>
  </form>`;
}

/**
 * @param {KeyboardEvent} event
 * @param {ComposerProps} props
 * @param {Composing} composing
 * @param {ComposerHandle} handle
 */
function pressed(event, props, composing, handle) {
  if (composing.owns(event)) return;
  props.onKeyDown?.(event, handle);
  if (event.defaultPrevented || !meansSend(event, isTouch())) return;
  event.preventDefault();
  handle.send();
}

/** @param {string} text @param {ComposerProps} props */
function isReady(text, props) {
  return !props.disabled && (props.attached || text.trim() !== "") && tooManyIn(text, props) === 0;
}

/** How many characters over the limit; code points, as the server counts. @param {string} text @param {ComposerProps} props */
function tooManyIn(text, { maxLength = LIMIT }) {
  return text.length <= maxLength ? 0 : Math.max(0, [...text].length - maxLength);
}

/**
 * The box itself holds the text: nothing but its own keys and the handle ever writes into it.
 * @param {ComposerProps} props
 * @param {{value: string}} text
 */
function useBox(props, text) {
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const latest = useRef(props);
  latest.current = props;
  const composing = useMemo(() => new Composing(), []);
  const typing = useTyping(latest);
  const handle = useMemo(() => makeHandle({ box, text, latest, typing }), []);

  useLayoutEffect(() => {
    element(box).value = storeOf(props).get(props.draftKey) ?? "";
    text.value = element(box).value;
    grow(element(box));
    return () => typing.stop();
  }, [props.draftKey]);
  useLayoutEffect(() => {
    if (props.handle) props.handle.current = handle;
    return () => void (props.handle?.current === handle && (props.handle.current = null));
  }, [props.handle]);
  return { box, composing, handle };
}

/** Told to whom the text was written to, also when the box turns to somebody else. @param {{current: ComposerProps}} latest */
function useTyping(latest) {
  const tell = useRef(latest.current.onTyping);
  const sender = useMemo(() => new TypingSender((typing, text) => tell.current?.(typing, text)), []);
  useEffect(() => () => sender.stop(), []);
  return {
    /** @param {string} text */
    typed(text) {
      tell.current = latest.current.onTyping;
      sender.typed(text);
    },
    stop: () => sender.stop(),
  };
}

/**
 * @param {object} parts
 * @param {{current: HTMLTextAreaElement | null}} parts.box
 * @param {{value: string}} parts.text
 * @param {{current: ComposerProps}} parts.latest
 * @param {{typed: (text: string) => void}} parts.typing
 */
function makeHandle({ box, text, latest, typing }) {
  const handle = {
    get element() {
      return element(box);
    },
    text: () => element(box).value,
    send() {
      const { value } = element(box);
      if (!isReady(value, latest.current)) return;
      if (latest.current.onSend(value.toWellFormed?.() ?? value) !== false) handle.set("");
    },
    focus: () => element(box).focus(),
    /** @param {string} value */
    set(value) {
      handle.insert(value, 0, element(box).value.length);
    },
    /** @param {string} value @param {number} [from] @param {number} [to] */
    insert(value, from = element(box).selectionStart, to = element(box).selectionEnd) {
      element(box).setRangeText(value, from, to, "end");
      handle.changed();
    },
    changed() {
      const { value } = element(box);
      text.value = value;
      keepDraft(latest.current, value);
      grow(element(box));
      typing.typed(value);
      latest.current.onText?.(value, handle);
    },
  };
  return handle;
}

/** @param {ComposerProps} props @param {string} text */
function keepDraft(props, text) {
  if (text) storeOf(props).set(props.draftKey, text);
  else storeOf(props).remove(props.draftKey);
}

/** @param {ComposerProps} props */
function storeOf({ store = localStore }) {
  return store;
}

/** @param {{current: HTMLTextAreaElement | null}} box */
function element(box) {
  return /** @type {HTMLTextAreaElement} */ (box.current);
}

/** As tall as its text, up to the style sheet's `max-block-size`. @param {HTMLTextAreaElement} box */
function grow(box) {
  if (getComputedStyle(box).getPropertyValue("field-sizing") === "content") return;
  box.style.blockSize = "auto";
  box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}

function isTouch() {
  return globalThis.matchMedia?.("(pointer: coarse)").matches === true;
}
