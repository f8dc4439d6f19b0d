/** @import {HostLink} from "./host_link.js" */
/** @import {OwnPage} from "./own_page.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html, useEffect, useRef, useSignalEffect } from "../support_chat/vendor/preact.js";
import { Composer } from "../support_chat/composer.js";
import { AboveBox } from "./above_box.js";
import { FirstLog } from "./first_log.js";
import { Header } from "./header.js";
import { Notices } from "./notices.js";
import { words } from "./strings.js";

/** The whole panel. @param {{visitor: VisitorChat, host: HostLink | OwnPage}} props */
export function Panel({ visitor, host }) {
  const { box } = visitor;
  const talk = visitor.talking.part.value;
  const filing = visitor.filing.value;
  useSignalEffect(() => {
    if (host.opened.value) requestAnimationFrame(() => box.current?.focus());
  });
  /** @type {import("./above_box.js").Ask} */
  const ask = useRef(null);
  useEffect(() => onEscape(() => host.say("minimise")), []);
  return html`<div class="panel" role="dialog" aria-labelledby="title">
    ${h(Header, { visitor, host, onEnded: () => box.current?.focus() })}
    ${h(talk?.ChatLog ?? FirstLog, { visitor, toBox: () => box.current?.focus() })}
    ${h(Notices, { visitor })}
    ${h(Composer, {
      label: words.message,
      sendLabel: words.send,
      sendContent: html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 19V5m-6 6 6-6 6 6" /></svg>`,
      placeholder: words.placeholder,
      draftKey: visitor.draftKey,
      store: visitor.store,
      handle: box,
      tooLong: talk?.tooLong,
      attached: filing?.some,
      before: [h(AboveBox, { visitor, ask }), filing?.beside()],
      onSend: (/** @type {string} */ body) => {
        const answers = ask.current?.();
        if (!answers && (visitor.asksFirst.value || visitor.leavesWord.value)) {
          ask.due = ask.current ? undefined : body;
          return false;
        }
        const files = filing?.take(() => box.current?.send());
        return files !== null && visitor.send(body, answers, files);
      },
      onText: () => {
        filing?.stay();
        void visitor.talking.fetch().catch(() => {});
      },
      onTyping: (/** @type {boolean} */ typing) => talk?.tellTyping(visitor, typing),
    })}
  </div>`;
}

/** Escape minimises, unless it ends the composing of a character. @param {() => void} fn */
function onEscape(fn) {
  const hear = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) fn();
  };
  document.addEventListener("keydown", hear);
  return () => document.removeEventListener("keydown", hear);
}
