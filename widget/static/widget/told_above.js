/** @import {VisitorChat} from "./visitor_chat.js" */
import { html, useEffect, useRef } from "../support_chat/vendor/preact.js";
import { speak } from "../support_chat/speak.js";
import { talkWords as words } from "./strings_talk.js";
import { isPreviewed, welcomeOf } from "./telling_typing.js";

/** What whoever writes has to know first: that they may not, that it is seen as they write, or that they have to sign in. @param {{visitor: VisitorChat}} props */
export function ToldAbove({ visitor }) {
  const text = isBlocked(visitor) ? words.blocked : isPreviewed(visitor) ? words.previewed : needsIdentity(visitor) ? words.signIn : "";
  const spoken = useRef("");
  useEffect(() => {
    const once = text && `${visitor.current.value?.id} ${text}`;
    if (!once || once === spoken.current) return;
    spoken.current = once;
    speak(text);
  });
  return text ? html`<p class="away">${text}</p>` : null;
}

/** As the last hello said; whoever writes is told anew. @param {VisitorChat} visitor */
function isBlocked(visitor) {
  return !visitor.forgotten.value && welcomeOf(visitor)?.visitor.blocked;
}

/** The site takes chats only of whom it has named, and has named nobody yet. @param {VisitorChat} visitor */
function needsIdentity(visitor) {
  return Boolean(welcomeOf(visitor)?.site.identity_needed) && !visitor.current.value?.goesOn();
}
