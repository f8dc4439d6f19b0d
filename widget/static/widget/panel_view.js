/** @import {Attention} from "./attention.js" */
/** @import {HostLink, OwnPage} from "./host_link.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html, useEffect, useRef, useSignalEffect } from "../support_chat/vendor/preact.js";
import { Composer } from "../support_chat/composer.js";
import { ChatLog } from "./chat_log.js";
import { Header } from "./header.js";
import { Notices } from "./notices.js";
import { words } from "./strings.js";

/** The whole panel. @param {{visitor: VisitorChat, attention: Attention, host: HostLink | OwnPage}} props */
export function Panel({ visitor, attention, host }) {
  /** @type {{current: import("../support_chat/composer.js").ComposerHandle | null}} */
  const box = useRef(null);
  useSignalEffect(() => {
    if (host.opened.value) requestAnimationFrame(() => box.current?.focus());
  });
  useEffect(() => onEscape(() => host.minimise()), []);
  return html`<div class="panel" role="dialog" aria-labelledby="title">
    ${h(Header, { visitor, host, onEnded: () => box.current?.focus() })}
    ${h(ChatLog, { visitor, attention, onEdit: (text) => takeBack(box.current, text) })}
    ${h(Notices, { visitor })}
    ${h(Composer, {
      label: words.message,
      sendLabel: words.send,
      sendContent: html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 19V5m-6 6 6-6 6 6" /></svg>`,
      placeholder: words.placeholder,
      draftKey: visitor.draftKey,
      store: visitor.store,
      handle: box,
      words: { tooLong: words.tooLong },
      onSend: (/** @type {string} */ body) => visitor.send(body),
      onTyping: (/** @type {boolean} */ typing) => visitor.setTyping(typing),
    })}
  </div>`;
}

/** What is being written stays; what comes back is put below it. @param {import("../support_chat/composer.js").ComposerHandle | null} box @param {string} text */
function takeBack(box, text) {
  box?.set([box.text(), text].filter(Boolean).join("\n"));
  box?.focus();
}

/** Escape minimises, unless it ends the composing of a character. @param {() => void} fn */
function onEscape(fn) {
  const hear = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) fn();
  };
  document.addEventListener("keydown", hear);
  return () => document.removeEventListener("keydown", hear);
}
