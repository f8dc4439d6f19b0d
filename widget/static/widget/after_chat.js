/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html } from "../support_chat/vendor/preact.js";
import { asksRating } from "./asked.js";
import { useLater } from "./later.js";
import { talkWords as words } from "./strings_talk.js";
import { ToldAbove } from "./told_above.js";

/** Above the text box: what is to be known first; of chats before, a link that leads to none any more, and how the last one was. @param {{visitor: VisitorChat}} props */
export function AfterChat({ visitor }) {
  const chat = visitor.current.value;
  const asks = chat !== null && asksRating(chat);
  const rating = useLater(asks, () => import("./rating.js"));
  return html`${h(ToldAbove, { visitor })}
    ${visitor.link?.isOld.value ? html`<p role="status">${words.linkIsOld}</p>` : null}
    ${asks && rating ? h(rating.Rating, { key: chat.id, visitor, chat }) : null}`;
}
