// Where the agent writes: a reply to the visitor or a note to the team, each with a box and a draft of its own.

/** @import {CannedReplies} from "./canned_replies.js" */
/** @import {ComposerHandle} from "../support_chat/composer.js" */
/** @import {Desk} from "./desk.js" */
/** @import {OpenChat} from "./open_chat.js" */
/** @import {Then} from "./send_then.js" */
import { h, html, useEffect, useLayoutEffect, useMemo, useRef, useSignal } from "../support_chat/vendor/preact.js";
import { Composer } from "../support_chat/composer.js";
import { AttachButton, useGiven, WaitingFiles } from "../support_chat/files.js";
import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";
import { speak } from "../support_chat/speak.js";
import { asideIn, crossedBy, sendAside, takeAside } from "./aside.js";
import { ownColour } from "./avatar.js";
import { CannedList, LIST, useComboBox } from "./canned_list.js";
import { whisper } from "./company_deeds.js";
import { Crossing } from "./crossing.js";
import { filesOf } from "./desk_files.js";
import { draftKey, draftOf } from "./drafts.js";
import { filled } from "./filled.js";
import { HeldNotice } from "./held_notice.js";
import { Holding } from "./holding.js";
import { LikelyStrip } from "./likely_strip.js";
import { COLLEAGUES, colleaguesIn, Naming, NamingList } from "./naming.js";
import { strayFor } from "./other_chats.js";
import { preferences } from "./preferences.js";
import { ReadersLine, useSharing } from "./readers_line.js";
import { sendReply } from "./replying.js";
import { SendMenu } from "./send_menu.js";
import { makesLine, thenOf } from "./send_then.js";
import { isUndo, putBefore, undoNewest } from "./taking_back.js";
import { tabToUnfilled, toUnfilled, UnfilledMarks } from "./unfilled.js";
import { useWhisper, WhisperChoice } from "./whispering.js";

/** @typedef {"reply" | "note"} Mode */
/** @typedef {{mode: Mode | null, slash?: boolean, text?: string, whisper?: boolean}} FocusWish which box (null: the one that stands open), whether to begin a search in it, what to put before its text, and whether it is a whisper */
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
  const turned = useSignal(0);
  const holding = useMemo(() => new Holding(), []);
  const crossing = useMemo(() => new Crossing(desk.user), []);
  const naming = useMemo(() => new Naming(), []);
  const whispers = useWhisper(desk, chat);
  const box = useRef(/** @type {ComposerHandle | null} */ (null));
  const words = useSignal("");
  const mode = modes.get(chat.id) ?? "reply";
  /** @param {Mode} next */
  const turn = (next) => {
    modes.set(chat.id, next);
    holding.letGo();
    canned.shut();
    naming.shut();
    turned.value += 1;
  };
  useLayoutEffect(() => {
    holding.turned();
    canned.turnTo(draftOf(desk.user, chat.id));
  }, [chat.id]);
  useLayoutEffect(() => void (words.value = box.current?.text() ?? ""), [chat.id, mode]);
  useSharing(desk, chat, mode, words, mode === "note" && whispers.to !== "");
  useFocusOnRequest(focus, box, turn, chat.id, whispers);
  const list = naming.open.value ? naming : canned;
  useComboBox(box.current?.element, list, list === naming ? COLLEAGUES : LIST);

  const filing = useFiling(desk, chat.id, mode === "reply");

  useFollowing(desk, chat, mode, box);
  void turned.value;
  const held = holding.held.value;
  const aside = asideIn(desk, chat.id);
  const crossed = crossedBy(aside, chat, desk.inbox.me.value?.id);
  return html`<section class="writing own" data-mode=${mode} aria-label=${gettext("Write")} style=${ownColour(chat.id)}>
    ${heading(mode, name, turn, h(ReadersLine, { desk, chat }))}
    ${hint && mode === "reply" && html`<p class="hint">${hint}</p>`}
    ${crossed && h(HeldNotice, { held: { kind: "crossed", entry: crossed }, name, above: true, onSend: () => sendAside(desk, chat), onEdit: () => takeAside(desk, chat, focus), onUnfilled: () => {} })}
    ${held && h(HeldNotice, { held, name, onSend: () => box.current?.send(), onEdit: () => (holding.letGo(), box.current?.focus()),
      onUnfilled: () => box.current && toUnfilled(box.current) })}
    ${mode === "reply" && h(LikelyStrip, {
      canned, chat, mine: hint === null, onPick: (reply) => box.current && canned.take(reply, box.current, whereIs(chat)),
    })}
    ${mode === "note" && whispers.to && h(WhisperChoice, { whispers })}
    <div role="tabpanel" id="writing-panel" aria-labelledby=${`tab-${mode}`}>
      ${h(Composer, { key: mode, handle: box, ...boxOf({ desk, chat, canned, mode, focus, holding, crossing, mayReply: hint === null, filing, words, naming, whispers }, box) })}
    </div>
  </section>`;
}

/**
 * @param {{desk: Desk, chat: OpenChat, canned: CannedReplies, mode: Mode, focus: WritingProps["focus"], holding: Holding,
 *   crossing: Crossing, mayReply: boolean, filing: ReturnType<typeof useFiling>, words: {value: string}, naming: Naming, whispers: import("./whispering.js").Whispers}} here
 * @param {{current: ComposerHandle | null}} box
 */
function boxOf(here, box) {
  const { desk, chat, canned, mode, focus, holding, crossing, mayReply, filing, words, naming, whispers } = here;
  const pressed = { enter: false };
  const isReply = mode === "reply";
  /** @param {Then} then */
  const sendThen = (then) => {
    holding.then = then;
    box.current?.send();
    if (!holding.held.peek()) holding.then = null;
  };
  /** A name goes into a note, and what stands in the reply with it. @param {import("./naming.js").Colleague} colleague */
  const name = (colleague) => {
    const handle = /** @type {ComposerHandle} */ (box.current);
    naming.insert(colleague, handle);
    if (!isReply) return;
    focus.value = { mode: "note", text: handle.text() };
    handle.set("");
  };
  return {
    label: isReply ? gettext("Reply") : gettext("Note"),
    sendLabel: isReply ? gettext("Send reply") : gettext("Add note"),
    describedBy: "addressee",
    placeholder: isReply ? gettext("Write, or / for a canned reply") : gettext("Only your team reads this"),
    draftKey: draftKey(desk.user, chat.id, mode),
    store: desk.drafts.box(chat.id, mode).store,
    disabled: isReply && !mayReply,
    before: [
      h(NamingList, { naming, onPick: name }),
      ...(isReply ? [
      h(CannedList, { canned, onPick: (reply) => box.current && canned.insert(reply, box.current) }),
      h(WaitingFiles, { door: filesOf(desk), ...filing.place }),
      filing.add && h(AttachButton, { limits: desk.filing, onFiles: filing.add }),
        h(UnfilledMarks, { text: words, box: () => box.current?.element }),
      ] : []),
    ],
    after: isReply && h(SendMenu, { disabled: !mayReply, onSend: sendThen }),
    attached: filing.some,
    tooLong: (/** @type {number} */ over, /** @type {number} */ limit) => fill(gettext("Too long by %(over)s of %(limit)s characters."), { over, limit }),
    onTyping: (/** @type {boolean} */ typing) => desk.drafts.following || desk.tellTyping(chat.id, typing, mode),
    onText: (/** @type {string} */ text, /** @type {ComposerHandle} */ handle) => {
      holding.letGo();
      words.value = text;
      if (isReply) filesOf(desk).stay(filing.place.draft);
      if (isReply) crossing.typed(chat.id, text, chat.shownUpTo);
      naming.look(text, handle.element.selectionStart, () => colleaguesIn(desk, chat));
      if (isReply) canned.look(text, handle.element.selectionStart, whereIs(chat));
    },
    onKeyDown: (/** @type {KeyboardEvent} */ event, /** @type {ComposerHandle} */ handle) => {
      naming.key(event, name);
      if (isReply && !event.defaultPrevented) canned.key(event, handle, whereIs(chat));
      if (isReply && !event.defaultPrevented) tabToUnfilled(event, handle);
      if (event.key === "Enter" && event.repeat && !event.shiftKey) event.preventDefault();
      if (makesLine(event, preferences.peek().send)) event.preventDefault(), handle.insert("\n");
      if (event.key === "Escape" && !event.defaultPrevented) holding.held.peek() ? holding.letGo() : handle.element.blur();
      if (isUndo(event) && !handle.text() && undoNewest(desk, chat.id, focus)) event.preventDefault();
      pressed.enter = event.key === "Enter" && !event.defaultPrevented;
      queueMicrotask(() => (pressed.enter = false));
      const then = isReply && pressed.enter ? thenOf(event) : null;
      if (then) event.preventDefault(), sendThen(then);
    },
    onSend: (/** @type {string} */ body) => {
      if (isReply && asideIn(desk, chat.id).length) return speak(gettext("What you wrote above is not sent yet.")), false;
      const crossed = () => (isReply ? crossing.ask(chat.id, chat.log.entries.peek(), desk.inbox.me.peek()?.id) : null);
      const stray = () => (isReply ? strayFor(body, chat, desk, canned) : null);
      if (holding.keeps({ body, byEnter: pressed.enter, crossed, stray })) return false;
      const { then } = holding;
      holding.then = null;
      if (isReply) return sendReply(here, body, then);
      return (whispers.on.peek() ? whisper(desk, chat.id, body) : desk.note(chat.id, body)), true;
    },
  };
}

/**
 * What was written in another window of the agent's stands here too.
 * @param {Desk} desk
 * @param {OpenChat} chat
 * @param {Mode} mode
 * @param {{current: ComposerHandle | null}} box
 */
function useFollowing(desk, chat, mode, box) {
  const { drafts } = desk;
  const followed = drafts.followed.value;
  useEffect(() => drafts.follow(chat.id, mode, box.current), [followed]);
}

/** @param {OpenChat} chat @returns {import("./canned_replies.js").Where} */
function whereIs(chat) {
  const about = chat.about.peek();
  return { id: chat.id, queue: about?.queue.name ?? null, locale: about?.visitor.locale ?? null, position: chat.log.position };
}

/**
 * The files beside the reply, where the server takes some.
 * @param {Desk} desk
 * @param {string} conversation
 * @param {boolean} isReply notes take none
 */
function useFiling(desk, conversation, isReply) {
  const [files, { user, takesFiles }] = [filesOf(desk), desk];
  const draft = draftKey(user, conversation, "reply");
  const fields = { conversation };
  const add = isReply && takesFiles.value ? (/** @type {File[]} */ chosen) => void files.add(draft, fields, chosen) : null;
  useGiven(add);
  void files.coming.value; // a tray comes to be with what came
  return { place: { draft, fields }, add, some: isReply && Boolean(files.tray(draft, fields)?.items.value.length) };
}

/**
 * @param {Mode} mode
 * @param {string} name
 * @param {(mode: Mode) => void} turn
 * @param {any} readers
 */
function heading(mode, name, turn, readers) {
  return html`<div class="writing-head">
    <p class="addressee" id="addressee">
      ${filled(mode === "reply" ? gettext("Reply to %(name)s") : gettext("Note about %(name)s, only for your team"), { name: html`<b><bdi>${name}</bdi></b>` })}
      ${readers}
    </p>
    <div class="tabs" role="tablist" aria-label=${gettext("Reply or note")} onKeyDown=${(/** @type {KeyboardEvent} */ event) => swing(event, mode, turn)}>
      ${tab("reply", gettext("Reply"), mode, turn)}${tab("note", gettext("Note"), mode, turn)}
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
 * @param {import("./whispering.js").Whispers} whispers
 */
function useFocusOnRequest(focus, box, turn, id, whispers) {
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
    if (asked.whisper) whispers.on.value = true;
    if (asked.text) putBefore(/** @type {ComposerHandle} */ (box.current), asked.text);
    if (asked.slash) box.current?.insert(/(^|\s)$/u.test(box.current.text()) ? "/" : " /");
  });
}
