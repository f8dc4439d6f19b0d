/** @import {Bubble} from "./timeline_rows.js" */
/** @import {LiveSocket} from "./live_socket.js" */
import { meansSend } from "./composing.js";
import { html, useEffect, useLayoutEffect, useMemo, useRef, useSignal } from "./vendor/preact.js";
import { serverNow } from "./server_clock.js";
import { uuid } from "./uuid.js";

export const REVISED_WITHIN = 300_000; // milliseconds, as on the server, which has the last word

/**
 * @typedef {object} RevisingWords
 * @property {string} edit
 * @property {string} remove
 * @property {string} save
 * @property {string} cancel
 * @property {string} box name of the text box
 * @property {(code: string | undefined) => string} failed
 */

/** Whether its author may still change this message. @param {Bubble} row */
export function isRevisable({ own, kind, entry }) {
  return own && kind === "message" && entry !== null && !entry.body.about && timeLeft(entry.at) > 0;
}

/**
 * Asked for once more while it is under way, it is not done twice.
 * @template {any[]} T
 * @param {(...given: T) => Promise<void>} work
 * @returns {(...given: T) => Promise<void>}
 */
export function oneAtATime(work) {
  let busy = false;
  return async (...given) => {
    if (busy) return;
    busy = true;
    await work(...given).finally(() => (busy = false));
  };
}

/**
 * For some minutes: change a message of one's own, or take it back.
 * @param {{row: Bubble, conversation: string, socket: LiveSocket, words: RevisingWords}} props
 */
export function Revising({ row, conversation, socket, words }) {
  const entry = /** @type {import("./types.d.ts").Entry} */ (row.entry);
  const over = useSignal(!isRevisable(row));
  const editing = useSignal(false);
  const failed = useSignal("");
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const opener = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useEffect(() => {
    const timer = setTimeout(() => (over.value = true), timeLeft(entry.at));
    return () => clearTimeout(timer);
  }, []);
  // At once: whoever types on must not type into what was there before.
  useLayoutEffect(() => {
    if (!editing.value) return;
    box.current?.focus();
    return () => opener.current?.focus();
  }, [editing.value]);
  const ask = useMemo(() => oneAtATime(async (/** @type {string} */ command, /** @type {object} */ more) => {
    const asked = { conversation, client_id: uuid(), position: entry.position, ...more };
    failed.value = await socket.request(command, asked, { patience: 10 }).then(() => "", (error) => words.failed(error.code));
    if (!failed.value) editing.value = false;
  }), []);
  const save = () => {
    const body = box.current?.value ?? "";
    if (body.trim() === "" || body === row.text) return void (editing.value = false);
    void ask("edit_message", { body });
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") event.stopPropagation(), (editing.value = false);
    else if (meansSend(event, matchMedia("(pointer: coarse)").matches)) event.preventDefault(), save();
  };
  if (over.value && !editing.value) return null;
  return html`<div class="bubble-tools">
    ${editing.value
      ? html`<textarea class="composer-box" ref=${box} rows="2" dir="auto" maxlength="8000" aria-label=${words.box}
          defaultValue=${row.text} onKeyDown=${pressed}></textarea>
        <button type="button" onClick=${save}>${words.save}</button>
        <button type="button" onClick=${() => (editing.value = false)}>${words.cancel}</button>`
      : html`<button type="button" ref=${opener} onClick=${() => (editing.value = true)}>${words.edit}</button>
        <button type="button" onClick=${() => ask("retract_message", {})}>${words.remove}</button>`}
    <span role="alert">${failed.value}</span>
  </div>`;
}

/** @param {string} at */
function timeLeft(at) {
  return Date.parse(at) + REVISED_WITHIN - serverNow();
}
