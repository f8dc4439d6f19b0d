import { gettext } from "../support_chat/gettext.js";
import { fill } from "../support_chat/sentences.js";

/** What a visitor reads when nobody can take a chat: loaded with the form. The same rules as in strings.js. */
export const awayWords = {
  /** Why, by the protocol's word. @type {Record<string, string>} */
  why: {
    closed: gettext("We are closed right now."),
    away: gettext("Nobody is here right now."),
    paused: gettext("We cannot take new chats right now."),
    busy: gettext("So many people are waiting that we cannot take another chat right now."),
  },
  opens: (/** @type {string} */ when) => fill(gettext("We open again %(when)s."), { when }),
  until: (/** @type {string} */ when) => fill(gettext("New chats are possible again %(when)s."), { when }),
  leave: gettext("Leave us a message: we answer here, and by e-mail if you give us your address."),
  leaveByMail: gettext("Leave us a message and your e-mail address, and we answer by e-mail or here."),
  leaveHere: gettext("Leave us a message: the answer will be waiting for you here when you come back."),
  email: gettext("Your e-mail address"),
  emailOptional: gettext("Your e-mail address (optional)"),
  at: (/** @type {string} */ day, /** @type {string} */ time) => fill(gettext("%(day)s at %(time)s"), { day, time }),
  on: (/** @type {string} */ weekday) => fill(gettext("on %(weekday)s"), { weekday }),
  onDate: (/** @type {string} */ date) => fill(gettext("on %(date)s"), { date }),
};
