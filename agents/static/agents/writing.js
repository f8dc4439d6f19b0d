// Where the agent writes: a reply to the visitor or a note to the team, each with a box and a draft of its own.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {ComposerHandle} from "../support_chat/composer.js" */
/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
import { h, html, useEffect, useLayoutEffect, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { Composer } from "../support_chat/composer.js";
import { ownColour } from "./avatar.js";
import { CannedList, useComboBox } from "./canned_list.js";
import { draftKey } from "./drafts.js";
import { EnterGuard } from "./enter_guard.js";

/** @typedef {"reply" | "note"} Mode */
/** @typedef {{mode: Mode | null, slash?: boolean}} FocusWish which box (null: the one that stands open), and whether to begin a search in it */
/**
 * @typedef {object} WritingProps
 * @property {Desk} desk
 * @property {OpenChat} chat
 * @property {CannedReplies} canned
 * @property {string} name of the visitor
 * @property {string | null} hint why no reply can be sent now
 * @property {import("../support_chat/vendor/preact.js").Signal<FocusWish | null>} focus
 */

/** Which box stands open in which chat. @type {Map<string, Mode>} */
const modes = new Map();

/** @param {WritingProps} props */
export function Writing({ desk, chat, canned, name, hint, focus }) {
  const again = useSignal(false);
  const turned = useSignal(0);
  const guard = useRef(new EnterGuard()).current;
  const box = useRef(/** @type {ComposerHandle | null} */ (null));
  const mode = modes.get(chat.id) ?? "reply";
  /** @param {Mode} next */
  const turn = (next) => {
    modes.set(chat.id, next);
    canned.shut();
    turned.value += 1;
  };
  useLayoutEffect(() => {
    guard.changed();
    again.value = false;
    canned.shut();
  }, [chat.id]);
  useFocusOnRequest(focus, box, turn, chat.id);
  useComboBox(box.current?.element, canned);

  void turned.value;
  return html`<section class="writing own" data-mode=${mode} aria-label="Write" style=${ownColour(chat.id)}>
    ${heading(mode, name, turn)}
    ${again.value && html`<p class="again" role="alert">Press Enter again to send to <bdi>${name}</bdi></p>`}
    ${hint && mode === "reply" && html`<p class="hint">${hint}</p>`}
    <div role="tabpanel" id="writing-panel" aria-labelledby=${`tab-${mode}`}>
      ${h(Composer, { key: mode, handle: box, ...boxOf({ desk, chat, canned, mode, guard, again, held: hint !== null }, box) })}
    </div>
  </section>`;
}

/**
 * @param {{desk: Desk, chat: OpenChat, canned: CannedReplies, mode: Mode, guard: EnterGuard, again: {value: boolean}, held: boolean}} here
 * @param {{current: ComposerHandle | null}} box
 */
function boxOf(here, box) {
  const { desk, chat, canned, mode, guard, again, held } = here;
  const pressed = { enter: false };
  const isReply = mode === "reply";
  return {
    label: isReply ? "Reply" : "Note",
    sendLabel: isReply ? "Send reply" : "Add note",
    describedBy: "addressee",
    placeholder: isReply ? "Write, or type / for a canned reply" : "Only your team reads this",
    draftKey: draftKey(desk.user, chat.id, mode),
    disabled: isReply && held,
    before: isReply && h(CannedList, { canned, onPick: (reply) => box.current && canned.insert(reply, box.current) }),
    onTyping: (/** @type {boolean} */ typing) => desk.tellTyping(chat.id, typing, mode),
    onText: (/** @type {string} */ text, /** @type {ComposerHandle} */ handle) => {
      again.value = false;
      if (isReply) canned.look(text, handle.element.selectionStart, chat.about.peek()?.queue.name ?? null);
    },
    onKeyDown: (/** @type {KeyboardEvent} */ event, /** @type {ComposerHandle} */ handle) => {
      if (isReply) canned.key(event, handle);
      if (event.key === "Enter" && event.repeat && !event.shiftKey) event.preventDefault();
      if (event.key === "Escape" && !event.defaultPrevented) handle.element.blur();
      pressed.enter = event.key === "Enter" && !event.defaultPrevented;
      queueMicrotask(() => (pressed.enter = false));
    },
    onSend: (/** @type {string} */ body) => {
      if (pressed.enter && !guard.allows()) return !(again.value = true);
      again.value = false;
      isReply ? desk.reply(chat.id, body) : desk.note(chat.id, body);
      return true;
    },
  };
}

/**
 * @param {Mode} mode
 * @param {string} name
 * @param {(mode: Mode) => void} turn
 */
function heading(mode, name, turn) {
  return html`<div class="writing-head">
    <p class="addressee" id="addressee">
      ${mode === "reply" ? html`Reply to <b><bdi>${name}</bdi></b>` : html`Note about <b><bdi>${name}</bdi></b>, only for your team`}
    </p>
    <div class="tabs" role="tablist" aria-label="Reply or note" onKeyDown=${(/** @type {KeyboardEvent} */ event) => swing(event, mode, turn)}>
      ${tab("reply", "Reply", mode, turn)}${tab("note", "Note", mode, turn)}
    </div>
  </div>`;
}

/**
 * @param {Mode} id
 * @param {string} label
 * @param {Mode} mode
 * @param {(mode: Mode) => void} turn
 */
function tab(id, label, mode, turn) {
  return html`<button type="button" role="tab" id=${`tab-${id}`} aria-controls="writing-panel" aria-selected=${id === mode}
    tabindex=${id === mode ? 0 : -1} onClick=${() => turn(id)}>${label}</button>`;
}

/**
 * @param {KeyboardEvent} event
 * @param {Mode} mode
 * @param {(mode: Mode) => void} turn
 */
function swing(event, mode, turn) {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  event.preventDefault();
  const other = mode === "reply" ? "note" : "reply";
  turn(other);
  document.getElementById(`tab-${other}`)?.focus();
}

/**
 * The agent asked for a box by a key or by opening a chat: go there, once.
 * @param {WritingProps["focus"]} focus
 * @param {{current: ComposerHandle | null}} box
 * @param {(mode: Mode) => void} turn
 * @param {string} id
 */
function useFocusOnRequest(focus, box, turn, id) {
  const asked = focus.value;
  useEffect(() => {
    if (!asked) return;
    const mode = asked.mode ?? modes.get(id) ?? "reply";
    if (mode !== (modes.get(id) ?? "reply")) {
      turn(mode);
      return;
    }
    focus.value = null;
    box.current?.focus();
    if (asked.slash) box.current?.insert(/(^|\s)$/u.test(box.current.text()) ? "/" : " /");
  });
}
