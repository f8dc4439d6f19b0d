/** @import {Availability} from "./availability.js" */
/** @import {VisitorChat} from "./visitor_chat.js" */
import { h, html, useEffect, useRef } from "../support_chat/vendor/preact.js";
import { language } from "../support_chat/sentences.js";
import { clockTime, dayKey } from "../support_chat/when.js";
import { answeredLater, byMail, needsAddress, sendDue } from "./answered_later.js";
import { EmailField } from "./email_field.js";
import { awayWords as words } from "./strings_away.js";

const DAY = 86_400_000; // milliseconds
const MINUTE = 60_000; // milliseconds

/**
 * Nobody can take a chat: why, until when, and where to answer.
 * @param {{visitor: VisitorChat, ask: import("./above_box.js").Ask, wordsOnly: boolean}} props `wordsOnly`: the
 *   address is asked for with the site's other questions
 */
export function AwayForm({ visitor, ask, wordsOnly }) {
  const availability = /** @type {Availability} */ (visitor.availability.value);
  const [mail, required] = [byMail(visitor), needsAddress(visitor)];
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    if (wordsOnly) return;
    ask.current = () => {
      if (field.current && !field.current.reportValidity()) return null;
      const email = field.current && visitor.email.value.trim();
      return answeredLater(visitor, email ? { form: { email } } : {});
    };
    sendDue(visitor, ask);
    return () => void (ask.current = null);
  }, [wordsOnly]);
  return html`<p class="away" role="status">${unavailableWords(availability)} ${!mail ? words.leaveHere : required ? words.leaveByMail : words.leave}</p>
    ${wordsOnly || !mail ? null : h(EmailField, { email: visitor.email, field, required, label: required ? words.email : words.emailOptional })}`;
}

/**
 * Why nobody can take a chat, and when it will be possible, in the visitor's own time. What our team wrote is set
 * apart: it may run the other way.
 * @param {Availability} availability @param {number} [now] @param {string} [locale]
 */
export function unavailableWords({ why, text, opens, until }, now = Date.now(), locale = language()) {
  const reason = text ? `\u2068${text}\u2069` : (words.why[why] ?? words.why.away);
  if (opens !== null) return `${reason} ${words.opens(whenWords(opens, now, locale))}`;
  return until === null ? reason : `${reason} ${words.until(whenWords(until, now, locale))}`;
}

/** "today at 14:00", "tomorrow at 09:00", "on Monday at 09:00". @param {number} at @param {number} now @param {string} locale */
function whenWords(at, now, locale) {
  const whole = Math.round(at / MINUTE) * MINUTE; // seconds that remain arrive a little late
  return words.at(dayWords(whole, now, locale), clockTime(whole, locale));
}

/** @param {number} at @param {number} now @param {string} locale */
function dayWords(at, now, locale) {
  const near = [0, 1].find((days) => dayKey(now + days * DAY) === dayKey(at));
  if (near !== undefined) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(near, "day");
  if (at - now < 6 * DAY) return words.on(new Intl.DateTimeFormat(locale, { weekday: "long" }).format(at));
  return words.onDate(new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(at));
}
